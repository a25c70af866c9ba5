"""Servers for the length of one command: the tests', thrown away afterwards."""

import contextlib
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString

import psycopg

from alin.embarque.postgres import Postgres, ouvrir_dossier
from alin.embarque.valkey import Valkey

ROLES = ("postgres", "alin_proprietaire", "alin", "sne")
DROITS_DES_BASES_D_ESSAI: tuple[LiteralString, ...] = (
    "ALTER ROLE alin_proprietaire CREATEDB",
    "ALTER DEFAULT PRIVILEGES FOR ROLE alin_proprietaire IN SCHEMA public "
    "GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO alin",
    "ALTER DEFAULT PRIVILEGES FOR ROLE alin_proprietaire IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO alin",
)
"""Run in template1, so that every test database gives the portal's role what the real one gives it."""


@contextlib.contextmanager
def serveurs_d_essai() -> Iterator[dict[str, str]]:
    """PostgreSQL and Valkey, and the variables that lead to them; nothing is started for a variable already set.

    DATABASE_URL is the owner, who may create databases; ALIN_URL_PORTAIL the same server as the portal sees it.
    """
    variables: dict[str, str] = {}
    with contextlib.ExitStack() as pile:
        if "DATABASE_URL" not in os.environ:
            variables |= pile.enter_context(_postgres_d_essai())
        if "REDIS_URL" not in os.environ:
            dossier = pile.enter_context(dossier_jetable())
            valkey = Valkey(dossier, dossier)
            pile.callback(valkey.arreter)
            valkey.demarrer()
            variables["REDIS_URL"] = valkey.url()
        yield variables


@contextlib.contextmanager
def dossier_jetable() -> Iterator[Path]:
    """A folder with a short path that PostgreSQL's account can reach, whatever TMPDIR says; erased in the end."""
    dossier = Path(tempfile.mkdtemp(prefix="alin-essais-", dir="/tmp"))
    try:
        yield ouvrir_dossier(dossier)
    finally:
        shutil.rmtree(dossier, ignore_errors=True)


@contextlib.contextmanager
def _postgres_d_essai() -> Iterator[dict[str, str]]:
    with dossier_jetable() as dossier:
        postgres = Postgres(dossier, dossier / "s", {role: secrets.token_urlsafe(16) for role in ROLES}, durable=False)
        try:
            postgres.demarrer()
            with psycopg.connect(postgres.url("postgres", "template1"), autocommit=True) as connexion:
                for ordre in DROITS_DES_BASES_D_ESSAI:
                    connexion.execute(ordre)
            yield {
                "DATABASE_URL": postgres.url("alin_proprietaire", "alin"),
                "ALIN_URL_PORTAIL": postgres.url("alin", "alin"),
            }
        finally:
            postgres.arreter()


def executer(commande: list[str]) -> int:
    """Run a command with the servers up; its exit code."""
    with serveurs_d_essai() as variables:
        return subprocess.run(commande, env={**os.environ, **variables}, check=False).returncode
