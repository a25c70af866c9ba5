"""The pencil: collects coloured shapes and writes them as a small, strictly valid SVG.

Only presentation attributes are written (no style attribute, no style element), so that the drawing keeps its colours
when a browser opens it as a document of its own under `Content-Security-Policy: default-src 'self'`.
Coordinates are in units of the drawing and kept to one decimal; y goes down, as in SVG.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from django.utils.html import escape

DIXIEMES = 10


class Cadre(NamedTuple):
    """A rectangle, from its upper left corner."""

    x: float
    y: float
    largeur: float
    hauteur: float

    @property
    def droite(self) -> float:
        return self.x + self.largeur

    @property
    def bas(self) -> float:
        return self.y + self.hauteur

    @property
    def milieu(self) -> tuple[float, float]:
        return self.x + self.largeur / 2, self.y + self.hauteur / 2


def nombre(valeur: float) -> str:
    """A coordinate in as few characters as SVG allows: « 12.5 », « .5 », « 12 »."""
    return _dixiemes(round(valeur * DIXIEMES))


def _dixiemes(entier: int) -> str:
    signe, (unites, reste) = "-" if entier < 0 else "", divmod(abs(entier), DIXIEMES)
    return f"{signe}{unites or ''}.{reste}" if reste else f"{signe}{unites}"


def _paire(x: int, y: int) -> str:
    """Two numbers; a minus sign separates them as well as a space does."""
    suite = _dixiemes(y)
    return _dixiemes(x) + ("" if suite.startswith("-") else " ") + suite


class Dessin:
    """Shapes in the order they are painted; those that follow in the same ink are merged into one path."""

    def __init__(self) -> None:
        self._elements: list[str] = []
        self._chemin: list[str] = []
        self._encre = ""
        self._plume = (0, 0)

    def rect(self, cadre: Cadre, couleur: str, opacite: float = 1) -> None:
        x, y = round(cadre.x * DIXIEMES), round(cadre.y * DIXIEMES)
        largeur, hauteur = round(cadre.droite * DIXIEMES) - x, round(cadre.bas * DIXIEMES) - y
        if largeur <= 0 or hauteur <= 0:
            return
        self._aller(x, y, f'fill="{couleur}"' + _opacite(opacite))
        self._chemin.append(f"h{_dixiemes(largeur)}v{_dixiemes(hauteur)}h{_dixiemes(-largeur)}z")

    def polygone(self, points: Sequence[tuple[float, float]], couleur: str, opacite: float = 1) -> None:
        entiers = [(round(x * DIXIEMES), round(y * DIXIEMES)) for x, y in points]
        self._aller(*entiers[0], f'fill="{couleur}"' + _opacite(opacite))
        pas = (_paire(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(entiers))
        self._chemin.append("".join("l" + paire for paire in pas) + "z")

    def ligne(
        self, points: Sequence[tuple[float, float]], couleur: str, epaisseur: float = 1, tirets: str = ""
    ) -> None:
        """A broken line. `tirets` is an SVG dash array: a thick dashed line is a railing."""
        (x0, y0), *suite = [(round(x * DIXIEMES), round(y * DIXIEMES)) for x, y in points]
        dash = f' stroke-dasharray="{tirets}"' if tirets else ""
        self._aller(x0, y0, f'fill="none" stroke="{couleur}" stroke-width="{nombre(epaisseur)}"{dash}')
        self._chemin.append("".join("L" + _paire(x, y) for x, y in suite))
        self._plume = suite[-1]

    def arrondi(self, cadre: Cadre, couleur: str, rayon: float, opacite: float = 1) -> None:
        cotes = zip(("x", "y", "width", "height"), cadre, strict=True)
        mesures = " ".join(f'{nom}="{nombre(valeur)}"' for nom, valeur in cotes)
        self.element(f'<rect {mesures} rx="{nombre(rayon)}" fill="{couleur}"{_opacite(opacite)}/>')

    def ellipse(self, centre: tuple[float, float], rx: float, ry: float, couleur: str, opacite: float = 1) -> None:
        (cx, cy), fond = centre, f'fill="{couleur}"' + _opacite(opacite)
        self.element(f'<ellipse cx="{nombre(cx)}" cy="{nombre(cy)}" rx="{nombre(rx)}" ry="{nombre(ry)}" {fond}/>')

    def texte(self, centre: tuple[float, float], mots: str, couleur: str, corps: float) -> None:
        """Words centred on x, sitting on y."""
        x, y = centre
        self.element(
            f'<text x="{nombre(x)}" y="{nombre(y)}" text-anchor="middle" font-family="system-ui, sans-serif" '
            f'font-size="{nombre(corps)}" font-weight="600" fill="{couleur}">{escape(mots)}</text>'
        )

    def element(self, balise: str) -> None:
        """A shape already written."""
        self._finir()
        self._elements.append(balise)

    def ajouter(self, autre: "Dessin") -> None:
        """Paint another drawing on top."""
        self.element(str(autre))

    def _aller(self, x: int, y: int, encre: str) -> None:
        """Begin a shape at (x, y) tenths, in the same path as the last one when the ink is the same."""
        if encre != self._encre or not self._chemin:
            self._finir()
            self._encre = encre
            self._chemin.append("M" + _paire(x, y))
        else:
            self._chemin.append("m" + _paire(x - self._plume[0], y - self._plume[1]))
        self._plume = (x, y)

    def _finir(self) -> None:
        if self._chemin:
            self._elements.append(f'<path d="{"".join(self._chemin)}" {self._encre}/>')
            self._chemin = []

    def __str__(self) -> str:
        self._finir()
        return "".join(self._elements)


def _opacite(opacite: float) -> str:
    return "" if opacite >= 1 else f' opacity="{nombre(opacite)}"'
