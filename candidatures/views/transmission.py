"""The page behind a bailleur's link. Nobody signs in here: the address alone gives the right, so no cookie is asked."""

import json
from datetime import datetime

import redis.exceptions
from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from candidatures.models import Candidature
from candidatures.transmission import contenu, envoi, papier

PAGE = "candidatures/transmission.html"


@login_not_required
@require_safe
def page(request: HttpRequest, jeton: str) -> HttpResponse:
    """What the link is, until when, and two buttons. Robots that open the links of a mail learn nobody's name here."""
    lien = envoi.trouver(jeton)
    if lien is None:
        return _ferme(request)
    return _discrete(render(request, PAGE, {"lien": lien, "offre": lien.candidature.offre, "jeton": jeton}))


@csrf_exempt
@login_not_required
@require_POST
def pdf(request: HttpRequest, jeton: str) -> HttpResponse:
    """The dossier on paper; its opening is recorded before it is written."""
    return _telecharger(request, jeton, "pdf")


@csrf_exempt
@login_not_required
@require_POST
def fichier(request: HttpRequest, jeton: str) -> HttpResponse:
    """The dossier for a machine (docs/transmission.md)."""
    return _telecharger(request, jeton, "json")


def _telecharger(request: HttpRequest, jeton: str, genre: str) -> HttpResponse:
    if envoi.trouver(jeton) is None:
        return _ferme(request)
    if not _passe(request, "transmission", jeton):
        return _discrete(render(request, PAGE, {"etat": "trop"}, status=429))
    par = request.user if request.user.is_authenticated else None
    candidature = envoi.ouvrir(jeton, f"en {genre.upper()}", par=par)
    return _ferme(request) if candidature is None else _discrete(_document(candidature, genre, timezone.now()))


def _document(candidature: Candidature, genre: str, maintenant: datetime) -> HttpResponse:
    tables = contenu.rassembler(candidature, timezone.localdate(maintenant))
    if genre == "pdf":
        octets = papier.dessiner(tables, maintenant)
    else:
        octets = json.dumps(contenu.fichier(tables, maintenant), ensure_ascii=False, indent=1).encode()
    reponse = HttpResponse(octets, content_type=f"application/{genre}")
    nom = f"dossier-{candidature.offre.reference}-{candidature.demande.numero_unique}.{genre}"
    reponse.headers["Content-Disposition"] = content_disposition_header(True, nom) or "attachment"
    return reponse


def _ferme(request: HttpRequest) -> HttpResponse:
    """One sentence and one status, whatever the reason: never existed, expired, taken back, candidature over."""
    if not _passe(request, "transmission_fausse"):
        return _discrete(render(request, PAGE, {"etat": "trop"}, status=429))
    return _discrete(render(request, PAGE, {"etat": "ferme"}, status=404))


def _passe(request: HttpRequest, action: str, cle: str | None = None) -> bool:
    """Whether one more try may be made from here (ACCOUNT_RATE_LIMITS). Without the cache nothing is counted."""
    try:
        return ratelimit.consume(request, app="allauth.account", action=action, key=cle, limit_get=True) is not None
    except redis.exceptions.RedisError:
        return True


def _discrete(reponse: HttpResponse) -> HttpResponse:
    """Kept by no browser and no search engine, its address told to nobody."""
    reponse.headers["Cache-Control"] = "private, no-store"
    reponse.headers["X-Robots-Tag"] = "noindex, nofollow"
    reponse.headers["Referrer-Policy"] = "no-referrer"
    return reponse
