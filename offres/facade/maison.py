"""A house: a tiled roof, shutters, a garden if there is one. The whole house is the dwelling, so there is no floor."""

from offres.facade import decor, fenetres, palette, rez
from offres.facade.decor import LIGNE_DE_SOL
from offres.facade.palette import PALETTES, Style
from offres.facade.sujet import Sujet
from offres.facade.trait import Cadre, Dessin

AXE = 150
ETAGE = 36
TRAVEE = 31
TRAVEE_ETROITE = 24
COLONNES = 4
COLONNE_PORTE = 1
FENETRE = (11, 15)
GARAGE = 40
COULEURS = PALETTES[Style.MAISON]


class Volume:
    """Where the house stands: as many bays as its rooms need."""

    def __init__(self, sujet: Sujet) -> None:
        self.niveaux = sujet.niveaux + 1
        self.colonnes = COLONNES if self.niveaux > 1 else max(COLONNES, sujet.pieces + 1)
        self.travee = TRAVEE if self.colonnes == COLONNES else TRAVEE_ETROITE
        self.etage = ETAGE if self.niveaux < 3 else 29
        largeur, hauteur = self.colonnes * self.travee, self.niveaux * self.etage
        self.mur = Cadre(AXE - largeur / 2, LIGNE_DE_SOL - hauteur, largeur, hauteur)

    def fenetre(self, niveau: int, colonne: int) -> Cadre:
        largeur, hauteur = FENETRE
        x = self.mur.x + (colonne + 0.5) * self.travee - largeur / 2
        return Cadre(x, LIGNE_DE_SOL - self.etage * (niveau + 1) + self.etage * 0.28, largeur, hauteur)

    def fenetres(self) -> list[Cadre]:
        """Every window, those nearest to the lower right corner first."""
        places = [(niveau, colonne) for niveau in range(self.niveaux) for colonne in range(self.colonnes)]
        places.remove((0, COLONNE_PORTE))
        places.sort(key=lambda place: (-(place[1] // 2), place))
        return [self.fenetre(*place) for place in places]


def dessiner_maison(sujet: Sujet) -> Dessin:
    dessin, volume = Dessin(), Volume(sujet)
    decor.paysage(dessin, sujet.hasard)
    droite = volume.mur.droite + (GARAGE if sujet.stationnement else 0)
    if sujet.jardin:
        decor.jardin(dessin, volume.mur.x, droite - 22, sujet.hasard)
    if sujet.stationnement:
        _garage(dessin, volume)
    _murs(dessin, volume, sujet)
    _ouvertures(dessin, volume, sujet)
    _porte(dessin, volume, sujet)
    if sujet.balcon:
        _balcon(dessin, volume)
    return dessin


def _murs(dessin: Dessin, volume: Volume, sujet: Sujet) -> None:
    mur = volume.mur
    faite = mur.y - 36
    dessin.rect(Cadre(mur.droite - 38, faite - 10, 11, 18), COULEURS.faite)
    dessin.rect(Cadre(mur.droite - 39.5, faite - 11, 14, 2.4), COULEURS.fer)
    dessin.rect(mur, COULEURS.mur)
    dessin.rect(Cadre(mur.x, LIGNE_DE_SOL - 5, mur.largeur, 5), COULEURS.ombre)
    dessin.polygone(
        ((mur.x - 7, mur.y + 1), (mur.x + 22, faite), (mur.droite - 22, faite), (mur.droite + 7, mur.y + 1)),
        COULEURS.toit,
    )
    for rang in range(1, 5):
        retrait, y = 29 * rang / 5 - 7, mur.y + 1 - 37 * rang / 5
        dessin.rect(Cadre(mur.x + retrait, y, mur.largeur - 2 * retrait, 0.8), COULEURS.faite, 0.5)
    dessin.rect(Cadre(mur.x - 7, mur.y + 0.4, mur.largeur + 14, 2.2), COULEURS.faite)
    dessin.rect(Cadre(mur.x, mur.y + 2.6, mur.largeur, 2), COULEURS.ombre)
    if sujet.solaire:
        _panneaux(dessin, mur.milieu[0] - 34, mur.y - 9)


def _panneaux(dessin: Dessin, x: float, y: float) -> None:
    """Six panels laid on the slope of the roof."""
    for rang in range(3):
        for etage in range(2):
            gauche, bas = x + rang * 16 + etage * 2, y - etage * 9
            dessin.polygone(
                ((gauche, bas), (gauche + 1.6, bas - 8), (gauche + 16, bas - 8), (gauche + 15, bas)), palette.PANNEAU
            )


def _ouvertures(dessin: Dessin, volume: Volume, sujet: Sujet) -> None:
    """Windows and shutters; as many lit as the house has rooms."""
    toutes = volume.fenetres()
    eclairees, eteintes = toutes[: sujet.pieces], toutes[sujet.pieces :]
    volets = sujet.hasard.choix(COULEURS.accents, "volets")
    fenetres.halo(dessin, eclairees)
    for fenetre in toutes:
        for x in (fenetre.x - 5, fenetre.droite + 0.8):
            dessin.rect(Cadre(x, fenetre.y - 0.5, 4.2, fenetre.hauteur + 1), volets)
    for fenetre in toutes:
        dessin.rect(Cadre(fenetre.x - 1, fenetre.bas, fenetre.largeur + 2, 1.4), COULEURS.filet)
    for fenetre in eteintes:
        dessin.rect(fenetre, COULEURS.vitre)
    _croisees(dessin, eteintes, COULEURS.filet)
    for fenetre in eclairees:
        dessin.rect(fenetre, palette.LUMIERE)
    _croisees(dessin, eclairees, palette.LAMPE)
    fenetres.lampe(dessin, eclairees[0])


def _croisees(dessin: Dessin, cadres: list[Cadre], couleur: str) -> None:
    for cadre in cadres:
        dessin.rect(Cadre(cadre.milieu[0] - 0.4, cadre.y, 0.8, cadre.hauteur), couleur)
        dessin.rect(Cadre(cadre.x, cadre.y + 5, cadre.largeur, 0.7), couleur)


def _porte(dessin: Dessin, volume: Volume, sujet: Sujet) -> None:
    axe = volume.mur.x + (COLONNE_PORTE + 0.5) * volume.travee
    porte = Cadre(axe - 6, LIGNE_DE_SOL - 24, 12, 24)
    dessin.rect(Cadre(porte.x - 1.4, porte.y - 1.4, porte.largeur + 2.8, porte.hauteur + 1.4), COULEURS.filet)
    dessin.rect(porte, COULEURS.porte)
    dessin.rect(Cadre(porte.x + 2, porte.y + 2.5, 8, 6), palette.DEVANTURE)
    dessin.rect(Cadre(porte.droite - 2.8, LIGNE_DE_SOL - 11, 1.2, 1.8), palette.PAPIER, 0.9)
    dessin.polygone(
        (
            (porte.x - 4, porte.y - 2),
            (porte.x, porte.y - 6),
            (porte.droite, porte.y - 6),
            (porte.droite + 4, porte.y - 2),
        ),
        COULEURS.toit,
    )
    if sujet.rampe:
        rez.rampe(dessin, porte, COULEURS.fer, 1)
    else:
        dessin.rect(Cadre(porte.x - 3, LIGNE_DE_SOL - 1, porte.largeur + 6, 3), palette.RAMPE)


def _balcon(dessin: Dessin, volume: Volume) -> None:
    """A balcony on the first floor, or a terrace when there is none."""
    colonne = volume.colonnes - 2
    gauche, largeur = volume.mur.x + colonne * volume.travee, 2 * volume.travee + 2
    dalle = LIGNE_DE_SOL - volume.etage + 1 if volume.niveaux > 1 else LIGNE_DE_SOL - 1
    dessin.rect(Cadre(gauche, dalle, largeur, 2), COULEURS.fer)
    dessin.rect(Cadre(gauche, dalle - 10, largeur, 1), COULEURS.fer)
    dessin.ligne(((gauche, dalle - 5), (gauche + largeur, dalle - 5)), COULEURS.fer, 10, ".8 2.6")


def _garage(dessin: Dessin, volume: Volume) -> None:
    """A garage of its own, against the gable."""
    x, hauteur = volume.mur.droite, 27
    dessin.rect(Cadre(x, LIGNE_DE_SOL - hauteur, GARAGE, hauteur), COULEURS.ombre)
    dessin.polygone(
        (
            (x, LIGNE_DE_SOL - hauteur - 7),
            (x + GARAGE - 6, LIGNE_DE_SOL - hauteur - 7),
            (x + GARAGE + 3, LIGNE_DE_SOL - hauteur + 1),
            (x, LIGNE_DE_SOL - hauteur + 1),
        ),
        COULEURS.toit,
    )
    rez.porte_de_garage(dessin, Cadre(x + 7, LIGNE_DE_SOL - 20, GARAGE - 13, 20))
