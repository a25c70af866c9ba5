"""The registry's API (docs/registre.md), under `/api/v1/`. It serves the stored JSON as it is."""

import json
from datetime import date
from http import HTTPStatus

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST, require_safe

from demandes.sne.simulateur.jetons import anomalie, avec_jeton
from demandes.sne.simulateur.models import Demande


@avec_jeton
@require_POST
def recherche(request: HttpRequest) -> JsonResponse:
    """The contact address, for a number and its birth date. One query, whichever of the two is wrong."""
    try:
        criteres = json.loads(request.body)
        numero, naissance = str(criteres["numUnique"]), date.fromisoformat(criteres["dateNaissance"]).isoformat()
    except (ValueError, KeyError, TypeError):
        return anomalie(HTTPStatus.BAD_REQUEST, "CRITERES_INVALIDES", "Il faut numUnique et dateNaissance.")
    if not numero.isalnum():
        return _inconnue()
    demande = Demande.objects.filter(num_unique=numero, contenu__demandeur__dateNaissance=naissance).first()
    if demande is None or not demande.contenu["demandeur"].get("mel"):
        return _inconnue()
    return JsonResponse({"numUnique": demande.num_unique, "mel": demande.contenu["demandeur"]["mel"]})


@avec_jeton
@require_safe
def detail(_request: HttpRequest, numero: str) -> JsonResponse:
    """The whole demand."""
    demande = Demande.objects.filter(pk=numero).first()
    return JsonResponse(demande.contenu) if demande else _inconnue()


@avec_jeton
@require_safe
def radiees(request: HttpRequest) -> JsonResponse:
    """The demands struck off since a day."""
    try:
        depuis = date.fromisoformat(request.GET.get("depuisLe", "")).isoformat()
    except ValueError:
        message = "La date doit être écrite AAAA-MM-JJ."
        return anomalie(HTTPStatus.BAD_REQUEST, "DATE_INVALIDE", message, "depuisLe")
    trouvees = Demande.objects.filter(contenu__dateRadiation__gte=depuis).values_list("contenu", flat=True)
    cles = ("numUnique", "dateRadiation", "motifRadiation")
    return JsonResponse([{cle: contenu[cle] for cle in cles} for contenu in trouvees], safe=False)


def _inconnue() -> JsonResponse:
    return anomalie(HTTPStatus.NOT_FOUND, "DEMANDE_INCONNUE", "Aucune demande ne correspond.", "numUnique")
