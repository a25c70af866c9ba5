"""What the clock does to candidatures: each sweep catches up with what happened below (registry, offers, dates)."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from candidatures.attente import requetes
from candidatures.models import TITULAIRES, Candidature
from candidatures.statuts import AVANT_TRANSMISSION, TRANSITIONS, Action, Statut
from candidatures.workflow import liberer, passer_au_suivant
from demandes import vie
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
    """Ask the registry which demands it struck off, note each and tell its applicant. Returns how many were news.

    Raises `client.RegistreIndisponible`. A strike-off missed for longer than `RECUL` is found by `demandes.horloge`.
    """
    radiations = {r.num_unique: r for r in client.radiees_depuis(jour - RECUL)}
    nouvelles = 0
    for demande in Demande.objects.filter(numero_unique__in=sorted(radiations), radiee_le=None).order_by("pk"):
        radiation = radiations[demande.numero_unique]
        nouvelles += vie.radier(demande, radiation.date_radiation, radiation.motif_radiation)
    liberer_des_demandes_radiees()
    return nouvelles


def liberer_des_demandes_radiees() -> int:
    """A struck-off demand holds no place. Returns how many candidatures were freed.

    « Attribution d'un logement » after a proposition accepted is most likely its own lease: the adviser says so.
    """
    actives = Candidature.objects.actives().filter(demande__radiee_le__isnull=False)
    bail_a_noter = Q(statut=Statut.ACCEPTEE, demande__motif_radiation="RADATT")
    radiees = actives.exclude(bail_a_noter).order_by("pk")
    return liberer(radiees, Action.RADIER, "Votre demande de logement social a été radiée du registre.")


def liberer_des_delais_passes(jour: date) -> int:
    """Nobody is held by a right of designation, or a limit set to free, that has passed. Returns how many were freed.

    Each is looked at again once locked: whoever has just been transmitted stays where he is.
    """
    liberees = 0
    for candidature in requetes.a_liberer(requetes.delais_du(jour), jour).select_related("offre").order_by("pk"):
        liberees += liberer([candidature], Action.LIBERER, _pourquoi(candidature, jour))
    return liberees


def _pourquoi(candidature: Candidature, jour: date) -> str:
    designation = candidature.offre.designation_jusqu_au
    if candidature.statut in AVANT_TRANSMISSION and designation and designation < jour:
        return (
            f"Le délai pour proposer des candidats à ce logement a pris fin le {designation:%d/%m/%Y}, avant l’envoi "
            "de votre dossier au bailleur."
        )
    jusqu_au = candidature.liberation_le  # type: ignore[attr-defined]
    return f"Cette étape devait aboutir avant le {jusqu_au:%d/%m/%Y} au soir, et n’a pas abouti."


def passer_aux_suivants() -> int:
    """Offers whose attributaire has gone while somebody ranked waits: catches up a crash. Returns how many moved."""
    classees = Candidature.objects.filter(statut=Statut.CLASSEE, offre__statut=StatutOffre.PUBLIEE)
    attribuees = Candidature.objects.filter(statut__in=TITULAIRES)
    en_suspens = classees.exclude(offre__in=attribuees.values("offre")).order_by("offre_id")
    offres = list(en_suspens.values_list("offre_id", flat=True).distinct())
    return sum(passer_au_suivant(offre) is not None for offre in offres)


def passer_l_heure() -> None:
    """Every sweep that needs only our own database."""
    constater_les_silences(timezone.localdate())
    liberer_des_offres_fermees()
    liberer_des_demandes_radiees()
    liberer_des_delais_passes(timezone.localdate())
    passer_aux_suivants()
