"""The drawings of the map of the offers: zones as a ground, and on it each commune that has dwellings, as a link.

SVG, styled by static/css/territoire.css. The ground of a frame is computed once and kept; the links follow the counts.
Contours: IGN, Admin Express COG, Licence Ouverte 2.0 (demandes/donnees/SOURCES.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import escape

from demandes import contours
from demandes.contours import Anneau, Emprise, Point
from demandes.etiquettes import PRINCIPAL, SECONDAIRE, SECONDAIRE_SERRE, Boite, Etiquettes
from demandes.geometrie import Reperes, aire, places
from demandes.lieux import Lieu
from demandes.models import Zones
from demandes.plan import FINESSE, HAUTEUR, LARGEUR, SERRES, Projection, trace, voisinages

AISANCE = 1.06
"""The frame's size, over that of what it must show."""
MAILLES = (1, 3, 6, 8)
"""Grids tried in turn, in half units, until the ground is light enough."""
OCTETS_DU_FOND = 9_000
RAPPROCHES_AU_PLUS = 2
DEPARTEMENTS_AU_PLUS = 2
ASSEZ_GRAND = 0.5
"""When the communes asked for take that part of their département's width, one plan shows both."""
ESSAIS = 12
"""Places tried for a number before leaving it to the table."""
NOMBRE_TYPE = "88"
"""A number is kept that much room."""


class Ville(NamedTuple):
    """A commune with dwellings, where its link leads, and in which zone it is (an `Onglet`)."""

    code: str
    nom: str
    zone: str
    nombre: int
    adresse: str

    @property
    def en_clair(self) -> str:
        """« Brest : 12 logements »."""
        return f"{self.nom} : {self.nombre} logement{'s' if self.nombre > 1 else ''}"


@dataclass(frozen=True)
class Cadre:
    """One frame: its box, its title, and the communes that may be named in it."""

    boite: Emprise
    titre: str
    zones: Zones
    lieux: tuple[Lieu, ...]

    @property
    def projection(self) -> Projection:
        return Projection.autour_de(self.boite, AISANCE)


Forme = tuple[str, list[Point]]
"""The outline of a commune, and where its number may go."""


@dataclass(frozen=True)
class Fond:
    """What does not change from one visit to the next. `places`: where the number of a commune asked for goes.

    Outlines drawn later are put on the same grid, `reperes`, and kept in `formes`.
    """

    dessin: str
    noms: str
    maille: int
    boites: tuple[Boite, ...]
    places: dict[str, Point]
    reperes: Reperes
    formes: dict[str, Forme]


def dessiner(cadres: Iterable[Cadre], villes: Sequence[Ville]) -> list[str]:
    """A plan for each frame. A commune that shows on several is reached by keyboard on the first only."""
    atteintes: set[str] = set()
    return [_dessiner(cadre, villes, atteintes) for cadre in cadres]


def _dessiner(cadre: Cadre, villes: Sequence[Ville], atteintes: set[str]) -> str:
    """The ground, then a link for each of these communes that shows, its number of dwellings written on it."""
    fond = _fond(cadre)
    pose = Etiquettes(LARGEUR, HAUTEUR, [*fond.boites])
    liens = "".join(_lien(ville, cadre.projection, fond, pose, atteintes) for ville in villes)
    return (
        f'<svg class="plan carte-des-offres" viewBox="0 0 {LARGEUR} {HAUTEUR}" role="group" '
        f'aria-label="{escape(cadre.titre)}">{fond.dessin}{liens}{fond.noms}</svg>'
    )


def cadres(zones: Zones, lieux: tuple[Lieu, ...], noms_des_departements: dict[str, str]) -> list[Cadre]:
    """Near plans around the communes asked for, then whole départements; a near one that adds nothing is left out."""
    entiers = _departements(zones, noms_des_departements, lieux)
    connues = sorted(code for code in zones.demandees if contours.contour(code))
    proches = [_rapproche(groupe, zones, lieux) for groupe in voisinages(connues)[:RAPPROCHES_AU_PLUS]]
    utiles = [c for c in proches if not any(_presque(c.boite, entier.boite) for entier in entiers)]
    return [*utiles, *entiers]


def _rapproche(groupe: list[str], zones: Zones, lieux: tuple[Lieu, ...]) -> Cadre:
    demandees = contours.emprise([anneau for code in groupe for anneau in contours.contour(code)])
    autour = (contours.contour(code) for code in zones.limitrophes if contours.contour(code))
    touchees = [anneau for anneaux in autour if contours.emprise(anneaux).touche(demandees) for anneau in anneaux]
    coins: Anneau = [(demandees.ouest, demandees.sud), (demandees.est, demandees.nord)]
    return Cadre(contours.emprise([coins, *touchees]), "Communes demandées et communes limitrophes", zones, lieux)


def _departements(zones: Zones, noms: dict[str, str], lieux: tuple[Lieu, ...]) -> list[Cadre]:
    """Départements whose boxes touch share one frame; the frames with most départements first."""
    groupes: list[tuple[list[str], Emprise]] = []
    for code in sorted(zones.departements):
        boite = contours.emprise_du_departement(code)
        if boite is None:
            continue
        voisins = [groupe for groupe in groupes if groupe[1].touche(boite)]
        groupes = [groupe for groupe in groupes if groupe not in voisins]
        codes = [autre for groupe in voisins for autre in groupe[0]]
        groupes.append(([*codes, code], _union([boite, *(groupe[1] for groupe in voisins)])))
    groupes.sort(key=lambda groupe: -len(groupe[0]))
    return [
        Cadre(boite, "Tout le département : " + ", ".join(noms.get(code, code) for code in codes), zones, lieux)
        for codes, boite in groupes[:DEPARTEMENTS_AU_PLUS]
    ]


