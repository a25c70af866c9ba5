"""What a company's housing service does for an employee who consented: answer about his job, apply, cancel, write."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import RequeteConnectee, reserve_a
from accounts.models import Role
from candidatures import consultation as consultations
from candidatures.empechements import trouver as empechement
from candidatures.models import Candidature
from candidatures.notes import LONGUEUR
from candidatures.salaries import actes
from candidatures.statuts import Action
from candidatures.workflow import place_prise
from demandes import consultation
from demandes.confirmation import ConfirmationRefusee, Reponse, confirmer_l_emploi
from demandes.models import Demande
from offres.models import Offre

BILANS = {
    Reponse.OUI: "L’emploi de {qui} est confirmé.",
    Reponse.NON: "C’est enregistré : vous ne reconnaissez pas cet emploi. Un e-mail le dit à {qui}.",
    Reponse.PARTI: "C’est enregistré : {qui} a quitté l’entreprise, son accord a pris fin et son dossier est refermé.",
}


class EmploiForm(forms.Form):
    """« Confirmer l’emploi »."""

    reponse = forms.ChoiceField(
        label="Cette personne travaille-t-elle dans votre entreprise ?",
        choices=Reponse.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse.", "invalid_choice": "Choisissez une réponse."},
    )


class NoteForm(forms.Form):
    texte = forms.CharField(
        label="Votre note",
        max_length=LONGUEUR,
        help_text="Le conseiller Action Logement la lit avec le dossier ; le salarié la retrouve dans ses données.",
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": "Écrivez votre note."},
    )


def _la_sienne(request: RequeteConnectee, pk: UUID, objet: str = "") -> Demande:
    """The demand of an employee whose leave is in force. Raises Http404, the refusal recorded.

    `objet`: what the page shows before the act; a look at it is recorded.
    """
    visibles = Demande.objects.visibles_par(request.user).select_related("demandeur", "emploi")
    if objet and request.method == "GET":
        return consultation.ouvrir(visibles, pk, objet, par=request.user)
    return consultation.trouver(visibles, pk, par=request.user)


def _a_remplir(request: RequeteConnectee, page: str, demande: Demande, form: forms.Form) -> HttpResponse:
    contexte = {"demande": demande, "emploi": getattr(demande, "emploi", None), "form": form}
    statut = 422 if form.is_bound else 200
    return render(request, f"candidatures/service_logement/{page}.html", contexte, status=statut)


@require_http_methods(["GET", "POST"])
@reserve_a(Role.SERVICE_LOGEMENT)
def confirmer_emploi(request: RequeteConnectee, pk: UUID) -> HttpResponse:
    """Matricule and entry date, then yes, no, or gone; back to the list after a departure, which closes the page."""
    demande = _la_sienne(request, pk, "l’emploi déclaré")
    form = EmploiForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _a_remplir(request, "confirmer_emploi", demande, form)
    reponse = Reponse(form.cleaned_data["reponse"])
    try:
        confirmer_l_emploi(demande, reponse, par=request.user)
    except Demande.DoesNotExist as disparue:  # the leave was withdrawn meanwhile
        raise Http404 from disparue
    except ConfirmationRefusee as refus:
        messages.error(request, str(refus))
        return redirect("service_logement:salarie", demande.pk)
    messages.success(request, BILANS[reponse].format(qui=demande.demandeur))
    return redirect(*(["service_logement:salaries"] if reponse is Reponse.PARTI else ["service_logement:salarie", pk]))


@require_http_methods(["GET", "POST"])
@reserve_a(Role.SERVICE_LOGEMENT)
def postuler(request: RequeteConnectee, pk: UUID, offre_pk: UUID) -> HttpResponse:
    """« Je postule » in his name: a page that names him and the dwelling, then the act."""
    demande = _la_sienne(request, pk, "un logement auquel postuler")
    visibles = Offre.objects.parues(timezone.localdate()).visibles_pour(demande).pour_lecture()
    offre = get_object_or_404(visibles, pk=offre_pk)
    if request.method == "GET":
        contexte = {"demande": demande, "offre": offre, **_obstacle(demande, offre)}
        return render(request, "candidatures/service_logement/postuler.html", contexte)
    try:
        actes.postuler_en_son_nom(demande, offre, par=request.user)
    except actes.ActeRefuse as refus:
        messages.error(request, str(refus))
    else:
        messages.success(
            request, f"La candidature de {demande.demandeur} est déposée : un e-mail le lui dit, et par qui."
        )
    return redirect("service_logement:salarie", pk)


def _obstacle(demande: Demande, offre: Offre) -> dict[str, Any]:
    """Why « Confirmer » is not there, without the amounts that an employer does not read."""
    if prise := place_prise(demande):
        return {"prise": prise, "empechement": None}
    return {"prise": None, "empechement": empechement(demande, offre, timezone.localdate())}


@require_http_methods(["GET", "POST"])
@reserve_a(Role.SERVICE_LOGEMENT)
def annuler(request: RequeteConnectee, pk: UUID, candidature_pk: UUID) -> HttpResponse:
    """« Annuler » in his name, as long as the dossier is not at the bailleur's."""
    visibles = Candidature.objects.visibles_par(request.user).filter(demande=pk).pour_lecture()
    candidature = consultations.trouver(visibles, candidature_pk, par=request.user)
    if Action.ANNULER not in candidature.actions_pour(request.user):
        messages.error(request, actes.TROP_TARD)
        return redirect("service_logement:salarie", pk)
    if request.method == "GET":
        contexte = {"candidature": candidature, "demande": candidature.demande}
        return render(request, "candidatures/service_logement/annuler.html", contexte)
    try:
        actes.annuler_en_son_nom(candidature, par=request.user)
    except actes.ActeRefuse as refus:
        messages.error(request, str(refus))
    else:
        qui = candidature.demande.demandeur
        messages.success(request, f"La candidature de {qui} est annulée : un e-mail le lui dit, et par qui.")
    return redirect("service_logement:salarie", pk)


@require_http_methods(["GET", "POST"])
@reserve_a(Role.SERVICE_LOGEMENT)
def note(request: RequeteConnectee, pk: UUID) -> HttpResponse:
    """A word to the adviser who examines the dossier."""
    demande = _la_sienne(request, pk)
    form = NoteForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _a_remplir(request, "note", demande, form)
    try:
        actes.ecrire_une_note(demande, form.cleaned_data["texte"], par=request.user)
    except actes.ActeRefuse as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, "Votre note est avec le dossier : le conseiller la lira.")
    return redirect("service_logement:salarie", pk)


@require_POST
@reserve_a(Role.SERVICE_LOGEMENT)
def rappeler(request: RequeteConnectee, pk: UUID) -> HttpResponse:
    """A mail to the employee, once a week at most: what is left before he may apply."""
    demande = _la_sienne(request, pk)
    try:
        actes.rappeler_le_dossier(demande, par=request.user)
    except actes.ActeRefuse as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, f"Un e-mail rappelle à {demande.demandeur} de terminer son dossier.")
    return redirect("service_logement:salarie", pk)
