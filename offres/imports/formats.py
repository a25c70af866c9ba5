"""A file of offers read row by row, whatever wrote it: CSV, XLSX or JSON, recognised by what is inside.

Nothing in a file is believed: sizes are bounded before anything is unfolded, and no formula is ever computed.
"""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from offres.imports import classeur
from offres.imports.classeur import Illisible

DONNEES = Path(__file__).parents[1] / "donnees"
OCTETS = 25_000_000
"""Bytes of a file."""
LIGNES = 100_000
"""Rows of a file, empty ones included."""
COLONNES = 100
"""Of a table."""
csv.field_size_limit(OCTETS)  # a cell that is too long is refused with its row, not with the whole file

DANS_UN_CLASSEUR = b"PK\x03\x04"
ANCIEN_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
FIN_DE_L_ENTETE = "\r\n"


class Ligne(NamedTuple):
    """One row: its number in the file, its cells by column, and whether it has more of them than the table."""

    numero: int
    cellules: dict[str, Any]
    deborde: bool = False


@dataclass(frozen=True)
class Tableau:
    """A file opened. `annonce` is how many rows it says it has, `colonnes` is empty when each row names its own."""

    format: str
    colonnes: list[str]
    lignes: Iterator[Ligne] = field(repr=False)
    annonce: int | None = None


def ouvrir(contenu: bytes) -> Tableau:
    """The table in this file. Raises `Illisible`, now or while rows are taken."""
    if len(contenu) > OCTETS:
        raise Illisible(f"Ce fichier est trop lourd : {OCTETS // 1_000_000} Mo au plus. Coupez-le en plusieurs.")
    if contenu.startswith(ANCIEN_EXCEL):
        raise Illisible(
            "Ce fichier est un ancien classeur Excel (.xls) ou il est protégé par un mot de passe : "
            "enregistrez-le au format .xlsx, sans mot de passe."
        )
    if contenu.startswith(DANS_UN_CLASSEUR):
        return _classeur(contenu)
    texte = _texte(contenu)
    if not texte.strip():
        raise Illisible("Ce fichier est vide.")
    return _json(texte) if texte.lstrip()[0] in "[{" else _csv(texte)


def nom_de_colonne(entete: Any) -> str:
    """« Loyer charges comprises (€) » -> « loyer_charges_comprises »."""
    sans_accent = unicodedata.normalize("NFKD", str(entete or "")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", re.sub(r"\(.*?\)", "", sans_accent.lower())).strip("_")[:60]


def _texte(contenu: bytes) -> str:
    """UTF-8, with or without its mark, else Windows-1252. Raises `Illisible`."""
    if contenu.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Illisible("Ce fichier est en UTF-16 : enregistrez-le en « CSV UTF-8 ».")
    if b"\x00" in contenu:
        raise Illisible("Ce fichier n’est ni du texte ni un classeur .xlsx.")
    for encodage in ("utf-8-sig", "cp1252"):
        try:
            return contenu.decode(encodage)
        except UnicodeDecodeError:
            continue
    raise Illisible("Ce fichier n’est ni en UTF-8 ni en Windows-1252 : enregistrez-le en « CSV UTF-8 ».")


def _csv(texte: str) -> Tableau:
    """Commas, semicolons or tabs: what the first line has most of."""
    if texte[:4].lower() == "sep=":  # Excel's own hint
        texte = texte.partition("\n")[2]
    premiere = texte.lstrip(FIN_DE_L_ENTETE).partition("\n")[0]
    separateur = max(";,\t", key=premiere.count)
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur)
    rangees = _rangees_csv(lecteur)
    return _tableau("csv", rangees, texte.rstrip().count("\n"))


def _rangees_csv(lecteur: Any) -> Iterator[tuple[int, list[Any]]]:
    """Each row with the line it begins on: a cell may hold several."""
    debut = 1
    try:
        for rangee in lecteur:
            yield debut, rangee
            debut = lecteur.line_num + 1
    except csv.Error as erreur:
        raise Illisible(f"Le fichier n’est plus lisible à partir de la ligne {debut} ({erreur}).") from erreur


def _classeur(contenu: bytes) -> Tableau:
    rangees, annonce = classeur.ouvrir(contenu, COLONNES + 1)
    return _tableau("xlsx", rangees, annonce)


def _tableau(genre: str, rangees: Iterator[tuple[int, list[Any]]], annonce: int | None) -> Tableau:
    """The first row that is not empty names the columns."""
    entete = next((rangee for _, rangee in rangees if any(cellule not in (None, "") for cellule in rangee)), [])
    colonnes = [nom_de_colonne(cellule) for cellule in entete]
    while colonnes and not colonnes[-1]:
        colonnes.pop()
    if len(colonnes) > COLONNES:
        raise Illisible(f"Ce tableau a trop de colonnes : {COLONNES} au plus.")
    doubles = sorted({nom for nom in colonnes if nom and colonnes.count(nom) > 1})
    if doubles:
        raise Illisible(f"Une colonne est nommée deux fois : {', '.join(doubles)}.")
    return Tableau(genre, [nom for nom in colonnes if nom], _lignes(colonnes, rangees), annonce)


def _lignes(colonnes: list[str], rangees: Iterator[tuple[int, list[Any]]]) -> Iterator[Ligne]:
    for rang, (numero, rangee) in enumerate(rangees, 1):
        if rang > LIGNES:
            raise Illisible(f"Ce fichier a plus de {LIGNES} lignes : coupez-le en plusieurs.")
        if not any(cellule not in (None, "") for cellule in rangee):
            continue
        rangee += [None] * (len(colonnes) - len(rangee))
        cellules = {nom: cellule for nom, cellule in zip(colonnes, rangee, strict=False) if nom}
        yield Ligne(numero, cellules, any(cellule not in (None, "") for cellule in rangee[len(colonnes) :]))


def _json(texte: str) -> Tableau:
    """A list of objects, taken one at a time; its columns are those of each."""
    if texte.lstrip()[0] != "[":
        raise Illisible("Un fichier JSON d’offres est une liste d’objets : [ { … }, { … } ].")
    return Tableau("json", [], _objets(texte), None)


def _objets(texte: str) -> Iterator[Ligne]:
    lecteur = json.JSONDecoder(parse_constant=_pas_un_nombre)
    blanc = re.compile(r"[\s,]*")
    ou, numero = texte.index("[") + 1, 0
    while True:
        ou = blanc.match(texte, ou).end()  # type: ignore[union-attr]
        if texte[ou : ou + 1] == "]":
            return
        numero += 1
        try:
            objet, ou = lecteur.raw_decode(texte, ou)
        except (ValueError, RecursionError) as erreur:
            raise Illisible(f"Le fichier JSON n’est plus lisible à partir de l’offre n° {numero}.") from erreur
        if numero > LIGNES:
            raise Illisible(f"Ce fichier a plus de {LIGNES} offres : coupez-le en plusieurs.")
        if not isinstance(objet, dict):
            raise Illisible(f"L’offre n° {numero} n’est pas un objet {{ … }}.")
        yield Ligne(numero, {nom_de_colonne(nom): valeur for nom, valeur in objet.items()})


def _pas_un_nombre(mot: str) -> NoReturn:
    raise ValueError(mot)
