"""How many points a demand has for a dwelling, criterion by criterion: the published scale, applied. No ORM.

Four criteria are of the demand, the fifth compares the rent with its income. The day and the number of times one
applied are not read: being first, or cancelling and applying again, brings nothing. Priority, then ancienneté, are
what art. L441-1 and R441-2-17 of the Code de la construction et de l'habitation ask for; the weights are ours (data,
dated). `candidatures.classement.requetes` says the same in SQL, and a test proves them equal.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from candidatures.baremes import Bareme
from demandes.models import Demande, LienEmploi, Priorite
from offres.eligibilite import euros


class Critere(StrEnum):
    PRIORITE = "priorite"
    ANCIENNETE = "anciennete"
    EMPLOI = "emploi"
    SUROCCUPATION = "suroccupation"
    EFFORT = "effort"


TITRES = {
    Critere.PRIORITE: "Public prioritaire",
    Critere.ANCIENNETE: "Ancienneté de la demande",
    Critere.EMPLOI: "Lien entre l’emploi et le logement",
    Critere.SUROCCUPATION: "Logement actuel trop petit",
    Critere.EFFORT: "Part du loyer dans les revenus",
}
SENSIBLES = frozenset({Critere.PRIORITE})
"""Its words may come from health or violence: for those who may read these."""


@dataclass(frozen=True)
class Situation:
    """What the rule reads of a demand. `revenus`: euros a month, housing aid included; `surface`: m² lived in today."""

    priorite: str
    deposee_le: date
    lien_emploi: str
    surface: int | None
    habitants: int
    revenus: int

    @classmethod
    def de(cls, demande: Demande) -> "Situation":
        """From the columns of the demand; those to be housed stand for those who live there when these are unknown."""
        return cls(
            demande.priorite,
            demande.deposee_le,
            demande.lien_emploi,
            demande.surface_actuelle,
            demande.habitants_actuels or demande.nombre_personnes,
            demande.revenus,
        )


class Ligne(NamedTuple):
    """One criterion: what was found, in words, and what it brings."""

    critere: Critere
    constate: str
    points: int

    @property
    def titre(self) -> str:
        return TITRES[self.critere]

    @property
    def est_sensible(self) -> bool:
        return self.critere in SENSIBLES


@dataclass(frozen=True)
class Points:
    lignes: tuple[Ligne, ...]

    @property
    def total(self) -> int:
        return sum(ligne.points for ligne in self.lignes)

    @property
    def hors_loyer(self) -> int:
        """Those of the demand itself, the same for every dwelling."""
        return sum(ligne.points for ligne in self.lignes if ligne.critere is not Critere.EFFORT)


def compter(situation: Situation, loyer: int | None, bareme: Bareme, jour: date) -> Points:
    """The points on that day for a dwelling at this rent (euros a month, charges included)."""
    return Points(tuple(_lignes(situation, loyer or 0, bareme, jour)))


def _lignes(situation: Situation, loyer: int, bareme: Bareme, jour: date) -> Iterator[Ligne]:
    yield Ligne(Critere.PRIORITE, *_priorite(situation, bareme))
    yield Ligne(Critere.ANCIENNETE, *_anciennete(situation, bareme, jour))
    yield Ligne(Critere.EMPLOI, *_emploi(situation, bareme))
    yield Ligne(Critere.SUROCCUPATION, *_suroccupation(situation, bareme))
    yield Ligne(Critere.EFFORT, *_effort(situation, loyer, bareme))


def _priorite(situation: Situation, bareme: Bareme) -> tuple[str, int]:
    """L441-2-3 (DALO), else a situation of L441-1; never which one: a line may be read by others."""
    mots = Priorite(situation.priorite).label
    return mots, {Priorite.DALO: bareme.dalo, Priorite.L441_1: bareme.prioritaire}.get(Priorite(situation.priorite), 0)


def _anciennete(situation: Situation, bareme: Bareme, jour: date) -> tuple[str, int]:
    mois = mois_pleins(situation.deposee_le, jour)
    mots = f"{mois} mois plein{'s' if mois > 1 else ''} depuis le {situation.deposee_le:%d/%m/%Y}"
    if mois > bareme.mois_comptes:
        mots += f", {bareme.mois_comptes} comptés"
    return mots, bareme.par_mois * min(mois, bareme.mois_comptes)


def mois_pleins(depuis: date, jour: date) -> int:
    """Full months gone by: from the 14th to the 13th of the next month, none; on the 14th, one."""
    mois = (jour.year - depuis.year) * 12 + jour.month - depuis.month - (jour.day < depuis.day)
    return max(0, mois)


def _emploi(situation: Situation, bareme: Bareme) -> tuple[str, int]:
    lien = LienEmploi(situation.lien_emploi)
    return lien.label, {LienEmploi.MUTATION: bareme.mutation, LienEmploi.RAPPROCHEMENT: bareme.rapprochement}.get(
        lien, 0
    )


def surface_minimale(habitants: int) -> int:
    """m² below which a dwelling is too small: 9 for one, 16 for two, 9 more for each other, 70 from eight (R822-25)."""
    return 9 if habitants <= 1 else min(70, 9 * habitants - 2)


def _suroccupation(situation: Situation, bareme: Bareme) -> tuple[str, int]:
    if not situation.surface:
        return "Surface du logement actuel inconnue du registre", 0
    minimum = surface_minimale(situation.habitants)
    s = "s" if situation.habitants > 1 else ""
    mots = f"{situation.surface} m² pour {situation.habitants} personne{s} (minimum : {minimum} m²)"
    atteintes = (t.points for t in bareme.suroccupation if situation.surface * 100 < t.seuil * minimum)
    return mots, next(atteintes, 0)


def _effort(situation: Situation, loyer: int, bareme: Bareme) -> tuple[str, int]:
    if not situation.revenus or not loyer:
        return "Revenus inconnus du registre", 0
    part = loyer * 100 / situation.revenus
    mots = f"Loyer de {euros(loyer)}, soit {part:.1f} % de {euros(situation.revenus)} par mois".replace(".", ",")
    atteintes = (t.points for t in bareme.effort if loyer * 100 <= t.seuil * situation.revenus)
    return mots, next(atteintes, 0)