def _union(boites: Iterable[Emprise]) -> Emprise:
    ouest, sud, est, nord = zip(*boites, strict=True)
    return Emprise(min(ouest), min(sud), max(est), max(nord))


def _presque(proche: Emprise, entier: Emprise) -> bool:
    largeurs = (proche.est - proche.ouest) / (entier.est - entier.ouest)
    return proche.touche(entier) and largeurs > ASSEZ_GRAND


@lru_cache(maxsize=512)
def _fond(cadre: Cadre) -> Fond:
    projection, zones = cadre.projection, cadre.zones
    visibles = {
        code: anneaux
        for code in sorted(zones.demandees | zones.limitrophes)
        if (anneaux := projection.anneaux(contours.contour(code)))
    }
    departements = contours.departements_dans(projection.cadre)
    couches = [
        ("", [anneaux for code, anneaux in departements.items() if code not in zones.departements]),
        ("departement", [anneaux for code, anneaux in departements.items() if code in zones.departements]),
    ]
    couches = [(classe, [projection.anneaux(forme) for forme in formes]) for classe, formes in couches]
    couches.append(("limitrophe", [visibles[code] for code in visibles if code in zones.limitrophes]))
    couches.append(("demandee", [visibles[code] for code in visibles if code in zones.demandees]))
    for maille in MAILLES:
        reperes: Reperes = {}
        dessin = "".join(_couche(classe, formes, maille, reperes) for classe, formes in couches if formes)
        if len(dessin) < OCTETS_DU_FOND:
            break
    pose = Etiquettes(LARGEUR, HAUTEUR)
    reservees = _reserver(pose, visibles, zones)
    _nommer(pose, visibles, cadre)
    return Fond(dessin, "".join(pose.textes), maille, tuple(pose.boites), reservees, reperes, {})


def _couche(classe: str, formes: list[list[Anneau]], maille: int, reperes: Reperes) -> str:
    chemins = "".join(f'<path d="{d}"/>' for forme in formes if (d := trace(forme, maille, reperes)))
    return f'<g class="{classe}"><g transform="scale({1 / FINESSE:g})">{chemins}</g></g>'


def _reserver(pose: Etiquettes, visibles: dict[str, list[Anneau]], zones: Zones) -> dict[str, Point]:
    """Room for the numbers of the communes asked for first, then of those around; the largest first."""
    rangees = sorted(visibles, key=lambda code: (code not in zones.demandees, -sum(map(aire, visibles[code]))))
    ou = {code: pose.reserver(NOMBRE_TYPE, PRINCIPAL, _milieux(visibles[code])) for code in rangees}
    return {code: place for code, place in ou.items() if place}


def _nommer(pose: Etiquettes, visibles: dict[str, list[Anneau]], cadre: Cadre) -> None:
    """The communes asked for, inside or beside; those around where their name holds beside their number."""
    demandees, tailles = cadre.zones.demandees, (SECONDAIRE, SECONDAIRE_SERRE)
    serrees = len(demandees) > SERRES
    for lieu in sorted(cadre.lieux, key=lambda lieu: lieu.code not in demandees):
        if lieu.code in visibles:
            dedans = serrees or lieu.code not in demandees
            pose.poser(lieu.nom_court, _unites(visibles[lieu.code]), tailles, a_l_interieur=dedans)


def _unites(anneaux: list[Anneau]) -> list[Anneau]:
    return [[(x / FINESSE, y / FINESSE) for x, y in anneau] for anneau in anneaux]


def _milieux(anneaux: list[Anneau]) -> list[Point]:
    """Places inside the largest ring, the roomiest first."""
    return places(max(_unites(anneaux), key=aire, default=[]))[:ESSAIS]


def _forme(code: str, projection: Projection, fond: Fond) -> Forme:
    if code not in fond.formes:
        anneaux = projection.anneaux(contours.contour(code))
        fond.formes[code] = trace(anneaux, fond.maille, fond.reperes), _milieux(anneaux)
    return fond.formes[code]


def _lien(ville: Ville, projection: Projection, fond: Fond, pose: Etiquettes, atteintes: set[str]) -> str:
    """Nothing for a commune that is out of the frame, or too small to be seen on it. Else it is noted as reached."""
    chemin, milieux = _forme(ville.code, projection, fond)
    if not chemin:
        return ""
    place = fond.places.get(ville.code) or pose.reserver(str(ville.nombre), PRINCIPAL, milieux)
    ecrit = f'<text x="{place[0]:.0f}" y="{place[1]:.0f}" dy=".35em">{ville.nombre}</text>' if place else ""
    mots, hors_clavier = escape(ville.en_clair), ' tabindex="-1"' if ville.code in atteintes else ""
    atteintes.add(ville.code)
    return (
        f'<a href="{escape(ville.adresse)}" class="{ville.zone}"{hors_clavier} aria-label="{mots}">'
        f'<title>{mots}</title><path transform="scale({1 / FINESSE:g})" d="{chemin}"/>{ecrit}</a>'
    )
