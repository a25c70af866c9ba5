"""Plane geometry for the plans: clip a ring to a rectangle, find where a name fits in it."""

from bisect import bisect
from itertools import pairwise
from math import inf

from demandes.contours import Anneau, Point

Noeud = tuple[int, int]
Reperes = dict[Noeud, Noeud]
"""For each cell of a grid, the point that stands for all those in it."""
MAILLES = 9
"""A ring is searched on a grid of that many columns and rows."""
ALLONGEMENT = 2.2
"""A name is wider than high: clearance above and below counts that much more than on the sides."""


def rogner(anneau: Anneau, largeur: float, hauteur: float, marge: float) -> Anneau:
    """The part of a ring inside (-marge, -marge, largeur + marge, hauteur + marge), by Sutherland and Hodgman."""
    if not anneau:
        return []
    for axe, plus_loin in ((0, largeur + marge), (1, hauteur + marge)):
        debut, fin = min(point[axe] for point in anneau), max(point[axe] for point in anneau)
        if fin < -marge or debut > plus_loin:
            return []
        if debut < -marge:
            anneau = _couper(anneau, axe, -marge, 1)
        if fin > plus_loin:
            anneau = _couper(anneau, axe, plus_loin, -1)
        if not anneau:
            return []
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
        case = (round(x / maille), round(y / maille))
        point = reperes.get(case)
        if point is None:
            point = reperes[case] = (round(x), round(y))
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
    colonnes, rangees = _milieux(min(xs), max(xs)), _milieux(min(ys), max(ys))
    dedans = [(x, y) for y in rangees for x in _dedans(anneau, y, colonnes)]
    aretes = [_etiree(debut, fin) for debut, fin in _aretes(anneau)]
    return sorted(dedans, key=lambda point: -_aisance(point, aretes))


def _milieux(debut: float, fin: float) -> list[float]:
    """The middles of equal parts."""
    return [debut + (fin - debut) * (rang + 0.5) / MAILLES for rang in range(MAILLES)]


def _dedans(anneau: Anneau, y: float, colonnes: list[float]) -> list[float]:
    """Those of these abscissas that are inside a ring, at that height (even-odd rule)."""
    passages = sorted(
        x1 + (y - y1) * (x2 - x1) / (y2 - y1) for (x1, y1), (x2, y2) in _aretes(anneau) if (y1 > y) != (y2 > y)
    )
    return [x for x in colonnes if bisect(passages, x) % 2]


Arete = tuple[float, float, float, float, float]
"""A side for `_aisance`: its first end, its steps, and its length squared."""


def _etiree(debut: Point, fin: Point) -> Arete:
    dx, dy = fin[0] - debut[0], (fin[1] - debut[1]) * ALLONGEMENT
    return debut[0], debut[1] * ALLONGEMENT, dx, dy, dx * dx + dy * dy


def _aisance(point: Point, aretes: list[Arete]) -> float:
    """The square of the distance to the nearest side: the inner loop of a person's first map, written flat."""
    x, y, moindre = point[0], point[1] * ALLONGEMENT, inf
    for x1, y1, dx, dy, longueur in aretes:
        ex, ey = x - x1, y - y1
        produit = ex * dx + ey * dy
        if produit > 0:
            part = produit / longueur if produit < longueur else 1
            ex -= part * dx
            ey -= part * dy
        carre = ex * ex + ey * ey
        if carre < moindre:
            moindre = carre
    return moindre
