"""What pages show of somebody's alerts: whether they are on, and why none comes."""

from typing import Any

from django import template
from django.utils import timezone

from accounts.models import User
from candidatures.statuts import Statut
from candidatures.workflow import place_prise
from demandes.dossier_valide import pieces_manquantes
from demandes.models import Demande
from demandes.validite import examiner as situer
from offres.alertes import sont_actives

register = template.Library()


@register.inclusion_tag("offres/alertes.html", takes_context=True)
def mes_alertes(context: dict[str, Any]) -> dict[str, Any]:
    """« Alertes par e-mail » of « Mon profil »."""
    personne: User = context["user"]
    actives = sont_actives(personne)
    return {
        "csrf_token": context["csrf_token"],
        "personne": personne,
        "actives": actives,
        "silence": silence(personne) if actives else "",
    }


def silence(personne: User) -> str:
    """Why no alert leaves for this person today though his alerts are on, and what ends it; "" if they leave."""
    demande = Demande.objects.filter(demandeur=personne).first()
    if demande is None or demande.dossier_valide_le is None:
        return "Elles commenceront après « Valider mon dossier »."
    prise = place_prise(demande)
    if prise is not None and prise.statut == Statut.BAIL_SIGNE:
        return "Vous avez signé un bail grâce à AL’in : plus aucune ne part."
    if prise is not None:
        return "Vous avez une candidature active : aucune ne part avant sa réponse ou son annulation."
    jour = timezone.localdate()
    validite = situer(demande, jour)
    if validite.empeche:
        return f"{validite.titre} : aucune ne part en attendant."
    if pieces_manquantes(demande, jour):
        return "De nouvelles pièces sont à confirmer dans « Ma situation » : aucune ne part en attendant."
    return ""
