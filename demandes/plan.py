"""Plans of communes, drawn as SVG on the server: those asked for, those around, the rest. North is up.

Styled by static/css/territoire.css. Contours: IGN, Admin Express COG, Licence Ouverte 2.0 (donnees/SOURCES.md).
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, hypot, radians
from typing import NamedTuple

from django.utils.html import escape

from demandes import contours, etiquettes
from demandes.contours import DEGRE, Anneau, Emprise, Point
from demandes.etiquettes import Etiquettes
from demandes.geometrie import Reperes, accrocher, aire, rogner
from demandes.lieux import Territoire, enumerer

LARGEUR, HAUTEUR = 480, 250
"""The view box; a name's letters are some twelve units high."""
FINESSE = 2
"""Outlines are drawn on whole numbers of half units."""
FINESSES = ((1, False), (2, False), (1, True), (2, True), (3, True), (4, True), (6, True), (9, True))
"""Grids tried in turn until the plan is light enough, in half units, and whether the communes that are neither asked
for nor around give way to the outlines of their départements."""
AISANCE = 1.4
AISANCE_ICI = 2.6
"""The frame's size, over that of what it must show."""
COTE_MINIMUM = 350
"""A frame is never lower than that, in ten-thousandths of a degree: some four kilometres."""
MARGE = 8
"""Outlines are cut that far outside the frame, so that the cut does not show."""
KM_PAR_DEGRE = 111.3
DISTANCE = 60
"""Kilometres above which two communes asked for are drawn on two plans."""
PLANS_AU_PLUS = 3
NOMBREUSES = 40
"""Communes of one kind above which they are drawn as one."""
OCTETS_AU_PLUS = 12_000
"""For the outlines alone; names come on top."""
SERRES = 10
"""Communes asked for on one plan above which their names must hold inside them."""


@dataclass(frozen=True)
class Planche:
    """The plans, and how many communes asked for are on none of them."""

    dessins: tuple[str, ...]
    ailleurs: int = 0


class Projection(NamedTuple):
    """From ten-thousandths of a degree to half units; degrees of longitude shrink with latitude."""

    ouest: float
    nord: float
    echelle: float
    retrecissement: float

    @classmethod
    def autour_de(cls, boite: Emprise, aisance: float) -> "Projection":
        retrecissement = cos(radians(boite.milieu[1] / DEGRE))
        largeur = (boite.est - boite.ouest) * retrecissement * aisance
        hauteur = max(COTE_MINIMUM, (boite.nord - boite.sud) * aisance)
        echelle = FINESSE * min(HAUTEUR / hauteur, LARGEUR / max(largeur, 1))
        (x, y), demi = boite.milieu, FINESSE / echelle / 2
        return cls(x - LARGEUR * demi / retrecissement, y + HAUTEUR * demi, echelle, retrecissement)

    @property
    def cadre(self) -> Emprise:
        largeur, hauteur = (cote * FINESSE / self.echelle for cote in (LARGEUR, HAUTEUR))
        return Emprise(self.ouest, self.nord - hauteur, self.ouest + largeur / self.retrecissement, self.nord)

    def anneaux(self, anneaux: list[Anneau]) -> list[Anneau]:
        """The part of these rings that shows."""
        kx, ky = self.echelle * self.retrecissement, self.echelle
        projetes = ([((x - self.ouest) * kx, (self.nord - y) * ky) for x, y in anneau] for anneau in anneaux)
        rognes = (rogner(anneau, LARGEUR * FINESSE, HAUTEUR * FINESSE, MARGE) for anneau in projetes)
        return [anneau for anneau in rognes if len(anneau) > 2]


@lru_cache(maxsize=256)
def dessiner(territoire: Territoire) -> Planche:
    """The plans of a territory, none when no outline is known. Computed once for the same communes."""
    if territoire.ici:
        connue = contours.contour(territoire.ici)
        return Planche((_plan(territoire, [territoire.ici]),) if connue else ())
    groupes = voisinages(sorted(code for code in territoire.demandees if contours.contour(code)))
    dessins = tuple(_plan(territoire, groupe) for groupe in groupes[:PLANS_AU_PLUS])
    return Planche(dessins, sum(map(len, groupes[PLANS_AU_PLUS:])))


def voisinages(codes: list[str]) -> list[list[str]]:
    """The communes gathered by neighbourhood, the largest group first: no two groups are within DISTANCE."""
    milieux = {code: contours.emprise(contours.contour(code)).milieu for code in codes}
    groupes: list[list[str]] = []
    for code in codes:
        proches = [
            groupe for groupe in groupes if any(_km(milieux[code], milieux[autre]) <= DISTANCE for autre in groupe)
        ]
        groupes = [groupe for groupe in groupes if groupe not in proches]
        groupes.append([*(autre for groupe in proches for autre in groupe), code])
    return sorted(groupes, key=lambda groupe: (-len(groupe), groupe))


def _km(a: Point, b: Point) -> float:
    est = (a[0] - b[0]) * cos(radians((a[1] + b[1]) / 2 / DEGRE))
    return hypot(est, a[1] - b[1]) / DEGRE * KM_PAR_DEGRE


def _plan(territoire: Territoire, groupe: list[str]) -> str:
    boite = contours.emprise([anneau for code in groupe for anneau in contours.contour(code)])
    projection = Projection.autour_de(boite, AISANCE_ICI if territoire.ici else AISANCE)
    visibles = {code: projection.anneaux(anneaux) for code, anneaux in contours.communes_dans(projection.cadre).items()}
    mots = _mots(territoire, groupe)
    return (
        f'<svg class="plan" viewBox="0 0 {LARGEUR} {HAUTEUR}" role="img" aria-label="{escape(mots)}">'
        f'<g transform="scale({1 / FINESSE:g})">{_traces(territoire, visibles, projection)}</g>'
        f"{''.join(_noms(territoire, visibles).textes)}</svg>"
    )


