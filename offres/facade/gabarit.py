"""The proportions of a building with flats: where each floor, each bay and each window is."""

from dataclasses import dataclass
from enum import Enum, auto

from offres.facade.decor import LIGNE_DE_SOL
from offres.facade.palette import PALETTES, Palette, Style
from offres.facade.sujet import Sujet
from offres.facade.trait import Cadre

AXE = 134
"""Middle of the building, left of the middle of the drawing: the label stands on the right."""
LARGEUR_AU_PLUS = 186
HAUTEUR_AU_PLUS = 134
ETAGE_AU_PLUS = 26
REZ = 1.14
"""Height of the ground floor, in floors."""
MARGE = 4
COLONNES = {Style.PIERRE: 5, Style.BRIQUE: 5, Style.BARRE: 6, Style.RECENT: 6}
OUVERTURES = {
    Style.PIERRE: (0.44, 0.66, 0.19),
    Style.BRIQUE: (0.48, 0.56, 0.23),
    Style.BARRE: (0.64, 0.5, 0.2),
    Style.RECENT: (0.58, 0.6, 0.19),
}
"""A window's width and height, and the wall above it, as shares of its bay."""
TRAVEES = {Style.PIERRE: 21, Style.BRIQUE: 20, Style.BARRE: 20, Style.RECENT: 21}
ETAGE_DE_REFERENCE = 21


class Usage(Enum):
    """What a bay of the ground floor is."""

    FENETRE = auto()
    PORTE = auto()
    COMMERCE = auto()
    GARAGE = auto()
    LOGEMENT = auto()


@dataclass(frozen=True)
class Gabarit:
    """Measures in units of the drawing; floor 0 is the ground floor, column 0 is on the left."""

    sujet: Sujet
    rez: tuple[Usage, ...]
    etage: float
    travee: float

    @classmethod
    def pour(cls, sujet: Sujet) -> "Gabarit":
        rez = _rez_de_chaussee(sujet)
        etage = min(ETAGE_AU_PLUS, HAUTEUR_AU_PLUS / (sujet.niveaux + REZ))
        serree = TRAVEES[sujet.style] * min(1.2, max(0.72, etage / ETAGE_DE_REFERENCE))
        return cls(sujet, rez, etage, min(serree, (LARGEUR_AU_PLUS - 2 * MARGE) / len(rez)))

    @property
    def palette(self) -> Palette:
        return PALETTES[self.sujet.style]

    @property
    def colonnes(self) -> int:
        return len(self.rez)

    @property
    def largeur(self) -> float:
        return self.colonnes * self.travee + 2 * MARGE

    @property
    def gauche(self) -> float:
        return AXE - self.largeur / 2

    @property
    def droite(self) -> float:
        return AXE + self.largeur / 2

    @property
    def hauteur_rez(self) -> float:
        return self.etage * REZ

    @property
    def attique(self) -> bool:
        """Whether the last floor is under the roof."""
        return self.sujet.style == Style.PIERRE and self.sujet.niveaux >= 4

    @property
    def niveaux_de_mur(self) -> int:
        return self.sujet.niveaux - self.attique

    @property
    def sommet(self) -> float:
        """Top of the wall."""
        return self.plafond(self.niveaux_de_mur)

    @property
    def fin(self) -> bool:
        """Whether floors are high enough for details to be seen."""
        return self.etage > 12.5

    def plafond(self, niveau: int) -> float:
        return LIGNE_DE_SOL - self.hauteur_rez - self.etage * niveau

    def mur(self, niveau: int) -> Cadre:
        """The whole strip of one floor."""
        hauteur = self.etage if niveau else self.hauteur_rez
        return Cadre(self.gauche, self.plafond(niveau), self.largeur, hauteur)

    def baie(self, niveau: int, colonne: int) -> Cadre:
        """The part of the wall that holds one window."""
        x = self.gauche + MARGE + colonne * self.travee
        return self.mur(niveau)._replace(x=x, largeur=self.travee)

    def fenetre(self, niveau: int, colonne: int) -> Cadre:
        large, haute, sous = OUVERTURES[self.sujet.style]
        baie = self.baie(niveau, colonne)
        largeur = baie.largeur * large
        x = baie.x + (baie.largeur - largeur) / 2
        return Cadre(x, baie.y + baie.hauteur * sous, largeur, baie.hauteur * haute)

    def colonnes_de(self, usage: Usage) -> list[int]:
        return [colonne for colonne, celui_ci in enumerate(self.rez) if celui_ci == usage]

    def colonnes_eclairees(self, niveau: int) -> list[int]:
        """Columns of the dwelling: as many as it has rooms, on its floor only."""
        if niveau != self.sujet.niveau:
            return []
        if niveau == 0:
            return self.colonnes_de(Usage.LOGEMENT)
        return list(range(self.colonnes - self.sujet.pieces, self.colonnes))

    def eclairees(self) -> list[Cadre]:
        niveau = self.sujet.niveau
        return [] if niveau is None else [self.fenetre(niveau, c) for c in self.colonnes_eclairees(niveau)]


def _rez_de_chaussee(sujet: Sujet) -> tuple[Usage, ...]:
    """The bays of the ground floor: shop on the left, door, then the garage, or the dwelling when it is there."""
    colonnes = 5 if sujet.niveaux >= 9 else COLONNES[sujet.style]
    commerce = [Usage.COMMERCE] * 2 * sujet.commerce
    garage = [Usage.GARAGE] * 2 * sujet.stationnement
    if sujet.niveau == 0:
        fin = [Usage.PORTE] + [Usage.LOGEMENT] * sujet.pieces
        debut = commerce + garage
        vide = max(0, colonnes - len(debut) - len(fin))
        return (*debut, *[Usage.FENETRE] * vide, *fin)
    colonnes = max(colonnes, sujet.pieces + 1)
    avant, apres = colonnes // 2, colonnes - colonnes // 2 - 1
    debut = commerce + [Usage.FENETRE] * (avant - len(commerce))
    return (*debut, Usage.PORTE, *[Usage.FENETRE] * (apres - len(garage)), *garage)
