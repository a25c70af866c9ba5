"""Windows: glass, frames and rails, and the amber light of the dwelling."""

from offres.facade import palette
from offres.facade.gabarit import Gabarit, Usage
from offres.facade.palette import Style
from offres.facade.trait import Cadre, Dessin

PART_DE_REFLETS = 0.35
PART_DE_RIDEAUX = 0.2
POSTE = 0.8
ANCIENS = (Style.PIERRE, Style.BRIQUE)


def percer(dessin: Dessin, gabarit: Gabarit) -> None:
    """Every window of the building and what frames it, as if nobody was at home."""
    vitre, hasard = gabarit.palette.vitre, gabarit.sujet.hasard
    if gabarit.niveaux_de_mur > 0:
        reference = gabarit.fenetre(1, 0)
        _frise(dessin, gabarit, reference.hauteur / 2, reference.hauteur, reference.largeur, vitre)
    if gabarit.attique:
        lucarnes = [gabarit.fenetre(gabarit.sujet.niveaux, colonne) for colonne in range(gabarit.colonnes)]
        for fenetre in lucarnes:
            _lucarne(dessin, gabarit, fenetre)
        for fenetre in lucarnes:
            dessin.rect(fenetre, vitre)
    for colonne in gabarit.colonnes_de(Usage.FENETRE):
        dessin.rect(gabarit.fenetre(0, colonne), vitre)
    reflets, rideaux = Dessin(), Dessin()
    for niveau, colonne in _eteintes(gabarit):
        fenetre = gabarit.fenetre(niveau, colonne)
        if hasard.part("reflet", niveau, colonne) < PART_DE_REFLETS:
            reflets.rect(fenetre, gabarit.palette.mur, 0.15)
        if gabarit.fin and hasard.part("rideau", niveau, colonne) < PART_DE_RIDEAUX:
            rideaux.rect(fenetre._replace(largeur=fenetre.largeur * 0.28), palette.RIDEAU, 0.6)
    dessin.ajouter(reflets)
    dessin.ajouter(rideaux)
    if gabarit.fin:
        _encadrements(dessin, gabarit)


def eclairer(dessin: Dessin, gabarit: Gabarit) -> None:
    """The dwelling's windows, one per room, in one path. None when its floor is unknown."""
    eclairees = gabarit.eclairees()
    if not eclairees:
        return
    halo(dessin, eclairees)
    for fenetre in eclairees:
        dessin.rect(fenetre, palette.LUMIERE)
    if gabarit.fin:
        _croisees(dessin, gabarit, eclairees, palette.LAMPE)
        lampe(dessin, eclairees[0])


def garde_corps(dessin: Dessin, gabarit: Gabarit) -> None:
    """Two rails across the foot of every window of a stone building: they open down to the floor."""
    if gabarit.sujet.style != Style.PIERRE or not gabarit.fin:
        return
    reference = gabarit.fenetre(1, 0)
    for part in (0.78, 0.97):
        ligne = reference.hauteur * part
        _frise(dessin, gabarit, ligne, 0.9, reference.largeur + 2.4, gabarit.palette.fer)


def halo(dessin: Dessin, fenetres: list[Cadre]) -> None:
    """The glow around lit windows."""
    gauche, haut = min(f.x for f in fenetres), min(f.y for f in fenetres)
    droite, bas = max(f.droite for f in fenetres), max(f.bas for f in fenetres)
    centre = ((gauche + droite) / 2, (haut + bas) / 2)
    dessin.ellipse(centre, (droite - gauche) / 2 + 15, (bas - haut) / 2 + 11, "url(#halo)", 0.8)


def lampe(dessin: Dessin, fenetre: Cadre) -> None:
    """A hanging lamp: somebody lives here."""
    x, y = fenetre.x + fenetre.largeur * 0.3, fenetre.y + fenetre.hauteur * 0.3
    dessin.rect(Cadre(x - 0.3, fenetre.y, 0.6, y - fenetre.y), palette.LAMPE)
    dessin.polygone(((x - 0.8, y), (x + 0.8, y), (x + 2.2, y + 2.2), (x - 2.2, y + 2.2)), palette.LAMPE)


