"""Plane geometry for the plans: clip a ring to a rectangle, find where a name fits in it."""

from itertools import pairwise
from math import hypot

from demandes.contours import Anneau, Point

Noeud = tuple[int, int]
Reperes = dict[Noeud, Noeud]
"""For each cell of a grid, the point that stands for all those in it."""
MAILLES = 12
"""A ring is searched on a grid of that many columns and rows."""
ALLONGEMENT = 2.2
"""A name is wider than high: clearance above and below counts that much more than on the sides."""


def rogner(anneau: Anneau, largeur: float, hauteur: float, marge: float) -> Anneau:
    """The part of a ring inside (-marge, -marge, largeur + marge, hauteur + marge), by Sutherland and Hodgman."""
    for axe, borne, sens in ((0, -marge, 1), (0, largeur + marge, -1), (1, -marge, 1), (1, hauteur + marge, -1)):
        anneau = _couper(anneau, axe, borne, sens)
    return anneau


def _couper(anneau: Anneau, axe: int, borne: float, sens: int) -> Anneau:
    """The part of a ring beyond a horizontal or vertical line, on the side that `sens` (1 or -1) tells."""
    reste: Anneau = []
    for debut, fin in _aretes(anneau):
        avant, apres = sens * (debut[axe] - borne), sens * (fin[axe] - borne)
        if avant >= 0:
            reste.append(debut)
        if (avant >= 0) != (apres >= 0):
            part = avant / (avant - apres)
            reste.append((debut[0] + (fin[0] - debut[0]) * part, debut[1] + (fin[1] - debut[1]) * part))
    return reste


def _aretes(anneau: Anneau) -> list[tuple[Point, Point]]:
    """The sides of a ring, the closing one included."""
    return list(pairwise([*anneau, anneau[0]])) if anneau else []


def accrocher(anneau: Anneau, maille: int, reperes: Reperes) -> list[Noeud]:
    """The ring in whole numbers, all points of one cell of the grid gathered on the first that came, none repeated.

    Rings that share `reperes` keep the very same border between them, however large the cells.
    """
    points: list[Noeud] = []
    for x, y in anneau:
        point = reperes.setdefault((round(x / maille), round(y / maille)), (round(x), round(y)))
        if points and points[-1] == point:
            continue
        if len(points) > 1 and _alignes(points[-2], points[-1], point):
            points.pop()
        points.append(point)
    while len(points) > 1 and points[-1] == points[0]:
        points.pop()
    return points if len(points) > 2 else []


def _alignes(a: Noeud, b: Noeud, c: Noeud) -> bool:
    """Whether b stands on the way from a to c."""
    produit = (b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0])
    return produit == 0 and (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) > 0


def aire(anneau: Anneau) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _aretes(anneau))) / 2


def contient(anneau: Anneau, point: Point) -> bool:
    """Whether a point is inside a ring (even-odd rule)."""
    x, y = point
    dedans = False
    for (x1, y1), (x2, y2) in _aretes(anneau):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            dedans = not dedans
    return dedans


def places(anneau: Anneau) -> list[Point]:
    """Points inside a ring, the roomiest first: near the pole of inaccessibility, for a word written flat."""
    if not anneau:
        return []
    xs, ys = [x for x, _ in anneau], [y for _, y in anneau]
    gauche, haut, largeur, hauteur = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    grille = [
        (gauche + largeur * (colonne + 0.5) / MAILLES, haut + hauteur * (rangee + 0.5) / MAILLES)
        for colonne in range(MAILLES)
        for rangee in range(MAILLES)
    ]
    dedans = [point for point in grille if contient(anneau, point)]
    aretes = [((x1, y1 * ALLONGEMENT), (x2, y2 * ALLONGEMENT)) for (x1, y1), (x2, y2) in _aretes(anneau)]
    return sorted(dedans, key=lambda p: -min(_distance((p[0], p[1] * ALLONGEMENT), arete) for arete in aretes))


def _distance(point: Point, arete: tuple[Point, Point]) -> float:
    """From a point to a segment."""
    (x, y), ((x1, y1), (x2, y2)) = point, arete
    dx, dy = x2 - x1, y2 - y1
    longueur = dx * dx + dy * dy
    part = max(0.0, min(1.0, ((x - x1) * dx + (y - y1) * dy) / longueur)) if longueur else 0.0
    return hypot(x - x1 - part * dx, y - y1 - part * dy)
