"""« Mes données »: what we hold, taking it away, printing it, leaving (RGPD art. 12 to 20)."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import RequeteConnectee, reserve_a
from accounts.models import Role, User
from candidatures import mes_donnees
from candidatures.conservation import REGLES
from candidatures.effacement import empechement_de_partir
from candidatures.effacement import supprimer_compte as supprimer
from candidatures.models import Candidature
from candidatures.statuts import TRANSITIONS, Action
from candidatures.workflow import CandidatureRefusee
from demandes.adresses import site_de_la_demande
from demandes.models import Demande

exporter = permission_required("accounts.exporter_donnees", raise_exception=True)


@require_safe
@reserve_a(Role.DEMANDEUR)
def page(request: RequeteConnectee) -> HttpResponse:
    """What we hold, from where, for how long, and what one can do about it here."""
    demande = Demande.objects.filter(demandeur=request.user).first()
    contexte = {
        "tables": mes_donnees.rassembler(request.user),
        "regles": [regle for regle in REGLES if regle.concerne_le_demandeur],
        "demande": demande,
        "site": site_de_la_demande(demande) if demande else "",
    }
    return render(request, "candidatures/mes_donnees.html", contexte)


@require_safe
@reserve_a(Role.DEMANDEUR)
def fichier(request: RequeteConnectee) -> HttpResponse:
    """« Télécharger toutes mes données »."""
    return _fichier(request.user, request.user)


@require_safe
@reserve_a(Role.DEMANDEUR)
def impression(request: RequeteConnectee) -> HttpResponse:
    """« Voir et imprimer »."""
    return _impression(request, request.user, request.user)


@require_safe
@exporter
def fichier_pour(request: RequeteConnectee, pk: UUID) -> HttpResponse:
    """The same file, for whoever asked for it in writing."""
    return _fichier(get_object_or_404(mes_donnees.exportables(), pk=pk), request.user)


@require_safe
@exporter
def impression_pour(request: RequeteConnectee, pk: UUID) -> HttpResponse:
    """The same pages, to send by post."""
    return _impression(request, get_object_or_404(mes_donnees.exportables(), pk=pk), request.user)


@require_http_methods(["GET", "POST"])
@reserve_a(Role.DEMANDEUR)
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def supprimer_compte(request: RequeteConnectee) -> HttpResponse:
    """Says what goes and what stays; the password is asked again before anything does."""
    if request.method == "POST":
        try:
            supprimer(par=request.user)
        except CandidatureRefusee as refus:
            messages.error(request, str(refus))
            return redirect("supprimer_compte")
        logout(request)
        messages.success(request, "Votre compte AL’in est supprimé. Un dernier e-mail vous le confirme.")
        return redirect("accueil")
    active = Candidature.objects.actives().filter(demande__demandeur=request.user).pour_lecture().first()
    contexte = {
        "refus": empechement_de_partir(request.user),
        "active": active,
        "chez_le_bailleur": active is not None and active.statut in TRANSITIONS[Action.EFFACER].depuis,
    }
    return render(request, "candidatures/supprimer_compte.html", contexte)


@transaction.atomic
def _fichier(personne: User, par: User) -> HttpResponse:
    """JSON, indented so that a person can read it too; recorded before it is made, so that it says so itself."""
    mes_donnees.consigner_l_export(personne, par=par)
    maintenant = timezone.now()
    contenu = mes_donnees.en_fichier(mes_donnees.rassembler(personne), maintenant)
    nom = f"mes-donnees-alin-{timezone.localdate(maintenant):%Y-%m-%d}.json"
    return JsonResponse(
        contenu,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": f'attachment; filename="{nom}"', "Cache-Control": "private, no-store"},
    )


@transaction.atomic
def _impression(request: HttpRequest, personne: User, par: User) -> HttpResponse:
    mes_donnees.consigner_l_export(personne, par=par)
    contexte = {"personne": personne, "tables": mes_donnees.rassembler(personne)}
    return render(request, "candidatures/mes_donnees_impression.html", contexte)
