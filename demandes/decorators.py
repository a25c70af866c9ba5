"""The import's pages come in order: these lead whoever is too early to the step that is due."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from accounts.decorators import RequeteConnectee, Vue, reserve_a
from accounts.models import Role
from demandes.la_sienne import demande_de
from demandes.models import Demande

P = ParamSpec("P")
VueDeDemande = Callable[Concatenate[RequeteConnectee, Demande, P], HttpResponse]


def avec_demande(vue: VueDeDemande[P]) -> Vue[P]:
    """Give the view its author's own demand; without one, begin the import."""

    @reserve_a(Role.DEMANDEUR)
    @wraps(vue)
    def guidee(request: RequeteConnectee, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        demande = demande_de(request.user)
        if demande is None:
            return redirect("demandes:tutoriel")
        return vue(request, demande, *args, **kwargs)

    return guidee


def dossier_valide(vue: VueDeDemande[P]) -> Vue[P]:
    """The same, once « Valider mon dossier » is done; before that, lead to the step that is missing."""

    @avec_demande
    @wraps(vue)
    def guidee(request: RequeteConnectee, demande: Demande, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if demande.dossier_valide_le is None:
            messages.info(request, "Terminez d’abord cette étape : les offres s’ouvrent après « Valider mon dossier ».")
            return redirect(demande.etape)
        return vue(request, demande, *args, **kwargs)

    return guidee
