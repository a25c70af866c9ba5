"""Documents that come back: the last three full months of payslips, the tax notices of two years (guide #3)."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
MOIS_DE_BULLETINS = 3
SORTIE_DES_AVIS = 9
"""The month when the notice on last year's income has reached everybody: paper notices leave until early September."""


class Periode(StrEnum):
    """How often a document is asked for."""

    UNE_FOIS = ""
    MOIS = "mois"
    ANNEE = "annee"


@dataclass(frozen=True, slots=True)
class Exemplaire:
    """One copy of a document: the end of its key, the words of its label, the period it is about."""

    suffixe: str = ""
    mots: dict[str, str] = field(default_factory=dict)
    debut: date | None = None


def exemplaires(periode: Periode, jour: date) -> list[Exemplaire]:
    """The copies of a document that are asked for on that day."""
    match periode:
        case Periode.MOIS:
            return [Exemplaire(f":{mois:%Y-%m}", {"du_mois": du_mois(mois)}, mois) for mois in mois_pleins(jour)]
        case Periode.ANNEE:
            return [
                Exemplaire(f":{annee + 1}", {"avis": f"{annee + 1}", "revenus": f"{annee}"}, date(annee, 1, 1))
                for annee in annees_de_revenus(jour)
            ]
        case Periode.UNE_FOIS:
            return [Exemplaire()]


def mois_pleins(jour: date) -> list[date]:
    """The first days of the last full months before that day, newest first."""
    precedent = jour.year * 12 + jour.month - 2
    rangs = [divmod(precedent - recul, 12) for recul in range(MOIS_DE_BULLETINS)]
    return [date(annee, mois + 1, 1) for annee, mois in rangs]


def annees_de_revenus(jour: date) -> list[int]:
    """Income of N-2, always asked for; income of N-1 once its notice is out (arrêté of 22 December 2020, annexe)."""
    return [jour.year - 2] + ([jour.year - 1] if jour.month >= SORTIE_DES_AVIS else [])


def du_mois(mois: date) -> str:
    """« de septembre 2026 », « d’août 2026 »."""
    nom = MOIS[mois.month - 1]
    return f"{'d’' if nom[0] in 'ao' else 'de '}{nom} {mois.year}"
