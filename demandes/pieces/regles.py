"""Which fact calls for which document: what a line of the official list holds (`personne`, `foyer` are the table).

Source: arrêté of 22 December 2020, annexe (closed list, art. R441-2-4-1), as Service-public prints it (page F10007);
the rubriques, the payslips and the order are those of the guide (#3, tab 3). What the list does not name is not asked:
no document for a demolition, a hotel, a shelter, an owner or a dwelling that goes with a job.
"""

from dataclasses import dataclass, field

from demandes.pieces.periodes import Periode

IDENTITE = "Ma situation personnelle-Identité"
RESSOURCES = "Ma situation personnelle-Ressources"
AVIS = "Ma situation personnelle-Avis d’imposition"
FAMILLE = "Ma situation personnelle-Famille"
PROFESSION = "Ma situation personnelle-Profession"
LOGEMENT = "Ma situation personnelle-Logement actuel"
PATRIMOINE = "Ma situation personnelle-Patrimoine"
MOTIF = "Ma situation personnelle-Motif"
RUBRIQUES = (IDENTITE, RESSOURCES, AVIS, FAMILLE, PROFESSION, LOGEMENT, PATRIMOINE, MOTIF)


@dataclass(frozen=True, slots=True)
class Regle:
    """One line of the list. `si`: any of these facts (`situation`) calls for the document.

    `pourquoi` and `aussi` (what is accepted instead, or an example) are read by people; `codes` are the registry's, in
    docs/registre.md; `sensible` documents are never for a company's housing service.
    """

    cle: str
    rubrique: str
    libelle: str
    si: frozenset[str]
    pourquoi: str
    codes: tuple[str, ...]
    aussi: str = ""
    periode: Periode = Periode.UNE_FOIS
    sensible: bool = field(default=False, kw_only=True)


def si(faits: str) -> frozenset[str]:
    return frozenset(faits.split())
