"""What the clock does to candidatures: each sweep catches up with what happened below (registry, offers, dates)."""

from datetime import date, timedelta

from django.utils import timezone

from candidatures.models import Candidature
from candidatures.statuts import TRANSITIONS, Action, Statut
from candidatures.workflow import liberer
from demandes.models import Demande
from demandes.sne import client
from offres.models import StatutOffre

RECUL = timedelta(days=7)
"""How far back the registry is asked for struck-off demands, so that a day it was down is caught up."""


def constater_les_silences(jour: date) -> int:
    """Silence is a refusal once the days to answer have passed (R441-10). Returns how many."""
    muettes = Candidature.objects.filter(statut=Statut.PROPOSEE, reponse_avant_le__lt=jour).order_by("pk")
    return liberer(muettes, Action.EXPIRER, "")


def liberer_des_offres_fermees() -> int:
    """Nobody waits on a dwelling that was withdrawn or placed. Returns how many were freed."""
    retirees = Candidature.objects.filter(
        statut__in=sorted(TRANSITIONS[Action.RETIRER].depuis), offre__statut=StatutOffre.RETIREE
    )
    placees = Candidature.objects.filter(
        statut__in=sorted(TRANSITIONS[Action.CLORE].depuis), offre__statut=StatutOffre.PLACEE
    )
    return liberer(retirees.order_by("pk"), Action.RETIRER, "L’offre a été retirée.") + liberer(
        placees.order_by("pk"), Action.CLORE, "Le logement a été attribué à un autre candidat."
    )


def suivre_les_radiations(jour: date) -> int:
    """Ask the registry which demands it struck off, note it, and free their candidatures. Returns how many demands.

    Raises `client.RegistreIndisponible`.
    """
    radiations = {r.num_unique: r.date_radiation for r in client.radiees_depuis(jour - RECUL)}
    demandes = Demande.objects.filter(numero_unique__in=sorted(radiations)).order_by("pk")
    for demande in demandes:
        Demande.objects.filter(pk=demande.pk, radiee_le=None).update(radiee_le=radiations[demande.numero_unique])
    actives = Candidature.objects.actives().filter(demande__radiee_le__isnull=False).order_by("pk")
    liberer(actives, Action.RADIER, "Votre demande de logement social a été radiée du registre.")
    return len(demandes)


def passer_l_heure() -> None:
    """Every sweep that needs only our own database."""
    constater_les_silences(timezone.localdate())
    liberer_des_offres_fermees()
