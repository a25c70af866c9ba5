"""The names on a plan: each inside its commune, none over another."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.html import escape

from demandes.contours import Anneau, Point, emprise
from demandes.geometrie import accrocher, aire, contient, places

INTERLIGNE = 1.15
NOM_LONG = 13
MAILLE = 2
"""Outlines are simplified to that many units before a place is searched for."""
ESSAIS = 24
"""Places tried for a name before giving it up."""


class Corps(NamedTuple):
    """A size of type, in units of the plan, as static/css/territoire.css sets it on a screen and on a phone."""

    classe: str
    hauteur: float
    chasse: float
    """Mean width of a letter."""


PRINCIPAL = Corps("", 17, 9.2)
PRINCIPAL_SERRE = Corps("detail", 12, 7.2)
SECONDAIRE = Corps("secondaire", 15, 7.8)
SECONDAIRE_SERRE = Corps("secondaire detail", 11, 6.2)
"""« detail » names are hidden on a phone, where letters are larger and would not fit."""


class Boite(NamedTuple):
    gauche: float
    haut: float
    droite: float
    bas: float

    def chevauche(self, autre: "Boite") -> bool:
        return (
            self.gauche < autre.droite
            and autre.gauche < self.droite
            and self.haut < autre.bas
            and autre.haut < self.bas
        )


@dataclass
class Etiquettes:
    """The names placed so far in a frame of that width and height."""

    largeur: float
    hauteur: float
    boites: list[Boite] = field(default_factory=list)
    textes: list[str] = field(default_factory=list)

    def poser(self, nom: str, anneaux: list[Anneau], tailles: tuple[Corps, ...], a_l_interieur: bool) -> None:
        """Write a name at the first place and size that fit, or not at all.

        With `a_l_interieur`, its two ends must be inside the commune too.
        """
        visible: Anneau = list(accrocher(max(anneaux, key=aire, default=[]), MAILLE, {}))
        lignes = couper(nom)
        possibles = [corps for corps in tailles if not a_l_interieur or _loge(visible, lignes, corps)]
        ou = places(visible)[:ESSAIS] if possibles else []
        for corps in possibles:
            for place in ou if a_l_interieur else [*ou, *_a_cote(visible, lignes, corps)]:
                boite = _boite(place, lignes, corps)
                if self._libre(boite) and (not a_l_interieur or _tient(visible, boite)):
                    self.boites.append(boite)
                    self.textes.append(_texte(place, lignes, corps))
                    return

    def reserver(self, mot: str, corps: Corps, ou: list[Point]) -> Point | None:
        """The first of these places where one word stands free, kept for it; the caller writes it."""
        for place in ou:
            boite = _boite(place, [mot], corps)
            if self._libre(boite):
                self.boites.append(boite)
                return place
        return None

    def _libre(self, boite: Boite) -> bool:
        dans_le_cadre = (
            boite.gauche >= 2 and boite.haut >= 2 and boite.droite <= self.largeur - 2 and boite.bas <= self.hauteur - 2
        )
        return dans_le_cadre and not any(boite.chevauche(autre) for autre in self.boites)


def couper(nom: str) -> list[str]:
    """A long compound name on two lines, cut after the hyphen or the space nearest to its middle."""
    coupes = [rang + 1 for rang, lettre in enumerate(nom) if lettre in "- "]
    if len(nom) <= NOM_LONG or not coupes:
        return [nom]
    milieu = min(coupes, key=lambda rang: abs(rang - len(nom) / 2))
    return [nom[:milieu].rstrip(), nom[milieu:]]


def _boite(place: Point, lignes: list[str], corps: Corps) -> Boite:
    (x, y), demi = place, max(map(len, lignes)) * corps.chasse / 2
    haut = corps.hauteur * INTERLIGNE * len(lignes) / 2
    return Boite(x - demi, y - haut, x + demi, y + haut)


def _a_cote(anneau: Anneau, lignes: list[str], corps: Corps) -> list[Point]:
    """Above, below, right and left of a ring too small for its name."""
    if not anneau:
        return []
    gauche, haut, droite, bas = emprise([anneau])
    (x, y), (_, _, dx, dy) = ((gauche + droite) / 2, (haut + bas) / 2), _boite((0, 0), lignes, corps)
    return [(x, haut - dy), (x, bas + dy), (droite + dx, y), (gauche - dx, y)]


def _loge(anneau: Anneau, lignes: list[str], corps: Corps) -> bool:
    """Whether a ring is at least as wide as a name; a quick look before a place is searched for."""
    xs = [x for x, _ in anneau]
    return bool(xs) and max(xs) - min(xs) > max(map(len, lignes)) * corps.chasse


def _tient(anneau: Anneau, boite: Boite) -> bool:
    milieu = (boite.haut + boite.bas) / 2
    return contient(anneau, (boite.gauche, milieu)) and contient(anneau, (boite.droite, milieu))


def _texte(place: Point, lignes: list[str], corps: Corps) -> str:
    """Lines are spaced in « em », so that they follow the size that the style sheet gives."""
    x, y = round(place[0]), round(place[1])
    classe = f' class="{corps.classe}"' if corps.classe else ""
    if len(lignes) == 1:
        return f'<text x="{x}" y="{y}" dy=".35em"{classe}>{escape(lignes[0])}</text>'
    rangs = "".join(
        f'<tspan x="{x}" dy="{dy}em">{escape(ligne)}</tspan>' for ligne, dy in zip(lignes, ("-.2", "1.1"), strict=True)
    )
    return f'<text y="{y}"{classe}>{rangs}</text>'
