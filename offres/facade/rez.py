"""The ground floor: door, shop, garage and ramp."""

from offres.facade import palette
from offres.facade.decor import LIGNE_DE_SOL
from offres.facade.gabarit import Gabarit, Usage
from offres.facade.trait import Cadre, Dessin

PORTE = 10
RAMPE = 27
"""Length of the ramp, on the pavement along the façade."""


def amenager(dessin: Dessin, gabarit: Gabarit) -> None:
    """What the bays of the ground floor hold, windows excepted."""
    rez = gabarit.mur(0)
    commerce, garage = gabarit.colonnes_de(Usage.COMMERCE), gabarit.colonnes_de(Usage.GARAGE)
    if commerce:
        _commerce(dessin, gabarit, _ensemble(gabarit, commerce))
    if garage:
        largeur = _ensemble(gabarit, garage)
        porte_de_garage(dessin, Cadre(largeur.x + 2, rez.y + rez.hauteur * 0.32, largeur.largeur - 4, rez.hauteur))
    _entree(dessin, gabarit)


def _ensemble(gabarit: Gabarit, colonnes: list[int]) -> Cadre:
    premiere = gabarit.baie(0, colonnes[0])
    return premiere._replace(largeur=len(colonnes) * gabarit.travee)


def _commerce(dessin: Dessin, gabarit: Gabarit, cadre: Cadre) -> None:
    """Two shop windows under an awning of the street's colour."""
    store = gabarit.sujet.hasard.choix(palette.STORES, "store")
    haut, bas = cadre.y + cadre.hauteur * 0.16, cadre.y + cadre.hauteur * 0.44
    dessin.rect(Cadre(cadre.x, haut, cadre.largeur, LIGNE_DE_SOL - haut), gabarit.palette.porte, 0.85)
    for rang in range(2):
        x = cadre.x + 1.5 + rang * cadre.largeur / 2
        dessin.rect(Cadre(x, haut + 1, cadre.largeur / 2 - 3, LIGNE_DE_SOL - 3.5 - haut), palette.DEVANTURE)
    dessin.polygone(((cadre.x, haut), (cadre.droite, haut), (cadre.droite + 2.5, bas), (cadre.x - 2.5, bas)), store)
    _rayures(dessin, cadre._replace(y=haut, hauteur=bas - haut))


def _rayures(dessin: Dessin, store: Cadre) -> None:
    """Every other stripe of an awning, a little lighter; they open like a fan, as the awning does."""
    raies, evasement = int(store.largeur // 6), 1 + 5 / store.largeur
    for rang in range(0, raies, 2):
        gauche, droite = (store.x + (rang + cote) * store.largeur / raies for cote in (0, 1))
        pied_gauche, pied_droit = (store.milieu[0] + (x - store.milieu[0]) * evasement for x in (gauche, droite))
        pan = ((gauche, store.y), (droite, store.y), (pied_droit, store.bas), (pied_gauche, store.bas))
        dessin.polygone(pan, palette.PAPIER, 0.2)


def porte_de_garage(dessin: Dessin, cadre: Cadre) -> None:
    """A rolling door, down to the ground whatever the height asked for."""
    hauteur = LIGNE_DE_SOL - cadre.y
    dessin.rect(cadre._replace(hauteur=hauteur), palette.GARAGE)
    lattes = max(2, int(hauteur // 3))
    for rang in range(1, lattes):
        dessin.rect(Cadre(cadre.x, cadre.y + rang * hauteur / lattes, cadre.largeur, 0.7), palette.GARAGE_LATTE)


def _entree(dessin: Dessin, gabarit: Gabarit) -> None:
    baie = gabarit.baie(0, gabarit.colonnes_de(Usage.PORTE)[0])
    hauteur = baie.hauteur * 0.82
    largeur = min(PORTE, gabarit.travee * 0.6, hauteur * 0.62)
    porte = Cadre(baie.milieu[0] - largeur / 2, LIGNE_DE_SOL - hauteur, largeur, hauteur)
    dessin.rect(Cadre(porte.x - 1.2, porte.y - 1.2, porte.largeur + 2.4, porte.hauteur + 1.2), gabarit.palette.filet)
    dessin.rect(porte, gabarit.palette.porte)
    haute = hauteur * 0.22
    dessin.rect(Cadre(porte.x + 1.2, porte.y + 1.2, porte.largeur - 2.4, haute), palette.DEVANTURE)
    dessin.rect(Cadre(porte.droite - 2.6, LIGNE_DE_SOL - hauteur * 0.46, 1.1, 1.6), palette.PAPIER, 0.8)
    if gabarit.sujet.rampe:
        vers_la_droite = Usage.GARAGE not in gabarit.rez[gabarit.rez.index(Usage.PORTE) :]
        rampe(dessin, porte, gabarit.palette.fer, 1 if vers_la_droite else -1)


def rampe(dessin: Dessin, porte: Cadre, fer: str, sens: int) -> None:
    """A gentle slope up to the door and its handrail; `sens` is 1 to the right, -1 to the left."""
    sol = LIGNE_DE_SOL + 3
    palier, seuil = (porte.x - 1, porte.droite + 1) if sens > 0 else (porte.droite + 1, porte.x - 1)
    pied = seuil + sens * RAMPE
    dessin.polygone(((palier, sol), (palier, sol - 3.6), (seuil, sol - 3.6), (pied, sol)), palette.RAMPE)
    poteaux = [(seuil + sens * RAMPE * part, sol - 3.6 * (1 - part)) for part in (0.03, 0.45, 0.9)]
    dessin.ligne([(x, y - 7.5) for x, y in poteaux], fer, 1)
    for x, y in poteaux:
        dessin.ligne(((x, y), (x, y - 7.5)), fer, 0.9)
