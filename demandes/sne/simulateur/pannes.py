"""Faults on demand: what the settings say is done to every answer of the API, never to the pages."""

import json
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from demandes.sne.simulateur.jetons import refus
from demandes.sne.simulateur.models import Appel, Panne, Reglages

PARTOUT = {Panne.LENTE, Panne.ERREUR}
"""Faults that touch `/oauth/` as well as `/api/`."""
HORS_CONTRAT = {"inattendu": True}
"""A value that no key of the contract may have."""


class PannesMiddleware:
    """Wraps `/api/` and `/oauth/`, and notes their calls."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(("/api/", "/oauth/")):
            return self.get_response(request)
        recu_le, reglages = timezone.now(), Reglages.lire()
        touche = request.path.startswith("/api/") or reglages.panne in PARTOUT
        if reglages.panne != Panne.AUCUNE and touche and reglages.prendre():
            reponse = self.troubler(request, reglages)
        else:
            reponse = self.get_response(request)
        Appel.noter(recu_le, request.method or "", request.get_full_path(), reponse.status_code)
        return reponse

    def troubler(self, request: HttpRequest, reglages: Reglages) -> HttpResponseBase:
        """The answer under the fault of `reglages`; what is no answer about a demand is left as it is."""
        match reglages.panne:
            case Panne.LENTE:
                connection.close()
                time.sleep(reglages.secondes)
            case Panne.ERREUR:
                return HttpResponse("Internal Server Error", status=500, content_type="text/plain")
            case Panne.JETON:
                return refus(HTTPStatus.UNAUTHORIZED, "JETON_REFUSE", "Le jeton est refusé.")
            case Panne.PORTEE:
                return refus(HTTPStatus.FORBIDDEN, "PORTEE_REFUSEE", "Le jeton ne donne pas ce droit.")
        reponse = self.get_response(request)
        if reponse.status_code == HTTPStatus.OK:
            match reglages.panne:
                case Panne.ILLISIBLE:
                    reponse.content = reponse.content[: len(reponse.content) // 2]
                case Panne.COUPEE:
                    return coupee(reponse.content)
                case Panne.INCOMPLETE:
                    reponse.content = json.dumps(sans_cle(json.loads(reponse.content), reglages.cle_retiree)).encode()
                case Panne.FAUSSE:
                    reponse.content = json.dumps(faussee(json.loads(reponse.content), reglages.cle_retiree)).encode()
        return reponse


def coupee(contenu: bytes) -> StreamingHttpResponse:
    """Promise the whole of `contenu`, send half of it, then break the line: the server closes on an error."""

    def moitie() -> Iterator[bytes]:
        yield contenu[: len(contenu) // 2]
        raise ConnectionAbortedError("the fault that was asked for")

    return StreamingHttpResponse(
        moitie(), content_type="application/json", headers={"Content-Length": str(len(contenu))}
    )


def sans_cle(valeur: Any, chemin: str) -> Any:
    """`valeur` without the key at `chemin` (« demandeur.nom », « motifs »; in a list, of its first element)."""
    objet, cle = trouver(valeur, chemin)
    objet.pop(cle, None)
    return valeur


def faussee(valeur: Any, chemin: str) -> Any:
    """`valeur` with something of another kind at `chemin`."""
    objet, cle = trouver(valeur, chemin)
    objet[cle] = HORS_CONTRAT
    return valeur


def trouver(valeur: Any, chemin: str) -> tuple[dict[str, Any], str]:
    """The object that holds the last key of `chemin`, and that key; where it leads nowhere, the first object's last."""
    objet = valeur
    *etapes, derniere = chemin.split(".")
    for etape in etapes:
        objet = objet[0] if isinstance(objet, list) and objet else objet
        objet = objet.get(etape) if isinstance(objet, dict) else None
    objet = objet[0] if isinstance(objet, list) and objet else objet
    if isinstance(objet, dict) and derniere in objet:
        return objet, derniere
    premier = valeur[0] if isinstance(valeur, list) and valeur else valeur
    return (premier, next(reversed(premier))) if isinstance(premier, dict) and premier else ({}, "")
