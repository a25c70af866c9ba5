"""What became of each row, as a CSV file. Opened in a spreadsheet, it runs nothing that a bailleur's file wrote."""

import csv
from collections.abc import Iterator

from offres.depots import ImportOffres

DANGEREUX = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula (OWASP, « CSV injection »)."""
ENTETE = ("ligne", "référence", "issue", "détail")


class _Echo:
    """csv.writer writes a line in it, and gets it back."""

    def write(self, ligne: str) -> str:
        return ligne


def sans_formule(cellule: str) -> str:
    """A cell that every spreadsheet shows as text."""
    return f"'{cellule}" if cellule.startswith(DANGEREUX) else cellule


def en_csv(depot: ImportOffres) -> Iterator[str]:
    """Line by line, for Excel in French: semicolons, and the mark of UTF-8 first."""
    ecrire = csv.writer(_Echo(), delimiter=";").writerow
    yield "\ufeff" + ecrire(ENTETE)
    for ligne in depot.lignes.iterator(chunk_size=2000):
        cellules = (str(ligne.numero or ""), ligne.reference, ligne.get_issue_display(), ligne.detail)
        yield ecrire([sans_formule(cellule) for cellule in cellules])
