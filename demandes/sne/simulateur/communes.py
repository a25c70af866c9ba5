"""Names of the communes, from the portal's table of the national codes (a data file, read once)."""

import csv
import gzip
from functools import cache
from pathlib import Path

from demandes.sne.simulateur.peuple.fiches import sans_accents

TABLE = Path(__file__).resolve().parents[2] / "donnees" / "communes.csv.gz"


@cache
def noms() -> dict[str, str]:
    """INSEE code → name, communes and arrondissements of Paris, Lyon and Marseille."""
    with gzip.open(TABLE, "rt", encoding="utf-8", newline="") as fichier:
        return {ligne["code_insee"]: ligne["nom"] for ligne in csv.DictReader(fichier)}


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