def _traces(territoire: Territoire, visibles: dict[str, list[Anneau]], projection: Projection) -> str:
    """Outlines from the most ordinary to the most important, as fine as their number allows."""
    zones = {
        "limitrophe": _formes(visibles, territoire.limitrophes, projection),
        "demandee": _formes(visibles, territoire.demandees, projection),
        "ici": _formes(visibles, {territoire.ici}, projection),
    }
    autres = [visibles[code] for code in sorted(visibles.keys() - territoire.demandees - territoire.limitrophes)]
    dessin = ""
    for maille, dissous in FINESSES:
        reperes: Reperes = {}
        fond = (
            [projection.anneaux(a) for a in contours.departements_dans(projection.cadre).values()]
            if dissous
            else autres
        )
        dessin = f'<path d="{"".join(trace(anneaux, maille, reperes) for anneaux in fond)}"/>' + "".join(
            f'<g class="{classe}">{"".join(_chemin(forme, maille, reperes) for forme in formes)}</g>'
            for classe, formes in zones.items()
            if formes
        )
        if len(dessin) < OCTETS_AU_PLUS:
            break
    return dessin


def _formes(visibles: dict[str, list[Anneau]], codes: Set[str], projection: Projection) -> list[list[Anneau]]:
    """The outline of each of these communes, or the one around them all when they are too many to tell apart."""
    presentes = sorted(visibles.keys() & codes)
    if len(presentes) <= NOMBREUSES:
        return [visibles[code] for code in presentes]
    tous = (anneau for code in presentes for anneau in contours.contour(code))
    return [projection.anneaux(contours.dissoudre(tous))]


def _chemin(anneaux: list[Anneau], maille: int, reperes: Reperes) -> str:
    return f'<path d="{trace(anneaux, maille, reperes)}"/>'


def trace(anneaux: Iterable[Anneau], maille: int, reperes: Reperes) -> str:
    """Rings as relative steps on a grid; a minus sign separates two numbers as well as a space does."""
    chemin = ""
    for points in filter(None, (accrocher(anneau, maille, reperes) for anneau in anneaux)):
        nombres = "".join(
            f" {nombre}" if nombre >= 0 else str(nombre)
            for (x1, y1), (x2, y2) in pairwise(points)
            for nombre in (x2 - x1, y2 - y1)
        )
        chemin += f"M{points[0][0]} {points[0][1]}l{nombres.lstrip()}z"
    return chemin


def _noms(territoire: Territoire, visibles: dict[str, list[Anneau]]) -> Etiquettes:
    """The communes asked for first and the largest first; the others only where their name holds inside them."""
    pose = Etiquettes(LARGEUR, HAUTEUR)
    connus = [lieu for lieu in territoire.lieux if visibles.get(lieu.code)]
    connus.sort(key=lambda lieu: -sum(map(aire, visibles[lieu.code])))
    villes = {lieu.parent for lieu in territoire.lieux if lieu.code in territoire.demandees}
    demandes = [lieu for lieu in connus if lieu.code in territoire.demandees and lieu.code != territoire.ici]
    ici = [lieu for lieu in connus if lieu.code == territoire.ici]
    nombreux = len(demandes) > SERRES
    for lieu in (*ici, *demandes):
        nom = lieu.numero if lieu.parent in territoire.demandees else lieu.nom_court
        tailles = (etiquettes.PRINCIPAL, etiquettes.PRINCIPAL_SERRE)
        pose.poser(nom, _unites(visibles[lieu.code]), tailles, a_l_interieur=nombreux)
    for lieu in connus:
        if lieu not in ici and lieu not in demandes:
            nom = lieu.numero if lieu.parent in villes else lieu.nom_court
            tailles = (etiquettes.SECONDAIRE, etiquettes.SECONDAIRE_SERRE)
            pose.poser(nom, _unites(visibles[lieu.code]), tailles, a_l_interieur=True)
    return pose


def _unites(anneaux: list[Anneau]) -> list[Anneau]:
    return [[(x / FINESSE, y / FINESSE) for x, y in anneau] for anneau in anneaux]


def _mots(territoire: Territoire, groupe: list[str]) -> str:
    """« Plan : Paris 11e et Montreuil, demandées, entourées de 12 communes limitrophes »."""
    if territoire.ici:
        return f"Plan : {territoire.nom(territoire.ici)}{territoire.zone(territoire.ici)} et les communes autour"
    noms = territoire.noms(groupe)
    pluriel, autour = "s" if len(noms) > 1 else "", _limitrophes_proches(territoire, groupe)
    suite = f", entourée{pluriel} de {autour} communes limitrophes" if autour > 1 else ""
    if autour == 1:
        suite = f", entourée{pluriel} d’une commune limitrophe"
    return f"Plan : {enumerer(noms)}, demandée{pluriel}{suite}"


def _limitrophes_proches(territoire: Territoire, groupe: list[str]) -> int:
    """How many of the communes around touch this group's box."""
    boite = contours.emprise([anneau for code in groupe for anneau in contours.contour(code)])
    connues = (anneaux for code in territoire.limitrophes if (anneaux := contours.contour(code)))
    return sum(contours.emprise(anneaux).touche(boite) for anneaux in connues)
