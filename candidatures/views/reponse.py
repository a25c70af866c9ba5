"""What the applicant decides himself: cancel, accept, refuse, each after a page that says what follows (guide #6)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.decorators import RequeteConnectee, reserve_a
from accounts.models import Role
from candidatures import consultation, workflow
from candidatures.models import Candidature, Motif
from candidatures.statuts import TRANSITIONS, Action
from demandes.models import Priorite


class ReponseForm(forms.Form):
    """The reason, where the act owes one."""

    def __init__(self, action: Action, data: Any = None) -> None:
        super().__init__(data)
        if TRANSITIONS[action].motif_obligatoire:
            proposes = Motif.objects.filter(action=action, actif=True).values_list("libelle", flat=True)
            self.fields["motif"] = forms.ChoiceField(
                label="Motif du refus",
                help_text="Il est transmis au bailleur.",
                choices=[(libelle, libelle) for libelle in proposes],
                widget=forms.RadioSelect,
                error_messages={
                    "required": "Donnez le motif de votre refus : choisissez dans la liste.",
                    "invalid_choice": "Donnez le motif de votre refus : choisissez dans la liste.",
                },
            )


@require_http_methods(["GET", "POST"])
@reserve_a(Role.DEMANDEUR)
def avancer(request: RequeteConnectee, pk: UUID, action: str) -> HttpResponse:
    """What it leads to, then the act; the reason chosen is kept when something is missing."""
    if action not in Action.values:
        raise Http404
    acte, visibles = Action(action), Candidature.objects.visibles_par(request.user).pour_lecture()
    candidature = consultation.trouver(visibles, pk, par=request.user)
    if acte not in candidature.actions_pour(request.user):
        messages.error(request, workflow.trop_tard(candidature, acte))
        return redirect("candidatures:liste")
    form = ReponseForm(acte, request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _faire(request, candidature, acte, form.cleaned_data.get("motif", ""))
    contexte = {
        "candidature": candidature,
        "action": acte,
        "form": form,
        "dalo": candidature.demande.priorite == Priorite.DALO,
    }
    return render(request, "candidatures/decider.html", contexte, status=422 if form.is_bound else 200)


def _faire(request: RequeteConnectee, candidature: Candidature, action: Action, motif: str) -> HttpResponse:
    try:
        faite = workflow.avancer(candidature, action, par=request.user, motif=motif)
    except workflow.CandidatureRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, f"C’est enregistré : {faite.get_statut_display().lower()}.")
    return redirect("candidatures:liste")
