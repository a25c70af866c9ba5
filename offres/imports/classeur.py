"""A workbook (.xlsx) read row by row, without ever holding a sheet in memory, and without computing a formula.

Of a cell with a formula we read the value that the spreadsheet program left beside it.
"""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from itertools import count
from typing import Any

from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

DEPLIE = 300_000_000
"""Bytes of a workbook once unzipped: 100 000 full rows weigh half of it."""
ANNEXE = 60_000_000
"""Bytes of any part of a workbook that is no sheet, once unzipped: those are held in memory."""
PARTIES = 200


class Illisible(Exception):
    """A file as a whole, or what is left of it, cannot be read; the message is for whoever sent it."""


class _Feuille(ReadOnlyWorksheet):
    """openpyxl would look for the size of a sheet by reading it whole when it does not say it first."""

    def _get_size(self) -> None:
        return


class _Lecteur(ExcelReader):
    def read_worksheets(self) -> None:
        for feuille, lien in self.parser.find_sheets():
            if "chartsheet" not in lien.Type:
                self.wb._sheets.append(_Feuille(self.wb, feuille.name, lien.target, self.shared_strings))  # type: ignore[attr-defined]


def ouvrir(contenu: bytes, colonnes: int) -> tuple[Iterator[tuple[int, list[Any]]], int | None]:
    """The rows of the first sheet with their numbers, and how many it says it has. Raises `Illisible`, also later."""
    _verifier(contenu)
    try:
        with warnings.catch_warnings(action="ignore"):  # of styles and extensions that we do not read
            lecteur = _Lecteur(io.BytesIO(contenu), read_only=True, data_only=True, keep_links=False)
            lecteur.read()
        feuille = lecteur.wb.worksheets[0]
        with lecteur.archive.open(feuille._worksheet_path) as source:  # type: ignore[attr-defined]
            debut = source.read(4096).decode("utf-8", "replace")
    except Exception as erreur:  # a broken workbook breaks openpyxl in as many ways as it has parts
        raise Illisible("Ce classeur ne s’ouvre pas : enregistrez-le à nouveau au format .xlsx.") from erreur
    etendue = re.search(r'<dimension ref="[A-Z]+[0-9]+:[A-Z]+([0-9]{1,7})"', debut)
    return _rangees(feuille.iter_rows(max_col=colonnes, values_only=True)), int(etendue[1]) - 1 if etendue else None


def _rangees(rangees: Iterator[Any]) -> Iterator[tuple[int, list[Any]]]:
    for numero in count(1):
        try:
            with warnings.catch_warnings(action="ignore"):
                rangee = next(rangees, None)
        except Exception as erreur:
            raise Illisible(f"Le classeur n’est plus lisible à partir de la ligne {numero}.") from erreur
        if rangee is None:
            return
        yield numero, list(rangee)


def _verifier(contenu: bytes) -> None:
    """Refuse what would unfold without end; zipfile reads no more of a part than it announces."""
    try:
        parties = zipfile.ZipFile(io.BytesIO(contenu)).infolist()
    except zipfile.BadZipFile as erreur:
        raise Illisible("Ce classeur est abîmé : enregistrez-le à nouveau au format .xlsx.") from erreur
    annexes = [partie.file_size for partie in parties if not partie.filename.startswith("xl/worksheets/")]
    trop = sum(partie.file_size for partie in parties) > DEPLIE or max(annexes, default=0) > ANNEXE
    if trop or len(parties) > PARTIES:
        raise Illisible("Ce classeur est démesuré une fois décompressé : il est refusé.")
