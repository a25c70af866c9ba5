"""INSEE's directory of establishments (API Sirene 3.11): whose SIRET is this? Off until `SIRENE_URL` is set.

The only module that knows its address, headers and JSON: `GET {SIRENE_URL}/siret/{siret}`, the key in
`X-INSEE-Api-Key-Integration`; 404 is an unknown number, 403 one whose owner asked not to be published.
"""

import json
import logging
import threading
import time
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from typing import Any

import httpx
from django.conf import settings

DELAI = 2.0
"""Seconds. Somebody waits in front of a form that works without the answer."""
APPELS_SIMULTANES = 2
"""Of one process: a directory that is slow takes no more of it."""
TAILLE_MAXIMALE = 256 * 1024
TRAVAIL_TEMPORAIRE = "78.20"
"""« Activités des agences de travail temporaire » (NAF rév. 2)."""
NON_PUBLIE = "[ND]"
FERME = "F"

_places = threading.BoundedSemaphore(APPELS_SIMULTANES)
journal = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Etablissement:
    nom: str  # empty if its owner asked not to be published
    travail_temporaire: bool
    ferme_le: date | None  # None while it is open


def chercher(siret: str) -> Etablissement | None:
    """What the directory says of these 14 digits; None if it is off, knows nothing or gives no answer in time."""
    if not settings.SIRENE_URL or not _places.acquire(blocking=False):
        return None
    try:
        corps = _lire(siret)
        return None if corps is None else _traduire(json.loads(corps)["etablissement"])
    except (
        httpx.HTTPError,
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as faute:
        journal.warning("Sirene gave no answer that can be used (%s)", type(faute).__name__)
        return None
    finally:
        _places.release()


def _lire(siret: str) -> bytes | None:
    """The body of the answer, within the delay even when it comes drop by drop; None for an unknown number."""
    fin, corps = time.monotonic() + DELAI, bytearray()
    adresse, entetes = f"{settings.SIRENE_URL}/siret/{siret}", {"X-INSEE-Api-Key-Integration": settings.SIRENE_CLE}
    with httpx.stream("GET", adresse, headers=entetes, timeout=DELAI, trust_env=False) as reponse:
        if reponse.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN):
            return None
        reponse.raise_for_status()
        for morceau in reponse.iter_bytes():
            corps += morceau
            if len(corps) > TAILLE_MAXIMALE or time.monotonic() > fin:
                raise ValueError("too long")
    return bytes(corps)


def _traduire(etablissement: dict[str, Any]) -> Etablissement:
    """The latest period comes first; a closed establishment has been so since that period began."""
    unite, periode = etablissement["uniteLegale"], etablissement["periodesEtablissement"][0]
    ferme = periode.get("etatAdministratifEtablissement") == FERME
    activite = periode.get("activitePrincipaleEtablissement") or unite.get("activitePrincipaleUniteLegale") or ""
    return Etablissement(
        nom=_nom(unite),
        travail_temporaire=activite.startswith(TRAVAIL_TEMPORAIRE),
        ferme_le=date.fromisoformat(periode["dateDebut"]) if ferme else None,
    )


def _nom(unite: dict[str, Any]) -> str:
    """The company's, or the first and last name of whoever works in his own."""
    personne = [unite.get("prenomUsuelUniteLegale"), unite.get("nomUsageUniteLegale") or unite.get("nomUniteLegale")]
    nom = unite.get("denominationUniteLegale") or " ".join(mot for mot in personne if mot)
    return "" if NON_PUBLIE in nom else " ".join(nom.replace("\x00", "").split())
