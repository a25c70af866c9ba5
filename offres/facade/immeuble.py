"""A building with flats: the wall of its age, its windows, its ground floor, its balconies."""

from offres.facade import decor, fenetres, murs, palette, rez
from offres.facade.gabarit import MARGE, Gabarit, Usage
from offres.facade.palette import Style
from offres.facade.sujet import Sujet
from offres.facade.trait import Cadre, Dessin

HAUTEUR_BALCON = 0.32
"""Height of a railing, in floors."""


def dessiner_immeuble(sujet: Sujet) -> Dessin:
    dessin, gabarit = Dessin(), Gabarit.pour(sujet)
    decor.paysage(dessin, sujet.hasard)
    if sujet.jardin:
        decor.jardin(dessin, gabarit.gauche, gabarit.droite, sujet.hasard)
    murs.batir(dessin, gabarit)
    fenetres.percer(dessin, gabarit)
    rez.amenager(dessin, gabarit)
    if sujet.niveau is None:
        _hall(dessin, gabarit)
    fenetres.eclairer(dessin, gabarit)
    fenetres.garde_corps(dessin, gabarit)
    if sujet.balcon:
        _balcons(dessin, gabarit)
    if not sujet.jardin:
        decor.lampadaire(dessin, gabarit.gauche - 26, palette.GRADUATION)
    if sujet.niveau is not None:
        hauteurs = [gabarit.mur(niveau).milieu[1] for niveau in range(sujet.niveaux + 1)]
        decor.graduation(dessin, gabarit.droite + 10, hauteurs, sujet.niveau, sujet.etiquette)
    return dessin


def _hall(dessin: Dessin, gabarit: Gabarit) -> None:
    """Nobody knows the floor: no window is lit, only the lamp above the door."""
    baie = gabarit.baie(0, gabarit.colonnes_de(Usage.PORTE)[0])
    x, y = baie.milieu[0], baie.y + baie.hauteur * 0.06
    fenetres.halo(dessin, [Cadre(x - 2, y - 1, 4, 4)])
    dessin.ellipse((x, y), 1.6, 1.6, palette.LAMPE)


def _balcons(dessin: Dessin, gabarit: Gabarit) -> None:
    """The dwelling's balcony; on buildings since 1949, the same one on every floor."""
    sujet = gabarit.sujet
    balcons = []
    if sujet.style in (Style.BARRE, Style.RECENT):
        bout = [gabarit.colonnes - 2, gabarit.colonnes - 1]
        balcons += [_balcon(gabarit, niveau, bout) for niveau in range(1, sujet.niveaux + 1) if niveau != sujet.niveau]
    if sujet.niveau is not None:
        balcons.append(_balcon(gabarit, sujet.niveau, gabarit.colonnes_eclairees(sujet.niveau)))
    couleur = gabarit.palette.fer
    for balcon in balcons:
        dessin.rect(balcon._replace(y=balcon.bas, hauteur=max(1, gabarit.etage * 0.075)), couleur)
        dessin.rect(balcon._replace(hauteur=0.9), couleur)
    for balcon in balcons:
        milieu = balcon.milieu[1]
        barreaux = ((balcon.x, milieu), (balcon.droite, milieu))
        dessin.ligne(barreaux, couleur, gabarit.etage * HAUTEUR_BALCON, ".7 1.9" if gabarit.fin else ".6 2.8")


def _balcon(gabarit: Gabarit, niveau: int, colonnes: list[int]) -> Cadre:
    """The railing in front of these columns; its slab is just below."""
    baie = gabarit.baie(niveau, colonnes[0])
    gauche, hauteur = baie.x + 0.5, gabarit.etage * HAUTEUR_BALCON
    largeur = min(len(colonnes) * gabarit.travee + MARGE - 1, gabarit.droite + 3 - gauche)
    return Cadre(gauche, baie.y + baie.hauteur * 0.88 - hauteur, largeur, hauteur)
