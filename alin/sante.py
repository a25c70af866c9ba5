"""Is the portal ready? `/sante/` asks each part it cannot work without, `/sante/vivant/` only answers."""

import smtplib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache as memoire
from typing import Any

import httpx
import psycopg
import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from alin.celery import SIGNE_HORLOGE, SIGNE_OUVRIER

DELAI = 2
"""Seconds a part may take to answer; they are asked together."""


@memoire
def migrations_du_code() -> frozenset[tuple[str, str]]:
    """Read once: they only change with the code."""
    return frozenset(MigrationLoader(None).graph.nodes)


def parametres_de_connexion() -> dict[str, Any]:
    """Those of the portal, for a connection of one's own."""
    siens, etrangers = connection.get_connection_params(), ("cursor_factory", "context", "prepare_threshold", "options")
    return {cle: valeur for cle, valeur in siens.items() if cle not in etrangers}


def base_de_donnees() -> str | None:
    """What is wrong with the database, or None. Not through the portal's pool: a busy one is not a breakdown."""
    try:
        with psycopg.connect(
            **parametres_de_connexion(), connect_timeout=DELAI, options=f"-c statement_timeout={DELAI}s"
        ) as base:
            faites = set(base.execute("SELECT app, name FROM django_migrations"))
    except psycopg.errors.UndefinedTable:
        return "les migrations n'ont pas été passées"
    except psycopg.Error:
        return "ne répond pas"
    manquantes = migrations_du_code() - faites
    return f"{len(manquantes)} migration(s) à passer" if manquantes else None


def valkey() -> str | None:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=DELAI) as client:
            client.ping()
    except redis.RedisError:
        return "ne répond pas"
    return None


def signe_de_vie(cle: str) -> str | None:
    """Has the worker, or the clock through the worker, been seen lately?"""
    try:
        return None if cache.get(cle) else "aucun signe de vie"
    except redis.RedisError:
        return "inconnu, faute de Valkey"


def courriel() -> str | None:
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=DELAI) as serveur:
            serveur.noop()
    except (OSError, smtplib.SMTPException):
        return "ne répond pas"
    return None


def registre() -> str | None:
    """Any answer will do: what the registry says is the business of its client. Its body is not waited for."""
    try:
        with httpx.stream("GET", settings.SNE_URL, timeout=DELAI, trust_env=False):
            pass
    except httpx.HTTPError:
        return "ne répond pas"
    return None


PARTIES: dict[str, Callable[[], str | None]] = {
    "base de données": base_de_donnees,
    "valkey": valkey,
    "ouvrier": lambda: signe_de_vie(SIGNE_OUVRIER),
    "horloge": lambda: signe_de_vie(SIGNE_HORLOGE),
    "courriel": courriel,
    "registre": registre,
}


@require_safe
@never_cache
@login_not_required
def sante(_request: HttpRequest) -> JsonResponse:
    """200 when every part is ready; else 503, and what is missing."""
    with ThreadPoolExecutor(len(PARTIES)) as fils:
        reponses = dict(zip(PARTIES, fils.map(lambda partie: partie(), PARTIES.values()), strict=True))
    manque = {nom: defaut for nom, defaut in reponses.items() if defaut}
    return JsonResponse(
        {"pret": not manque, "parties": {nom: defaut or "prêt" for nom, defaut in reponses.items()}, "manque": manque},
        status=503 if manque else 200,
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
@never_cache
@login_not_required
def sante_vivant(_request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers."""
    return JsonResponse({"vivant": True})
