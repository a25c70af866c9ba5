"""The sitting of a commission (CALEOL): all its decisions on one dwelling, in one gesture. Source: R441-3, L441-2-2.

All or nothing: one wrong rank, one dossier that somebody else moved meanwhile, and nothing is written.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import Role, User
from candidatures.models import CLASSES, Candidature, Seance
from candidatures.seances import EXAMINEES_AU_MOINS
from candidatures.statuts import CONSEILLERS, Action, Statut
from candidatures.workflow import CandidatureRefusee, avancer
from offres.models import Offre, StatutOffre

PREMIERS = frozenset({Action.ATTRIBUER, Action.CONDITIONNER})
"""The decisions that give rank 1."""


class SeanceRefusee(CandidatureRefusee):
    """Why nothing of the sitting was written. `fautes`: what is wrong, by candidature, when one is at fault."""

    def __init__(self, raison: str, fautes: Mapping[UUID, str] | None = None) -> None:
        self.fautes = dict(fautes or {})
        super().__init__(raison)


@dataclass(frozen=True)
class Choix:
    """One decision; `precision` is a rank for `CLASSER`, a day for `CONDITIONNER`."""

    candidature: Candidature
    action: Action
    motif: str = ""
    precision: date | int | None = None

    @property
    def rang(self) -> int | None:
        if self.action in PREMIERS:
            return 1
        return self.precision if self.action is Action.CLASSER and isinstance(self.precision, int) else None


def fautes_de_rang(choix: Sequence[Choix]) -> dict[UUID, str]:
    """Who makes the ranks other than 1 to n, each with a sentence; empty when they are right."""
    comptes = Counter(c.rang for c in choix if c.rang is not None)
    fautes = {}
    for c in choix:
        if c.rang is None:
            continue
        if comptes[c.rang] > 1:
            fautes[c.candidature.pk] = f"Le rang {c.rang} est donné {comptes[c.rang]} fois."
        elif c.rang > 1 and not comptes[c.rang - 1]:
            fautes[c.candidature.pk] = f"Personne n’a le rang {c.rang - 1} : les rangs se suivent à partir de 1."
    return fautes


@transaction.atomic
def tenir(offre: Offre, choix: Sequence[Choix], *, tenue_le: date, justification: str = "", par: User) -> Seance:
    """Write a sitting and all its decisions, mails included. Whoever is not in `choix` waits for another sitting.

    Raises `SeanceRefusee`, and then nothing is written.
    """
    justification = justification.strip()
    if raison := _empechement(choix, tenue_le, justification, par):
        raise SeanceRefusee(raison)
    _verrouiller(offre, choix)
    classees = sum(c.rang is not None for c in choix)
    seance = Seance.objects.create(
        offre=offre,
        tenue_le=tenue_le,
        examinees=len(choix),
        classees=classees,
        justification=justification,
        par=par,
    )
    for c in sorted(choix, key=lambda c: c.candidature.pk):
        try:
            avancer(c.candidature, c.action, par=par, motif=c.motif, precision=c.precision, seance=seance)
        except CandidatureRefusee as refus:
            raise SeanceRefusee("Rien n’a été enregistré.", {c.candidature.pk: str(refus)}) from refus
    return seance


def _empechement(choix: Sequence[Choix], tenue_le: date, justification: str, par: User) -> str | None:
    """What is wrong with the sitting itself, before any lock. Raises `SeanceRefusee` for wrong ranks."""
    if Role(par.role) not in CONSEILLERS:
        return "Seul un conseiller enregistre les décisions d’une commission."
    if not choix:
        return "Aucune décision n’est saisie."
    if tenue_le > timezone.localdate():
        return "Cette séance n’a pas encore eu lieu."
    if len(choix) < EXAMINEES_AU_MOINS and not justification:
        return (
            f"La commission examine au moins {EXAMINEES_AU_MOINS} candidatures pour un logement (article R441-3) : "
            "écrivez pourquoi il y en a moins."
        )
    if fautes := fautes_de_rang(choix):
        raise SeanceRefusee("Les rangs ne se suivent pas.", fautes)
    return None


def _verrouiller(offre: Offre, choix: Sequence[Choix]) -> None:
    """The dossiers then the offer, ours until we commit. Raises `SeanceRefusee` if any of them moved meanwhile."""
    cles = [c.candidature.pk for c in choix]
    verrouillees = Candidature.objects.select_for_update(of=["self"]).filter(pk__in=cles, offre=offre).order_by("pk")
    la = {candidature.pk: candidature for candidature in verrouillees}
    fautes = {cle: "Cette candidature n’existe plus." for cle in cles if cle not in la}
    fautes |= {
        cle: f"Ce dossier a changé entre-temps : il est maintenant « {candidature.get_statut_display()} »."
        for cle, candidature in la.items()
        if candidature.statut != Statut.EN_COMMISSION
    }
    if fautes:
        raise SeanceRefusee("Rien n’a été enregistré.", fautes)
    offre = Offre.objects.select_for_update().get(pk=offre.pk)
    if offre.statut != StatutOffre.PUBLIEE:
        raise SeanceRefusee(f"Cette offre est maintenant « {offre.get_statut_display()} ».")
    if any(c.rang for c in choix) and offre.candidatures.filter(statut__in=CLASSES).exists():
        raise SeanceRefusee(
            "Une séance précédente a déjà classé des candidats, qui attendent ce logement : la commission ne classe à "
            "nouveau qu’une fois leur liste épuisée."
        )
