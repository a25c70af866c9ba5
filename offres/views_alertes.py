"""One's alerts: the switch of « Mon profil », and the link at the foot of each mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import RequeteConnectee, reserve_a
from accounts.models import Role
from offres import alertes

PAGE = "offres/alertes_arret.html"


@require_POST
@reserve_a(Role.DEMANDEUR)
def regler(request: RequeteConnectee) -> HttpResponse:
    """« Chaque jour » or « Jamais »; anything else changes nothing."""
    match request.POST.get("alertes"):
        case "chaque_jour":
            alertes.reprendre(request.user)
            messages.success(request, "Les alertes sont activées : au plus un e-mail par jour.")
        case "jamais":
            alertes.arreter(request.user)
            messages.success(request, "Les alertes sont arrêtées : vous n’en recevrez plus.")
        case _:
            messages.error(request, "Choisissez « Chaque jour » ou « Jamais ».")
    return redirect(f"{reverse('accounts:profil')}#alertes")


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def arret(request: HttpRequest, jeton: str) -> HttpResponse:
    """The link of a mail: a page with one button, or the act itself (RFC 8058 §3.2: no cookie, no redirect)."""
    try:
        personne = alertes.personne_du_lien(jeton)
    except BadSignature:
        return render(request, PAGE, {"etat": "faux"}, status=404)
    if personne is None:
        return render(request, PAGE, {"etat": "efface"})
    if request.method == "POST":
        alertes.arreter(personne)
    contexte = {"etat": "actives" if alertes.sont_actives(personne) else "arretees", "adresse": personne.email_masque}
    return render(request, PAGE, contexte)
