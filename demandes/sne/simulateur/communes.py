"""The communes, from the portal's table of the national codes (a data file, read once)."""

import csv
import gzip
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).resolve().parents[2] / "donnees" / "communes.csv.gz"


class Commune(NamedTuple):
    code: str
    nom: str
    departement: str
    code_postal: str
    population: int


@cache
def toutes() -> dict[str, Commune]:
    """By INSEE code: communes, and arrondissements of Paris, Lyon and Marseille."""
    with gzip.open(TABLE, "rt", encoding="utf-8", newline="") as fichier:
        lignes = csv.reader(fichier)
        next(lignes)
        return {
            code: Commune(code, nom, departement, postaux[:5], int(population or 0))
            for code, nom, departement, _, postaux, population, *_ in lignes
        }


@cache
def noms() -> dict[str, str]:
    """INSEE code → name."""
    return {code: commune.nom for code, commune in toutes().items()}


def sans_accents(texte: str) -> str:
    """Lower case, accents dropped: « Zoé » → « zoe »."""
    return "".join(c for c in unicodedata.normalize("NFD", texte) if not unicodedata.combining(c)).lower()


def nom(code: str) -> str:
    """« Montreuil (93) », « Paris 11e (75) »; the code itself when it is unknown."""
    return f"{noms()[code].removesuffix(' Arrondissement')} ({code[:2]})" if code in noms() else code


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    codes: dict[str, tuple[str, ...]] = {}
    for code, libelle in noms().items():
        codes[_cle(libelle)] = (*codes.get(_cle(libelle), ()), code)
    return codes


def _cle(texte: str) -> str:
    return " ".join(sans_accents(texte).replace("-", " ").replace("’", "'").split())


def trouver(texte: str) -> tuple[str, ...]:
    """The codes that a typed text may mean: a code, « Montreuil (93048) », or a name, whatever its case and accents."""
    texte = texte.strip()
    code = texte.rpartition("(")[2].rstrip(")").strip().upper()
    if code in noms():
        return (code,)
    libelle, parenthese, departement = texte.partition("(")
    trouves = _codes().get(_cle(libelle), ())
    if parenthese:
        return tuple(c for c in trouves if c.startswith(departement.rstrip(") ").upper()))
    return trouves
