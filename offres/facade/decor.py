"""What surrounds a building: sky, roofs far away, ground, trees, and the floor's label.

The scenery goes on beyond the view box, so that a frame of another shape shows more street and never cuts the building.
"""

from offres.facade import palette
from offres.facade.sujet import Hasard
from offres.facade.trait import Cadre, Dessin, nombre

LARGEUR = 320
HAUTEUR = 176
LIGNE_DE_SOL = 163
DEBORD = 200
"""Scenery drawn on either side of the view box, and above it."""


def degrades(hasard: Hasard) -> str:
    """The sky, and the halo of the lit windows."""
    haut, bas = palette.CIELS[hasard.entier(0, len(palette.CIELS) - 1, "ciel")]
    return (
        '<defs><linearGradient id="ciel" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="0" '
        f'y2="{LIGNE_DE_SOL}"><stop stop-color="{haut}"/><stop offset="1" stop-color="{bas}"/></linearGradient>'
        f'<radialGradient id="halo"><stop stop-color="{palette.LUMIERE}" stop-opacity=".7"/>'
        f'<stop offset="1" stop-color="{palette.LUMIERE}" stop-opacity="0"/></radialGradient></defs>'
    )


def paysage(dessin: Dessin, hasard: Hasard) -> None:
    """Sky, clouds, roofs far away and the pavement."""
    dessin.rect(Cadre(-DEBORD, -DEBORD, LARGEUR + 2 * DEBORD, HAUTEUR + DEBORD), "url(#ciel)")
    _nuage(dessin, hasard.entier(214, 276, "nuage"), hasard.entier(20, 38, "nuage", "y"), 1)
    _nuage(dessin, hasard.entier(10, 40, "nuage", 2), hasard.entier(30, 56, "nuage", 2, "y"), 0.7)
    _voisins(dessin, hasard)
    dessin.rect(Cadre(-DEBORD, LIGNE_DE_SOL, LARGEUR + 2 * DEBORD, HAUTEUR - LIGNE_DE_SOL), palette.SOL)
    dessin.rect(Cadre(-DEBORD, LIGNE_DE_SOL, LARGEUR + 2 * DEBORD, 1.5), palette.BORDURE)


def _nuage(dessin: Dessin, x: float, y: float, taille: float) -> None:
    for dx, dy, rx, ry in ((0, 0, 17, 3.4), (-4, -3, 8, 4), (6, -2, 7, 3)):
        centre = (x + dx * taille, y + dy * taille)
        dessin.ellipse(centre, rx * taille, ry * taille, palette.NUAGE, 0.5)


def _voisins(dessin: Dessin, hasard: Hasard) -> None:
    murs, toits = Dessin(), Dessin()
    x, rang = -DEBORD, 0
    while x < LARGEUR + DEBORD:
        largeur = hasard.entier(34, 62, "voisin", rang)
        haut = LIGNE_DE_SOL - hasard.entier(36, 86, "voisin", rang, "h")
        murs.rect(Cadre(x, haut, largeur, LIGNE_DE_SOL - haut), palette.VOISINS[0])
        if hasard.part("voisin", rang, "toit") < 0.55:
            pan = ((x, haut), (x + 5, haut - 8), (x + largeur - 5, haut - 8), (x + largeur, haut))
            toits.polygone(pan, palette.TOIT_VOISIN)
        else:
            murs.rect(Cadre(x + largeur * 0.6, haut - 6, 6, 6), palette.VOISINS[0])
        x, rang = x + largeur + hasard.entier(-2, 9, "voisin", rang, "vide"), rang + 1
    dessin.element(f'<g opacity=".75">{toits}{murs}</g>')


def arbre(dessin: Dessin, x: float, taille: float, feuillage: str) -> None:
    """A tree standing at x; size 1 is some 30 units high."""
    sol = LIGNE_DE_SOL
    dessin.rect(Cadre(x - 1.2 * taille, sol - 14 * taille, 2.4 * taille, 14 * taille), palette.TRONC)
    for dx, dy, rayon in ((0, 20, 10), (-6, 15, 6.5), (6, 15.5, 6)):
        dessin.ellipse((x + dx * taille, sol - dy * taille), rayon * taille, rayon * taille, feuillage)
    dessin.ellipse((x - 3 * taille, sol - 23 * taille), 4 * taille, 3.4 * taille, palette.PAPIER, 0.2)


def jardin(dessin: Dessin, gauche: float, droite: float, hasard: Hasard) -> None:
    """Two or three trees and a hedge on either side of what stands between `gauche` and `droite`."""
    teinte = hasard.entier(0, 2, "feuillage")
    feuillages = palette.FEUILLAGES[teinte:] + palette.FEUILLAGES[:teinte]
    arbre(dessin, gauche - 42, 0.8, feuillages[1])
    arbre(dessin, gauche - 20, 1.15, feuillages[0])
    arbre(dessin, droite + 76, 0.95, feuillages[2])
    for x, largeur in ((gauche - 58, 52), (droite + 6, 84)):
        dessin.arrondi(Cadre(x, LIGNE_DE_SOL - 6.5, largeur, 7), palette.HAIE, 3)


def lampadaire(dessin: Dessin, x: float, couleur: str) -> None:
    sol = LIGNE_DE_SOL
    dessin.ligne(((x, sol), (x, sol - 34), (x + 1.5, sol - 37), (x + 7, sol - 37)), couleur, 1.2)
    dessin.rect(Cadre(x - 1.4, sol - 4, 2.8, 4), couleur)
    dessin.polygone(((x + 4, sol - 37.6), (x + 9, sol - 37.6), (x + 8, sol - 35), (x + 5, sol - 35)), couleur)


def solaire(dessin: Dessin, x: float, y: float, nombre_panneaux: int = 3) -> None:
    """Panels leaning on a flat roof at height y."""
    for rang in range(nombre_panneaux):
        gauche = x + rang * 16
        dessin.polygone(((gauche, y), (gauche + 5, y - 6), (gauche + 15, y - 6), (gauche + 11.5, y)), palette.PANNEAU)
    for rang in range(nombre_panneaux):
        gauche = x + rang * 16
        dessin.polygone(
            ((gauche + 5, y - 6), (gauche + 15, y - 6), (gauche + 14.6, y - 5.3), (gauche + 4.4, y - 5.3)),
            palette.PANNEAU_REFLET,
        )


def graduation(dessin: Dessin, x: float, hauteurs: list[float], niveau: int, etiquette: str) -> None:
    """One mark per floor along the building, a longer one and a label for the dwelling's."""
    for rang, y in enumerate(hauteurs):
        if rang != niveau:
            dessin.rect(Cadre(x, y - 0.5, 3, 1), palette.GRADUATION)
    y = hauteurs[niveau]
    dessin.rect(Cadre(x, y - 0.7, 12, 1.4), palette.ENCRE)
    largeur = 14 + 6.2 * len(etiquette)
    haut = min(y, LIGNE_DE_SOL + 1.5) - 10
    dessin.arrondi(Cadre(x + 11, haut, largeur, 20), palette.PAPIER, 5)
    dessin.texte((x + 11 + largeur / 2, haut + 14.3), etiquette, palette.ENCRE, 12)


def document(dessin: Dessin, titre: str, hasard: Hasard) -> str:
    """The whole SVG file. `titre` must be escaped already."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LARGEUR}" height="{HAUTEUR}" '
        f'viewBox="0 0 {nombre(LARGEUR)} {nombre(HAUTEUR)}" preserveAspectRatio="xMidYMax meet" role="img">'
        f"<title>{titre}</title>{degrades(hasard)}{dessin}</svg>"
    )
