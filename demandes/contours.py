"""The outlines of the communes (IGN, Admin Express COG), read from `donnees/contours.zip` (see donnees/SOURCES.md).

Coordinates are longitudes and latitudes in ten-thousandths of a degree (some ten metres).
"""

import json
import re
import zipfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple

ARCHIVE = Path(__file__).parent / "donnees" / "contours.zip"
DEGRE = 10_000
EN_TETE = 200
"""Bytes that surely hold a file's bounding box, written before the outlines."""

Point = tuple[float, float]
Anneau = list[Point]


class Emprise(NamedTuple):
    """A bounding box: west, south, east, north."""

    ouest: float
    sud: float
    est: float
    nord: float

    def touche(self, autre: "Emprise") -> bool:
        return self.ouest <= autre.est and autre.ouest <= self.est and self.sud <= autre.nord and autre.sud <= self.nord

    @property
    def milieu(self) -> Point:
        return (self.ouest + self.est) / 2, (self.sud + self.nord) / 2


def departement_de(code: str) -> str:
    """« 75 » for 75111, « 2A » for 2A004, « 974 » for 97411, « 987 » for 98735."""
    return code[:3] if code.startswith(("97", "98")) else code[:2]


def contour(code: str) -> list[Anneau]:
    """The rings of a commune or an arrondissement, not closed; nothing for an unknown code or a city as a whole."""
    return [_absolu(pas) for pas in _pas(departement_de(code)).get(code, ())]


def emprise(anneaux: list[Anneau]) -> Emprise:
    """The box around rings, of which there must be at least one."""
    xs = [x for anneau in anneaux for x, _ in anneau]
    ys = [y for anneau in anneaux for _, y in anneau]
    return Emprise(min(xs), min(ys), max(xs), max(ys))


def communes_dans(cadre: Emprise) -> dict[str, list[Anneau]]:
    """Every commune whose box touches the frame, whatever its département."""
    return {
        code: contour(code)
        for departement in _departements_dans(cadre)
        for code, boite in _boites(departement).items()
        if boite.touche(cadre)
    }


def departements_dans(cadre: Emprise) -> dict[str, list[Anneau]]:
    """The outline of every département whose box touches the frame."""
    return {departement: _dissous(departement) for departement in _departements_dans(cadre)}


def emprise_du_departement(departement: str) -> Emprise | None:
    """The box around a département, if its outline is known."""
    return _emprises().get(departement)


def _departements_dans(cadre: Emprise) -> list[str]:
    return [departement for departement, etendue in _emprises().items() if etendue.touche(cadre)]


@cache
def _pas(departement: str) -> dict[str, list[Sequence[int]]]:
    """The rings of each commune as they are written: a first point, then relative steps. Nine megabytes for France."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        if f"{departement}.json" not in archive.namelist():
            return {}
        communes = json.loads(archive.read(f"{departement}.json"))["communes"]
    return {code: [array("i", anneau) for anneau in anneaux] for code, anneaux in communes.items()}


def _absolu(pas: Sequence[int]) -> Anneau:
    """The ring in absolute coordinates."""
    return list(zip(accumulate(pas[0::2]), accumulate(pas[1::2]), strict=True))


@cache
def _boites(departement: str) -> dict[str, Emprise]:
    return {code: emprise(contour(code)) for code in _pas(departement)}


@cache
def _dissous(departement: str) -> list[Anneau]:
    return dissoudre(anneau for code in _pas(departement) for anneau in contour(code))


def dissoudre(anneaux: Iterable[Anneau]) -> list[Anneau]:
    """The border around all these rings: the sides that only one of them has, put end to end (even-odd rule)."""
    seuls: set[tuple[Point, Point]] = set()
    for anneau in anneaux:
        for debut, fin in pairwise([*anneau, anneau[0]]):
            seuls ^= {(min(debut, fin), max(debut, fin))}
    voisins: dict[Point, set[Point]] = {}
    for debut, fin in seuls:
        voisins.setdefault(debut, set()).add(fin)
        voisins.setdefault(fin, set()).add(debut)
    return list(_boucles(voisins))


def _boucles(voisins: dict[Point, set[Point]]) -> Iterator[Anneau]:
    """Walk along the sides, each used once, until nothing is left."""
    while voisins:
        point = min(voisins)
        boucle: Anneau = []
        while voisins.get(point):
            boucle.append(point)
            suivant = min(voisins[point])
            voisins[point].remove(suivant)
            voisins[suivant].remove(point)
            point = suivant
        for visite in (*boucle, point):
            if not voisins.get(visite, True):
                del voisins[visite]
        if boucle:
            yield boucle


@cache
def _emprises() -> dict[str, Emprise]:
    """The box of each département, without reading the outlines that follow it."""
    with zipfile.ZipFile(ARCHIVE) as archive:
        return {Path(nom).stem: _etendue(archive, nom) for nom in archive.namelist()}


def _etendue(archive: zipfile.ZipFile, nom: str) -> Emprise:
    with archive.open(nom) as fichier:
        bornes = re.search(rb'"bbox": ?\[([^\]]+)\]', fichier.read(EN_TETE))
    if bornes is None:
        raise ValueError(f"{nom} : emprise absente de l’en-tête")
    ouest, sud, est, nord = (float(borne) for borne in bornes[1].split(b","))
    return Emprise(ouest, sud, est, nord)