def _eteintes(gabarit: Gabarit) -> list[tuple[int, int]]:
    """(floor, column) of each window but the dwelling's."""
    rez = [(0, colonne) for colonne in gabarit.colonnes_de(Usage.FENETRE)]
    etages = [
        (niveau, colonne)
        for niveau in range(1, gabarit.sujet.niveaux + 1)
        for colonne in range(gabarit.colonnes)
        if colonne not in gabarit.colonnes_eclairees(niveau)
    ]
    return rez + etages


def _lucarne(dessin: Dessin, gabarit: Gabarit, fenetre: Cadre) -> None:
    """The little house of a window in the roof."""
    cadre = Cadre(fenetre.x - 1.5, fenetre.y - 1, fenetre.largeur + 3, fenetre.hauteur + 2)
    dessin.rect(cadre, gabarit.palette.mur)
    fronton = ((cadre.x - 1, cadre.y), (cadre.milieu[0], cadre.y - 3), (cadre.droite + 1, cadre.y))
    dessin.polygone(fronton, gabarit.palette.mur)


def _encadrements(dessin: Dessin, gabarit: Gabarit) -> None:
    """Posts and transoms of all windows; lintels of old ones, sills of brick ones."""
    filet = gabarit.palette.filet
    a_part = [gabarit.fenetre(0, colonne) for colonne in gabarit.colonnes_de(Usage.FENETRE)]
    if gabarit.attique:
        a_part += [gabarit.fenetre(gabarit.sujet.niveaux, colonne) for colonne in range(gabarit.colonnes)]
    _croisees(dessin, gabarit, a_part, filet)
    if gabarit.sujet.niveaux == 0:
        return
    reference = gabarit.fenetre(1, 0)
    _frise(dessin, gabarit, reference.hauteur / 2, reference.hauteur, POSTE, filet)
    if gabarit.sujet.style in ANCIENS:
        _frise(dessin, gabarit, reference.hauteur * 0.32, 0.7, reference.largeur, filet)
        _frise(dessin, gabarit, -0.9, 1.8, reference.largeur + 2, filet)
    if gabarit.sujet.style == Style.BRIQUE:
        _frise(dessin, gabarit, reference.hauteur + 0.5, 1, reference.largeur + 2, filet)


def _frise(dessin: Dessin, gabarit: Gabarit, ligne: float, epaisseur: float, largeur: float, couleur: str) -> None:
    """The same mark on every window of every floor but the ground floor: one dashed line per floor.

    `ligne` is the height of its axis below the top of the window.
    """
    for niveau in range(1, gabarit.niveaux_de_mur + 1):
        premiere, derniere = gabarit.fenetre(niveau, 0), gabarit.fenetre(niveau, gabarit.colonnes - 1)
        y = premiere.y + ligne
        bouts = ((premiere.milieu[0] - largeur / 2, y), (derniere.milieu[0] + largeur / 2, y))
        dessin.ligne(bouts, couleur, epaisseur, f"{largeur:.2f} {gabarit.travee - largeur:.2f}")


def _croisees(dessin: Dessin, gabarit: Gabarit, fenetres: list[Cadre], couleur: str) -> None:
    """The post in the middle of each of these windows, and the transom of old ones."""
    for fenetre in fenetres:
        dessin.rect(Cadre(fenetre.milieu[0] - POSTE / 2, fenetre.y, POSTE, fenetre.hauteur), couleur)
        if gabarit.sujet.style in ANCIENS:
            dessin.rect(Cadre(fenetre.x, fenetre.y + fenetre.hauteur * 0.3, fenetre.largeur, 0.7), couleur)
