"""The bailleur's link on the adviser's page: a new one, shown once, and taking it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from accounts.admin import personne
from candidatures import consultation
from candidatures.admin import dossier
from candidatures.admin.vues import FILTRES, adresse, ouvrir_un_dossier
from candidatures.transmission import envoi


@require_POST
@ouvrir_un_dossier
def renouveler(request: HttpRequest, pk: str) -> HttpResponse:
    """« Nouveau lien »: the address is shown on the next page and nowhere again."""
    user = personne(request)
    candidature = consultation.trouver(dossier.visibles_par(user), pk, par=user)
    try:
        lien = envoi.renouveler(candidature, par=user)
    except envoi.EnvoiRefuse as refus:
        messages.error(request, str(refus))
    else:
        destinataire = candidature.offre.bailleur.courriel
        suite = (
            f"Il part aussi à {destinataire}." if destinataire else "Ce bailleur n’a pas d’adresse : transmettez-le."
        )
        texte = "Lien pour {}, affiché une seule fois : {} {}"
        messages.success(request, format_html(texte, candidature.offre.bailleur, lien, suite))
    return redirect(adresse(pk, request.GET.get(FILTRES, "")))


@require_POST
@ouvrir_un_dossier
def revoquer(request: HttpRequest, pk: str) -> HttpResponse:
    """« Révoquer le lien »: the dossier opens no more."""
    user = personne(request)
    candidature = consultation.trouver(dossier.visibles_par(user), pk, par=user)
    try:
        envoi.revoquer(candidature, par=user)
    except envoi.EnvoiRefuse as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, "Le lien est révoqué : il n’ouvre plus rien.")
    return redirect(adresse(pk, request.GET.get(FILTRES, "")))
