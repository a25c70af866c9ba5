"""Walls and roofs, one way to build for each age: cut stone, brick, concrete slab, recent."""

from offres.facade import decor, palette
from offres.facade.decor import LIGNE_DE_SOL
from offres.facade.gabarit import MARGE, Gabarit
from offres.facade.palette import Style
from offres.facade.trait import Cadre, Dessin


def batir(dessin: Dessin, gabarit: Gabarit) -> None:
    """The volume, its roof and its mouldings, before any opening."""
    dessin.rect(
        Cadre(gabarit.gauche, gabarit.sommet, gabarit.largeur, LIGNE_DE_SOL - gabarit.sommet), gabarit.palette.mur
    )
    MURS[gabarit.sujet.style](dessin, gabarit)
    if gabarit.sujet.solaire:
        toit = gabarit.sommet - (gabarit.etage + 2 if gabarit.attique else 2.4)
        decor.solaire(dessin, gabarit.gauche + (26 if gabarit.attique else 12), toit)


def _pierre(dessin: Dessin, g: Gabarit) -> None:
    _mansarde(dessin, g) if g.attique else _toit_bas(dessin, g)
    dessin.rect(g.mur(0), g.palette.ombre)
    for niveau in {1, g.niveaux_de_mur - 1} - {0, -1}:
        dessin.rect(Cadre(g.gauche - 1.5, g.mur(niveau).bas - 1.2, g.largeur + 3, 2), g.palette.ombre)
    dessin.rect(Cadre(g.gauche - 2.5, g.sommet - 1.5, g.largeur + 5, 2.8), g.palette.ombre)
    dessin.rect(Cadre(g.gauche - 2.5, g.sommet - 1.5, g.largeur + 5, 0.9), g.palette.filet)
    pierres = int((LIGNE_DE_SOL - g.hauteur_rez - g.sommet) / 8)
    for rang in range(pierres):
        for x in (g.gauche, g.droite - 3.5):
            dessin.rect(Cadre(x, g.sommet + 3 + rang * 8, 3.5, 3.6), g.palette.ombre, 0.6)
    for assise in (0.3, 0.6, 0.9):
        dessin.rect(Cadre(g.gauche, LIGNE_DE_SOL - g.hauteur_rez * assise, g.largeur, 0.7), g.palette.mur, 0.7)


def _mansarde(dessin: Dessin, g: Gabarit) -> None:
    """The zinc roof that holds the last floor, with its chimneys."""
    faite = g.sommet - g.etage
    for x in (g.gauche + 13, g.droite - 23):
        dessin.rect(Cadre(x, faite - 9, 10, 10), g.palette.accents[0])
    for x in (g.gauche + 14, g.gauche + 18.6, g.droite - 22, g.droite - 17.4):
        dessin.rect(Cadre(x, faite - 11.5, 3, 3), palette.POT)
    pan = ((g.gauche - 2, g.sommet), (g.gauche + 6, faite), (g.droite - 6, faite), (g.droite + 2, g.sommet))
    dessin.polygone(pan, g.palette.toit)
    dessin.rect(Cadre(g.gauche + 6, faite - 2, g.largeur - 12, 2.4), g.palette.faite)


def _toit_bas(dessin: Dessin, g: Gabarit) -> None:
    y = g.sommet
    dessin.rect(Cadre(g.droite - 26, y - 15, 10, 12), g.palette.accents[0])
    for x in (g.droite - 25, g.droite - 20.4):
        dessin.rect(Cadre(x, y - 17.5, 3, 3), palette.POT)
    dessin.polygone(
        ((g.gauche - 3, y), (g.gauche + 6, y - 8.5), (g.droite - 6, y - 8.5), (g.droite + 3, y)), g.palette.toit
    )


