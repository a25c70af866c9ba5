"""The candidatures of one employee with their history, as an employer may read them."""

import re
from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from accounts.models import Appartenance, Consultation, Entreprise, User
from accounts.mur import par_la_porte
from candidatures import recit
from candidatures.empechements import de_la_demande
from candidatures.models import PLACES_PRISES, Candidature, Evenement, Motif
from candidatures.notes import NoteAuConseiller
from candidatures.salaries import actes, liste, propositions
from candidatures.statuts import Action, Statut
from demandes import lecture
from demandes.importation import noms_des_communes
from demandes.models import Demande

EN_TETE = 4
"""Offers shown on the page of the employee; the others are on theirs."""
REGARDS = 8
"""Looks shown there."""

# Health, disability, residence permits and amounts stay hidden from an employer, in what advisers write too.
RESERVE = re.compile(
    r"handicap|invalid|séjour|résident|IRRSEJ|santé|médica|malad|hospital|hôpital|grossesse|enceinte|violence|plainte"
    r"|psych|fauteuil|\b(?:RQTH|MDPH|AAH|AEEH|AJPP|DALO)\b|expuls|réfugié|\basile\b|nationalité|sécurité sociale"
    r"|pension alim|propriétaire d[’']un|titre de|RFR|\d[\d\s\u202f.,]{2,}\s*(?:€|euro)",
    re.IGNORECASE,
)
ACTES_EN_PLACE = {
    "postuler": "Candidature déposée",
    Action.DEMANDER_PIECE.value: "Pièce demandée par le bailleur",
    Action.RECEVOIR_PIECE.value: "Pièce reçue",
}
"""What the journal says of the acts that the status does not tell."""
MOTIF_RESERVE = "Motif communiqué au salarié seulement."


def motifs_sensibles() -> frozenset[str]:
    """The reasons of the list that are marked as hidden from an employer."""
    return frozenset(Motif.objects.filter(sensible=True).values_list("libelle", flat=True))


def pour_l_employeur(motif: str, sensibles: Set[str] = frozenset()) -> str:
    """The reason, unless it touches what an employer must not know: by its mark, or by its words if it was typed."""
    marque = any(libelle in motif for libelle in sensibles)
    return MOTIF_RESERVE if marque or RESERVE.search(motif) else motif


@dataclass(frozen=True)
class Moment:
    """One line of a candidature's journal, as an employer may read it."""

    le: datetime
    libelle: str
    motif: str


@dataclass(frozen=True)
class Passage:
    """One candidature, the reason of where it stands, its seven steps, and its journal with the newest line first."""

    candidature: Candidature
    libelle: str
    motif: str
    etapes: list[recit.EtapeDessinee]
    journal: list[Moment]


def passages(demande: Demande) -> list[Passage]:
    """The candidatures of one employee, newest first, in three queries."""
    candidatures = list(Candidature.objects.filter(demande=demande).pour_lecture())
    journaux: dict[UUID, list[Evenement]] = {candidature.pk: [] for candidature in candidatures}
    for evenement in Evenement.objects.filter(candidature_id__in=journaux).order_by("le", "id"):
        journaux[evenement.candidature_id].append(evenement)
    sensibles = motifs_sensibles()
    return [_passage(candidature, journaux[candidature.pk], sensibles) for candidature in candidatures]


def _passage(candidature: Candidature, journal: list[Evenement], sensibles: Set[str]) -> Passage:
    moments = [
        Moment(e.le, ACTES_EN_PLACE.get(e.action) or _libelle(e.vers), pour_l_employeur(e.motif, sensibles))
        for e in reversed(journal)
    ]
    etapes = recit.etapes_dessinees(candidature, journal)
    motif = pour_l_employeur(candidature.motif, sensibles)
    return Passage(candidature, _libelle(candidature.statut), motif, etapes, moments)


def _libelle(statut: str) -> str:
    """The applicant's label, but where it speaks to him."""
    return "Sans réponse du salarié" if statut == Statut.SANS_REPONSE else Statut(statut).label


def contenu(demande: Demande, user: User, jour: date) -> dict[str, Any]:
    """What the page of one employee says; his look is recorded already."""
    tous = passages(demande)
    en_cours = next((passage for passage in tous if passage.candidature.est_active), None)
    prise = any(passage.candidature.statut in PLACES_PRISES for passage in tous)
    peut_postuler = not prise and de_la_demande(demande, jour) is None
    prochain = actes.prochain_rappel(demande)
    return {
        "demande": demande,
        "emploi": getattr(demande, "emploi", None),
        "anciennete": liste.anciennete(demande.deposee_le, jour),
        "typologies": liste.typologies(demande),
        "rubriques": lecture.rubriques(demande.dossier, noms_des_communes(demande.dossier), sensibles=False),
        "en_cours": en_cours,
        "annulable": en_cours is not None and Action.ANNULER in en_cours.candidature.actions_pour(user),
        "passes": [passage for passage in tous if not passage.candidature.est_active],
        "prise": prise,
        "empechement": None if prise else de_la_demande(demande, jour),
        "propositions": propositions.propositions(demande, jour, par_page=EN_TETE) if peut_postuler else None,
        "a_terminer": actes.est_a_terminer(demande, jour),
        "prochain_rappel": prochain if prochain and prochain > jour else None,
        "notes": NoteAuConseiller.objects.filter(demande=demande, par_id__in=_collegues(user)),
        "regards": regards(demande, user),
    }


@par_la_porte()
def regards(demande: Demande, user: User) -> list[Consultation]:
    """The last looks of this agent's own housing service, which the employee reads too."""
    vus = Consultation.objects.du_demandeur(demande.demandeur).par_autrui()
    return list(vus.filter(par_id__in=_collegues(user))[:REGARDS])


def _collegues(user: User) -> list[UUID]:
    """Who works or has worked for his housing services: what a former employer's agents wrote is not for the next."""
    postes = Appartenance.objects.filter(entreprise__in=Entreprise.objects.suivies_par(user))
    return list(postes.values_list("agent", flat=True))
