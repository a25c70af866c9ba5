"""The company's housing service: the employees who consented, and nobody else (guide #3)."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.decorators import RequeteConnectee, reserve_a
from accounts.models import Entreprise, Role
from candidatures import salaries as suivi
from demandes import consultation, lecture
from demandes.confirmation import ConfirmationRefusee, confirmer_l_emploi
from demandes.importation import noms_des_communes
from demandes.models import Demande

PAR_PAGE = 25
ETATS: dict[str, dict[str, Any]] = {
    "a-valider": {"dossier_valide_le": None},
    "sans": {"dossier_valide_le__isnull": False, "statut_actif": None, "bail_signe": False},
    "en-cours": {"statut_actif__isnull": False},
    "loges": {"bail_signe": True},
}
EMPLOIS: dict[str, dict[str, Any]] = {
    "a-confirmer": {"emploi__valide_le__isnull": False, "emploi__confirme_le": None},
    "confirmes": {"emploi__confirme_le__isnull": False},
}


class FiltreForm(forms.Form):
    """What the list is narrowed by; a value nobody offered filters nothing."""

    q = forms.CharField(label="Nom ou numéro unique", required=False, max_length=80)
    etat = forms.ChoiceField(
        label="État",
        required=False,
        choices=[
            ("", "Tous"),
            ("a-valider", "Dossier à valider"),
            ("sans", "Sans candidature"),
            ("en-cours", "Candidature en cours"),
            ("loges", "Bail signé"),
        ],
    )
    emploi = forms.ChoiceField(
        label="Emploi",
        required=False,
        choices=[("", "Tous"), ("a-confirmer", "À confirmer"), ("confirmes", "Confirmé")],
    )

    def filtrer(self, demandes: "QuerySet[Demande]") -> "QuerySet[Demande]":
        self.is_valid()
        choix: dict[str, Any] = self.cleaned_data
        demandes = demandes.filter(**ETATS.get(choix.get("etat", ""), {}), **EMPLOIS.get(choix.get("emploi", ""), {}))
        return suivi.chercher(demandes, choix.get("q", ""))


@require_GET
@reserve_a(Role.SERVICE_LOGEMENT)
def salaries(request: RequeteConnectee) -> HttpResponse:
    """The employees whose leave is in force today."""
    jour = timezone.localdate()
    tous = suivi.salaries_de(request.user, jour)
    form = FiltreForm(request.GET)
    page = Paginator(suivi.avec_candidature(form.filtrer(tous)), PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {
        "entreprises": Entreprise.objects.suivies_par(request.user),
        "chiffres": suivi.chiffres(tous, jour),
        "form": form,
        "requete": urlencode({champ: request.GET[champ] for champ in form.fields if request.GET.get(champ)}),
        "filtree": any(request.GET.get(champ) for champ in form.fields),
        "page": page,
        "lignes": [suivi.ligne(demande, jour) for demande in page],
        "annee": jour.year,
    }
    return render(request, "candidatures/service_logement/salaries.html", contexte)


@require_GET
@reserve_a(Role.SERVICE_LOGEMENT)
def salarie(request: RequeteConnectee, pk: UUID) -> HttpResponse:
    """One employee's demand, without what an employer must not read, and the history; the look is recorded."""
    visibles = Demande.objects.visibles_par(request.user).select_related("demandeur", "emploi")
    demande = consultation.ouvrir(visibles, pk, "la demande et l’historique des candidatures", par=request.user)
    accord = get_object_or_404(demande.consentements.en_cours().select_related("entreprise"))
    passages = suivi.passages(demande)
    contexte = {
        "demande": demande,
        "emploi": getattr(demande, "emploi", None),
        "accord": accord,
        "anciennete": suivi.anciennete(demande.deposee_le, timezone.localdate()),
        "rubriques": lecture.rubriques(demande.dossier, noms_des_communes(demande.dossier), sensibles=False),
        "en_cours": next((passage for passage in passages if passage.candidature.est_active), None),
        "passes": [passage for passage in passages if not passage.candidature.est_active],
    }
    return render(request, "candidatures/service_logement/salarie.html", contexte)


@require_POST
@reserve_a(Role.SERVICE_LOGEMENT)
def confirmer_emploi(request: RequeteConnectee, pk: UUID) -> HttpResponse:
    """« Confirmer l’emploi »; back to the list or to the person, where one came from."""
    visibles = Demande.objects.visibles_par(request.user).select_related("demandeur")
    demande = consultation.trouver(visibles, pk, par=request.user)
    try:
        confirmer_l_emploi(demande, par=request.user)
    except Demande.DoesNotExist as disparue:  # the leave was withdrawn meanwhile
        raise Http404 from disparue
    except ConfirmationRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, f"L’emploi de {demande.demandeur} est confirmé.")
    if request.POST.get("retour") == "liste":
        return redirect("service_logement:salaries")
    return redirect("service_logement:salarie", demande.pk)
