"""The list as a file: what the dashboard shows, for the same filters. It runs nothing that a name could hide."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell

from candidatures.exports import Format
from candidatures.salaries.liste import Ligne
from offres.imports.rapport import sans_formule

ENTETE = (
    *("nom", "prénom", "numéro unique", "personnes à loger", "logements possibles", "demande faite le"),
    *("valable jusqu’au", "situation", "étape", "prochaine date", "à faire", "emploi", "établissement (SIRET)"),
)
EMPLOIS = {"oui": "confirmé", "non": "non reconnu", "parti": "a quitté l’entreprise", "": "à confirmer"}


def cellules(ligne: Ligne) -> tuple[str, ...]:
    """The columns of `ENTETE`, as text."""
    demande, emploi = ligne.demande, ligne.emploi
    dues = (f"{due.libelle} avant le {due.avant:%d/%m/%Y}" if due.avant else due.libelle for due in ligne.dues)
    return (
        demande.demandeur.nom_naissance,
        demande.demandeur.prenom,
        demande.numero_unique,
        str(demande.nombre_personnes),
        ligne.typologies,
        f"{demande.deposee_le:%d/%m/%Y}",
        f"{demande.valable_jusqu_au:%d/%m/%Y}",
        ligne.situation,
        f"{ligne.candidature.etape}. {ligne.etape}" if ligne.candidature else "",
        f"{ligne.prochaine_date:%d/%m/%Y}" if ligne.prochaine_date else "",
        ", ".join(dues),
        EMPLOIS[emploi.reponse] if emploi and not emploi.sans_employeur else "non déclaré",
        emploi.siret if emploi else "",
    )


def ecrire(format: Format, lignes: Iterable[tuple[str, ...]]) -> bytes:
    """The whole file; for Excel in French, a CSV has semicolons and the mark of UTF-8."""
    propres = ([sans_formule(cellule) for cellule in ligne] for ligne in lignes)
    return _en_xlsx(propres) if format is Format.XLSX else _en_csv(propres)


def _en_csv(lignes: Iterator[list[str]]) -> bytes:
    sortie = io.StringIO(newline="")
    csv.writer(sortie, delimiter=";").writerows([list(ENTETE), *lignes])
    return f"\ufeff{sortie.getvalue()}".encode()


def _en_xlsx(lignes: Iterator[list[str]]) -> bytes:
    """Every cell is text: openpyxl would take a leading « = » for a formula."""
    classeur, sortie = Workbook(write_only=True), io.BytesIO()
    feuille = classeur.create_sheet("Salariés")
    feuille.append(list(ENTETE))
    for ligne in lignes:
        feuille.append([_texte(feuille, valeur) for valeur in ligne])
    classeur.save(sortie)
    return sortie.getvalue()


def _texte(feuille: Any, valeur: str) -> Cell:
    cellule: Cell = WriteOnlyCell(feuille, value=valeur)
    cellule.data_type = "s"
    return cellule
