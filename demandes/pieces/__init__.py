"""The supporting documents of one demand, computed from its situation and the date (guide #3, tab 3).

`situation` says what is true of each person and of the household, `personne` and `foyer` which document each fact calls
for, `periodes` which months and which tax notices, `registre` what the registration site has received so far.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from demandes.pieces.foyer import FOYER, MOTIFS_SENSIBLES
from demandes.pieces.periodes import Exemplaire, exemplaires
from demandes.pieces.personne import PERSONNE
from demandes.pieces.regles import RUBRIQUES, Regle
from demandes.pieces.situation import Personne, faits_du_foyer, personnes
from demandes.sne.dossier import DossierSNE

__all__ = ["MOTIFS_SENSIBLES", "RUBRIQUES", "Piece", "pieces_attendues"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One document to have on the registration site. `cle` stays the same as long as the document does.

    `codes` are the registry's for this document; `periode` the first day of a payslip's month, or of the year whose
    income a tax notice is about.
    """

    cle: str
    personne: str
    rubrique: str
    libelle: str
    pourquoi: str
    aussi: str
    sensible: bool
    codes: tuple[str, ...]
    periode: date | None


def pieces_attendues(dossier: DossierSNE, jour: date) -> list[Piece]:
    """Every document this demand needs on that day, in the guide's order: person by person, then by rubrique."""
    gens = personnes(dossier, jour)
    pieces = [piece for personne in gens for piece in _pieces(_marque(personne), personne, PERSONNE, jour)]
    premiere = Personne(gens[0].titre, gens[0].date_naissance, gens[0].prenom, faits_du_foyer(dossier, jour))
    pieces += _pieces("foyer", premiere, FOYER, jour)
    titres = list(dict.fromkeys(personne.titre for personne in gens))
    return sorted(pieces, key=lambda piece: (titres.index(piece.personne), RUBRIQUES.index(piece.rubrique)))


def _pieces(marque: str, personne: Personne, regles: tuple[Regle, ...], jour: date) -> Iterator[Piece]:
    for regle in regles:
        if regle.si & personne.faits:
            for exemplaire in exemplaires(regle.periode, jour):
                yield _piece(f"{marque}:{regle.cle}{exemplaire.suffixe}", personne, regle, exemplaire)


def _piece(cle: str, personne: Personne, regle: Regle, exemplaire: Exemplaire) -> Piece:
    return Piece(
        cle=cle,
        personne=personne.titre,
        rubrique=regle.rubrique,
        libelle=regle.libelle.format(**exemplaire.mots),
        pourquoi=regle.pourquoi,
        aussi=regle.aussi,
        sensible=regle.sensible,
        codes=regle.codes,
        periode=exemplaire.debut,
    )


def _marque(personne: Personne) -> str:
    """What tells a person's documents from another's, should the codemandeur change."""
    return hashlib.sha256(f"{personne.date_naissance}{personne.prenom}".encode()).hexdigest()[:8]
