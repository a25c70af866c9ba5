"""The ceilings on resources and the effort thresholds in force on a given day, as one value the rules read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from demandes.models import Commune
from offres.models import Financement, Plafond, SeuilsEffort


class Case(NamedTuple):
    """Where a ceiling stands in its table."""

    financement: str
    zone: str
    categorie: int


@dataclass(frozen=True)
class Bareme:
    """Euros a year for the ceilings, percent of monthly income for the thresholds."""

    plafonds: dict[Case, tuple[int, int]]
    alerte: int
    blocage: int

    @classmethod
    def en_vigueur(cls, jour: date) -> "Bareme":
        """The latest tables on that day, in two queries; without thresholds in the database, the guide's third."""
        derniers = Plafond.objects.filter(en_vigueur_le__lte=jour).order_by("en_vigueur_le")
        plafonds = {Case(p.financement, p.zone, p.categorie): (p.montant, p.par_personne_en_plus) for p in derniers}
        seuils = SeuilsEffort.objects.filter(en_vigueur_le__lte=jour).first() or SeuilsEffort()
        return cls(plafonds, seuils.alerte, seuils.blocage)

    @classmethod
    def connu(cls, jour: date, reperes: tuple[datetime | None, ...]) -> "Bareme":
        """The same, remembered by the process until a reference table changes (`demande.reperes` says when one did)."""
        return _bareme(jour, reperes)

    def plafond(self, financement: str, commune: Commune, categorie: int, personnes_en_plus: int) -> int | None:
        """The ceiling for this household there, or None where we have no table (overseas, unknown LLI zone)."""
        zone = zone_de(financement, commune)
        case = self.plafonds.get(Case(financement, zone, categorie)) if zone else None
        return case[0] + personnes_en_plus * case[1] if case else None

    def zones_ouvertes(self, revenu: int, categorie: int, personnes_en_plus: int) -> Iterator[tuple[str, str]]:
        """Each (financement, zone) whose ceiling this yearly income does not pass."""
        for case, (montant, par_personne) in self.plafonds.items():
            if case.categorie == categorie and revenu <= montant + personnes_en_plus * par_personne:
                yield case.financement, case.zone


@lru_cache(maxsize=4)
def _bareme(jour: date, reperes: tuple[datetime | None, ...]) -> Bareme:  # noqa: ARG001
    return Bareme.en_vigueur(jour)


def zone_de(financement: str, commune: Commune) -> str:
    """The zone a ceiling is read in: 1 to 3 for social housing, A to C for LLI; empty where we have none."""
    if commune.outre_mer:
        return ""
    return commune.zone_abc if financement == Financement.LLI else str(commune.zone)
