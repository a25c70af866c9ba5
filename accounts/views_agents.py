"""« Les agents »: who works for a company's housing service, inviting, withdrawing; and the link of an invitation."""

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts import invitations
from accounts.decorators import RequeteConnectee, reserve_a
from accounts.forms_agents import InvitationForm
from accounts.invitations import InvitationRefusee
from accounts.models import Appartenance, Entreprise, Invitation, Role, User
from accounts.models.entreprise import EntrepriseQuerySet


@require_http_methods(["GET", "POST"])
@reserve_a(Role.SERVICE_LOGEMENT)
def agents(request: RequeteConnectee) -> HttpResponse:
    """Each of one's companies with its agents; a manager invites from here."""
    gerees = Entreprise.objects.gerees_par(request.user)
    form = InvitationForm(request.POST if request.method == "POST" else None, entreprises=gerees)
    if form.is_valid():
        try:
            invitation = invitations.inviter(par=request.user, **form.cleaned_data)
        except InvitationRefusee as refus:
            messages.error(request, str(refus))
        else:
            messages.success(request, f"Une invitation part pour {invitation.email}. Elle vaut 7 jours.")
        return redirect("agents:liste")
    return render(request, "account/agents.html", _contexte(request.user, gerees, form))


def _contexte(user: User, gerees: EntrepriseQuerySet, form: InvitationForm) -> dict[str, Any]:
    """The places in one's companies, and one's own in those that closed."""
    suivies = Entreprise.objects.suivies_par(user)
    postes = Appartenance.objects.en_poste()
    return {
        "postes": postes.filter(entreprise__in=suivies)
        .select_related("agent", "entreprise")
        .order_by("entreprise__nom", "entreprise_id", "agent__nom_naissance", "agent__prenom"),
        "fermees": postes.filter(agent=user).exclude(entreprise__in=suivies).select_related("entreprise__successeur"),
        "gerees": set(gerees.values_list("pk", flat=True)),
        "invitations": Invitation.objects.ouvertes().filter(entreprise__in=gerees).select_related("entreprise"),
        "form": form,
    }


@require_POST
@reserve_a(Role.SERVICE_LOGEMENT)
def retirer(request: RequeteConnectee, pk: int) -> HttpResponse:
    """« Retirer l’accès »."""
    gerees = Entreprise.objects.gerees_par(request.user)
    postes = Appartenance.objects.en_poste().filter(entreprise__in=gerees).select_related("agent", "entreprise")
    poste = get_object_or_404(postes, pk=pk)
    try:
        invitations.retirer_l_acces(poste, par=request.user)
    except InvitationRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, f"{poste.agent} n’a plus accès à {poste.entreprise}, dès maintenant.")
    return redirect("agents:liste")


@require_POST
@reserve_a(Role.SERVICE_LOGEMENT)
def annuler(request: RequeteConnectee, pk: UUID) -> HttpResponse:
    """« Annuler l’invitation »."""
    siennes = Invitation.objects.ouvertes().filter(entreprise__in=Entreprise.objects.gerees_par(request.user))
    invitation = get_object_or_404(siennes.select_related("entreprise"), pk=pk)
    invitations.annuler(invitation, par=request.user)
    messages.success(request, f"L’invitation de {invitation.email} est annulée.")
    return redirect("agents:liste")


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, jeton: str) -> HttpResponse:
    """The link of the mail: who invites, to what; then « Accepter »."""
    connecte = None if request.user.is_anonymous else request.user
    try:
        if request.method == "GET":
            recue, compte = invitations.presenter(jeton, connecte=connecte)
            contexte = {"invitation": recue, "compte": compte, "connecte": connecte}
            return render(request, "account/invitation.html", contexte)
        compte, nouveau = invitations.accepter(jeton, connecte=connecte)
    except InvitationRefusee as refus:
        return render(request, "account/invitation.html", {"refus": str(refus)}, status=410)
    if nouveau:
        EmailAddress.objects.get(user=compte).send_confirmation(request, signup=True)
        request.session["adresse_a_valider"] = compte.email_masque
        return redirect("account_email_verification_sent")
    messages.success(request, "Votre accès est ouvert.")
    return redirect("accounts:espace")
