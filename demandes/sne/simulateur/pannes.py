"""Faults on demand: what the settings say is done to every answer of the API, never to the pages."""

import json
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from demandes.sne.simulateur.jetons import refus
from demandes.sne.simulateur.models import Appel, Panne, Reglages


class PannesMiddleware:
    """Wraps `/api/` and `/oauth/`, and notes their calls."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(("/api/", "/oauth/")):
            return self.get_response(request)
        reponse = self.repondre(request, Reglages.lire())
        Appel.noter(request.method or "", request.get_full_path(), reponse.status_code)
        return reponse

    def repondre(self, request: HttpRequest, reglages: Reglages) -> HttpResponse:
        api = request.path.startswith("/api/")
        match reglages.panne:
            case Panne.LENTE:
                connection.close()
                time.sleep(reglages.secondes)
            case Panne.ERREUR:
                return HttpResponse("Internal Server Error", status=500, content_type="text/plain")
            case Panne.JETON if api:
                return refus(HTTPStatus.UNAUTHORIZED, "JETON_REFUSE", "Le jeton est refusé.")
            case Panne.PORTEE if api:
                return refus(HTTPStatus.FORBIDDEN, "PORTEE_REFUSEE", "Le jeton ne donne pas ce droit.")
        reponse = self.get_response(request)
        if api and reponse.status_code == HTTPStatus.OK:
            if reglages.panne == Panne.ILLISIBLE:
                reponse.content = reponse.content[: len(reponse.content) // 2]
            elif reglages.panne == Panne.INCOMPLETE:
                reponse.content = json.dumps(sans_cle(json.loads(reponse.content), reglages.cle_retiree)).encode()
        return reponse


def sans_cle(valeur: Any, chemin: str) -> Any:
    """`valeur` without the key at `chemin` (« demandeur.nom », « motifs »; in a list, of its first element).

    Where the path leads nowhere, the last key goes.
    """
    objet = valeur
    *etapes, derniere = chemin.split(".")
    for etape in etapes:
        objet = objet[0] if isinstance(objet, list) and objet else objet
        objet = objet.get(etape) if isinstance(objet, dict) else None
    objet = objet[0] if isinstance(objet, list) and objet else objet
    if isinstance(objet, dict) and derniere in objet:
        del objet[derniere]
    else:
        premier = valeur[0] if isinstance(valeur, list) and valeur else valeur
        if isinstance(premier, dict) and premier:
            premier.popitem()
    return valeur