def _brique(dessin: Dessin, g: Gabarit) -> None:
    dessin.rect(g.mur(0), g.palette.ombre)
    _briques(dessin, g)
    for niveau in range(g.niveaux_de_mur + 1):
        dessin.rect(Cadre(g.gauche, g.plafond(niveau) - 0.2, g.largeur, 1.4), g.palette.filet)
    for x in (g.gauche, g.droite - 4):
        dessin.rect(Cadre(x, g.sommet, 4, LIGNE_DE_SOL - g.sommet), g.palette.ombre)
    dessin.rect(Cadre(g.droite - 26, g.sommet - 13, 11, 10), g.palette.faite)
    dessin.rect(Cadre(g.droite - 27, g.sommet - 14, 13, 1.8), g.palette.toit)
    dessin.rect(Cadre(g.gauche - 3, g.sommet - 4, g.largeur + 6, 4.6), g.palette.toit)
    dessin.rect(Cadre(g.gauche - 2, g.sommet + 0.6, g.largeur + 4, 1.2), g.palette.faite)
    dessin.rect(Cadre(g.gauche, LIGNE_DE_SOL - 3.5, g.largeur, 3.5), g.palette.toit)


def _briques(dessin: Dessin, g: Gabarit) -> None:
    """A few bricks of another baking."""
    hasard, rangees = g.sujet.hasard, max(1, int((LIGNE_DE_SOL - g.sommet) / 3) - 2)
    for rang in range(34):
        x = g.gauche + 5 + hasard.entier(0, max(1, int(g.largeur - 15)), "brique", rang)
        y = g.sommet + 3 + 3 * hasard.entier(0, rangees, "brique", rang, "y")
        dessin.rect(Cadre(x, y, 4.5, 1.4), g.palette.accents[rang // 17])


def _barre(dessin: Dessin, g: Gabarit) -> None:
    hasard, allege = g.sujet.hasard, g.etage * 0.24
    teinte = hasard.choix(g.palette.accents, "allege")
    debut = hasard.entier(0, max(0, g.colonnes - 3), "allege", "x")
    for niveau in range(g.niveaux_de_mur + 1):
        dessin.rect(Cadre(g.gauche, g.mur(niveau).bas - allege, g.largeur, allege), g.palette.ombre)
    for niveau in range(1, g.niveaux_de_mur + 1):
        x = g.gauche + MARGE + debut * g.travee
        dessin.rect(Cadre(x, g.mur(niveau).bas - allege, 2 * g.travee, allege), teinte, 0.85)
    for x in (g.gauche, g.droite - 3):
        dessin.rect(Cadre(x, g.sommet, 3, LIGNE_DE_SOL - g.sommet), g.palette.filet)
    dessin.rect(g.mur(0), g.palette.ombre)
    x = g.gauche + g.largeur * 0.56
    dessin.rect(Cadre(x, g.sommet - 9.5, 18, 7), g.palette.faite)
    dessin.ligne(((x + 22, g.sommet - 3), (x + 22, g.sommet - 16)), g.palette.faite, 0.8)
    dessin.ligne(((x + 19, g.sommet - 14), (x + 25, g.sommet - 14)), g.palette.faite, 0.8)
    dessin.rect(Cadre(g.gauche - 1, g.sommet - 3.5, g.largeur + 2, 4), g.palette.toit)


def _recent(dessin: Dessin, g: Gabarit) -> None:
    """White render, a volume clad in another colour, plants on the roof."""
    largeur = 2 * g.travee + MARGE
    volume = Cadre(g.droite - largeur, g.sommet, largeur, g.plafond(0) - g.sommet)
    dessin.rect(volume, g.sujet.hasard.choix(g.palette.accents, "accent"), 0.6)
    axe = volume.milieu[1]
    dessin.ligne(((volume.x, axe), (volume.droite, axe)), g.palette.mur, volume.hauteur, ".4 2.9")
    dessin.rect(g.mur(0), g.palette.ombre)
    dessin.rect(Cadre(g.gauche, g.plafond(0) - 0.6, g.largeur, 1.6), g.palette.filet)
    _plantes(dessin, g.droite - 32, g.sommet - 2)
    dessin.rect(Cadre(g.gauche - 1, g.sommet - 2.5, g.largeur + 2, 3), g.palette.toit)


def _plantes(dessin: Dessin, x: float, y: float) -> None:
    for dx, rayon in ((0, 3.4), (5, 4.6), (11, 3.2), (17, 4.2), (22, 2.8)):
        dessin.ellipse((x + dx, y), rayon, rayon, palette.FEUILLAGES[0])


MURS = {Style.PIERRE: _pierre, Style.BRIQUE: _brique, Style.BARRE: _barre, Style.RECENT: _recent}
