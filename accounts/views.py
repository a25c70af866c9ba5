"""The pages of one's account that allauth does not have."""

from allauth.account import views as allauth
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as cles
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import acces, retours
from accounts.adapter import AdaptateurDeuxiemeFacteur, lien_nouveau_mot_de_passe
from accounts.adresse import RetourImpossible, adresse_a_retablir, retablir
from accounts.decorators import RequeteConnectee, reserve_a
from accounts.deuxieme_facteur import peut_retirer
from accounts.forms import ProfilForm
from accounts.models import A_CONNAITRE, Consultation, Role, Texte, User
from accounts.textes import accepter

ACCES_PAR_PAGE = 20
ESPACES = {
    Role.DEMANDEUR: "demandes:situation",
    Role.SERVICE_LOGEMENT: "service_logement:salaries",
    Role.CONSEILLER: "admin:index",
    Role.SUPPORT: "admin:index",
    Role.SUPERVISEUR: "admin:index",
}


@require_safe
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


@require_http_methods(["GET", "POST"])
def retablir_adresse(request: HttpRequest, jeton: str) -> HttpResponse:
    """The link sent to the former address: put it back, then choose a new password."""
    try:
        ancienne = adresse_a_retablir(jeton)
        if request.method == "GET":
            return render(request, "account/adresse_retablir.html", {"ancienne": ancienne})
        user = retablir(jeton)
    except RetourImpossible as refus:
        return render(request, "account/adresse_retablir.html", {"refus": str(refus)}, status=410)
    logout(request)
    return redirect(lien_nouveau_mot_de_passe(user))


@require_http_methods(["GET", "POST"])
def retirer_cle(request: RequeteConnectee, pk: int) -> HttpResponseBase:
    """allauth's page, which does not ask whether this factor may go."""
    cle = get_object_or_404(Authenticator, pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN)
    if not peut_retirer(cle):
        messages.error(request, AdaptateurDeuxiemeFacteur.error_messages["cannot_delete_authenticator"])
        return redirect("mfa_index")
    reponse: HttpResponseBase = cles.remove_webauthn(request, pk=pk)
    return reponse


@login_not_required
@require_safe
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
    contexte = {
        "form": form,
        "a_une_demande": request.user.role == Role.DEMANDEUR,
        "acceptations": request.user.acceptations.select_related("texte"),
    }
    return render(request, "account/profil.html", contexte)


@require_safe
@reserve_a(Role.DEMANDEUR)
def consultations(request: RequeteConnectee) -> HttpResponse:
    """« Qui a consulté mon dossier », by day and by person."""
    toutes = Consultation.objects.du_demandeur(request.user)
    page = Paginator(toutes.par_jour_et_personne(), ACCES_PAR_PAGE).get_page(request.GET.get("page"))
    contexte = {"bilan": acces.bilan(toutes), "page": page, "jours": acces.par_jour(page), "raisons": acces.RAISONS}
    return render(request, "account/consultations.html", contexte)


@require_POST
def essayer_adresse(request: RequeteConnectee) -> HttpResponse:
    """« Elle fonctionne à nouveau »: a mail leaves for one's address; the banner goes once it has left."""
    try:
        essai = retours.essayer(par=request.user)
    except retours.EssaiRefuse as refus:
        messages.error(request, str(refus))
    else:
        if essai:
            messages.info(request, f"Un courriel d’essai part pour {essai.destinataire}.")
    return redirect("accounts:profil")


@require_POST
@reserve_a(Role.DEMANDEUR)
def prendre_connaissance(request: RequeteConnectee, code: str, version: int) -> HttpResponse:
    """« J’ai pris connaissance » of a text in force; then back to the page where it was said."""
    en_vigueur = Texte.objects.en_vigueur().filter(code__in=A_CONNAITRE)
    accepter(request.user, [get_object_or_404(en_vigueur, code=code, version=version)])
    suite = request.POST.get("suite", "")
    if not url_has_allowed_host_and_scheme(suite, {request.get_host()}, require_https=request.is_secure()):
        suite = reverse("accounts:profil")
    messages.success(request, "C’est noté. « Mon profil » garde la liste de ce que vous avez accepté.")
    return redirect(suite)
