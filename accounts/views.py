"""The pages of one's account that allauth does not have."""

from allauth.account import views as allauth
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from accounts.decorators import RequeteConnectee, reserve_a
from accounts.forms import ProfilForm
from accounts.models import Consultation, Role, User

ESPACES = {
    Role.DEMANDEUR: "demandes:situation",
    Role.SERVICE_LOGEMENT: "service_logement:salaries",
    Role.CONSEILLER: "admin:index",
    Role.SUPPORT: "admin:index",
    Role.SUPERVISEUR: "admin:index",
}


@require_GET
def espace(request: RequeteConnectee) -> HttpResponse:
    """Lead each person to the page where his work begins."""
    return redirect(ESPACES[Role(request.user.role)])


def creer_mon_compte(request: HttpRequest) -> HttpResponseBase:
    """allauth's page, in one transaction; the second half of a double click gets the same answer as the first."""
    try:
        with transaction.atomic():
            reponse: HttpResponseBase = allauth.signup(request)
            return reponse
    except IntegrityError:
        return redirect("account_email_verification_sent")


@login_not_required
@require_GET
def validation(request: HttpRequest) -> HttpResponse:
    """« Validation du compte »: a mail has left; the same page whether or not the address was known."""
    return render(request, "account/verification_sent.html", {"email": request.session.get("adresse_a_valider", "")})


@require_http_methods(["GET", "POST"])
def profil(request: RequeteConnectee) -> HttpResponse:
    """« Mon profil »: the five fields of the account, the address apart."""
    form = ProfilForm(request.POST if request.method == "POST" else None, instance=User.objects.get(pk=request.user.pk))
    if form.is_valid():
        form.save()
        messages.success(request, "Votre profil est à jour.")
        return redirect("accounts:profil")
    contexte = {"form": form, "a_une_demande": request.user.role == Role.DEMANDEUR}
    return render(request, "account/profil.html", contexte)


@require_GET
@reserve_a(Role.DEMANDEUR)
def consultations(request: RequeteConnectee) -> HttpResponse:
    """« Qui a consulté mon dossier »."""
    return render(
        request, "account/consultations.html", {"consultations": Consultation.objects.du_demandeur(request.user)}
    )
