"""The plans of communes: every commune asked for is shown and named, whatever its shape or its place in the world."""

import re
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from demandes import contours
from demandes.etiquettes import couper
from demandes.geometrie import accrocher, aire, contient, places, rogner
from demandes.lieux import Lieu, Territoire, enumerer
from demandes.models import Commune, Demande, Departement, Voisinage
from demandes.plan import Planche, dessiner
from demandes.reference import lignes
from tests.factories import CommuneFactory, DemandeFactory, DepartementFactory

CARRE = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]


@cache
def lieux() -> dict[str, Lieu]:
    return {
        ligne["code_insee"]: Lieu(ligne["code_insee"], ligne["nom"], ligne["commune_parent"] or None)
        for ligne in lignes("communes.csv.gz")
    }


@cache
def adjacences() -> list[tuple[str, str]]:
    return [(ligne["code_a"], ligne["code_b"]) for ligne in lignes("adjacences.csv.gz")]


def territoire(*souhaits: str, ici: str = "") -> Territoire:
    """The territory of these wishes, from the very files that the database is loaded with."""
    arrondissements = {lieu.code for lieu in lieux().values() if lieu.parent in souhaits}
    demandees = frozenset(souhaits) | arrondissements
    touchees = {code for paire in adjacences() if demandees & set(paire) for code in paire}
    connus = sorted(lieux()[code] for code in demandees | touchees | {ici} if code in lieux())
    return Territoire(demandees, frozenset(touchees - demandees), tuple(connus), ici)


def lire(dessin: str) -> ElementTree.Element:
    return ElementTree.fromstring(dessin)  # noqa: S314 - our own drawing


def noms(dessin: str) -> list[str]:
    return ["".join(texte.itertext()) for texte in lire(dessin).iter("text")]


def traces(dessin: str, classe: str) -> list[ElementTree.Element]:
    return list(lire(dessin).iterfind(f".//g[@class='{classe}']/path"))


@pytest.mark.parametrize(
    ("souhaits", "plans"),
    [
        (("75111", "75120", "93048"), 1),
        (("29019",), 1),
        (("69123",), 1),
        (("48095",), 1),
        (("29155",), 1),
        (("97411",), 1),
        (("97306",), 1),
        (("2A004", "2B033"), 2),
        (("75111", "59350"), 2),
        (("75111", "59350", "69383", "13201", "33063"), 3),
    ],
    ids=lambda valeur: "+".join(valeur) if isinstance(valeur, tuple) else "",
)
def test_every_wish_gives_small_valid_plans_that_name_what_is_asked_for(souhaits: tuple[str, ...], plans: int):
    planche = dessiner(territoire(*souhaits))
    assert len(planche.dessins) == plans
    for dessin in planche.dessins:
        racine = lire(dessin)
        assert (racine.get("class"), racine.get("role")) == ("plan", "img")
        assert len(dessin.encode()) < 15_000
        assert traces(dessin, "demandee")
        assert "demandée" in racine.attrib["aria-label"]
        assert noms(dessin)
        assert "style" not in dessin


def test_the_words_say_what_the_plan_shows():
    (dessin,) = dessiner(territoire("75111", "75120", "93048")).dessins
    assert lire(dessin).get("aria-label") == (
        "Plan : Paris 11e, Paris 20e et Montreuil, demandées, entourées de 13 communes limitrophes"
    )
    assert {"Paris 11e", "Paris 20e", "Montreuil"} <= set(noms(dessin))
    assert len(traces(dessin, "demandee")) == 3


def test_an_island_alone_has_nobody_around():
    (dessin,) = dessiner(territoire("29155")).dessins
    assert lire(dessin).get("aria-label") == "Plan : Ouessant, demandée"
    assert traces(dessin, "limitrophe") == []


def test_a_whole_city_is_drawn_by_its_arrondissements_and_said_in_one_word():
    (dessin,) = dessiner(territoire("69123")).dessins
    assert len(traces(dessin, "demandee")) == 9
    assert lire(dessin).attrib["aria-label"].startswith("Plan : Lyon, demandée, entourée de 15")
    assert "3e" in noms(dessin)


def test_communes_too_far_for_three_plans_are_counted():
    assert dessiner(territoire("75111", "59350", "69383", "13201", "33063")).ailleurs == 2


def test_no_wish_and_unknown_codes_draw_nothing():
    assert dessiner(territoire()) == dessiner(territoire("99999")) == Planche(())
    assert dessiner(territoire("75111", ici="99999")) == Planche(())
    assert contours.contour("98712") == contours.contour("") == contours.contour("75056") == []


def test_a_whole_departement_is_one_shape_and_stays_light():
    (dessin,) = dessiner(territoire(*(code for code in lieux() if code.startswith("29")))).dessins
    assert len(traces(dessin, "demandee")) == 1
    assert len(dessin.encode()) < 15_000
    assert "et 270 autres communes, demandées" in lire(dessin).attrib["aria-label"]


@pytest.mark.parametrize(
    ("ici", "mots"),
    [
        ("93048", "Plan : Montreuil, commune demandée, et les communes autour"),
        ("75120", "Plan : Paris 20e, commune limitrophe, et les communes autour"),
        ("75115", "Plan : Paris 15e et les communes autour"),
        ("97411", "Plan : Saint-Denis et les communes autour"),
    ],
)
def test_the_commune_of_an_offer_stands_out_and_its_zone_is_said(ici: str, mots: str):
    (dessin,) = dessiner(territoire("75111", "93048", ici=ici)).dessins
    assert lire(dessin).get("aria-label") == mots
    assert len(traces(dessin, "ici")) == 1


def test_names_never_cover_one_another():
    (dessin,) = dessiner(territoire("75056")).dessins
    lignes_de_base = [(int(t.attrib["y"]), t.get("x")) for t in lire(dessin).iter("text")]
    assert len(set(lignes_de_base)) == len(lignes_de_base)
    assert len(noms(dessin)) > 15


def test_north_is_up_and_east_is_right():
    (dessin,) = dessiner(territoire("75111", "93048")).dessins
    place = {
        "".join(t.itertext()): (int(t.attrib["x"]), int(t.attrib["y"])) for t in lire(dessin).iter("text") if t.get("x")
    }
    assert place["Paris 11e"][0] < place["Montreuil"][0]
    assert place["Montreuil"][1] < place["Paris 11e"][1]


def test_the_same_territory_is_drawn_once():
    assert dessiner(territoire("75111")) is dessiner(territoire("75111"))


def test_a_name_is_escaped():
    (dessin,) = dessiner(Territoire(frozenset({"93048"}), frozenset(), (Lieu("93048", "<b>&"),))).dessins
    assert noms(dessin) == ["<b>&"]


def test_long_names_are_cut_near_their_middle_and_long_lists_are_counted():
    assert couper("Fontenay-sous-Bois") == ["Fontenay-", "sous-Bois"]
    assert couper("Montreuil") == ["Montreuil"]
    assert enumerer(["Brest"]) == "Brest"
    assert enumerer([str(rang) for rang in range(20)]) == "0, 1, 2, 3, 4, 5, 6 et 13 autres communes"


def test_rings_are_cut_snapped_and_searched():
    assert aire(rogner([(-50.0, -50.0), (50.0, -50.0), (50.0, 50.0), (-50.0, 50.0)], 10, 10, 5)) == pytest.approx(400)
    assert rogner([(100.0, 100.0), (120.0, 100.0), (120.0, 120.0)], 10, 10, 5) == []
    assert accrocher([(0, 0), (0.2, 0), (5, 0), (10, 0), (10, 10), (0, 0.1)], 1, {}) == [(0, 0), (10, 0), (10, 10)]
    assert contient(CARRE, (5, 5))
    assert not contient(CARRE, (15, 5))
    assert 3 < places(CARRE)[0][0] < 7
    assert places([]) == []


def test_neighbours_melt_into_their_common_border():
    voisin = [(x + 10, y) for x, y in CARRE]
    (bord,) = contours.dissoudre([CARRE, voisin])
    assert aire(bord) == 200
    assert len(bord) == 6


@pytest.mark.parametrize(("code", "departement"), [("75111", "75"), ("2A004", "2A"), ("97411", "974")])
def test_the_departement_of_a_code(code: str, departement: str):
    assert contours.departement_de(code) == departement
    assert contours.contour(code)


@pytest.fixture
def montreuil(db: None) -> Commune:
    seine_saint_denis: Departement = DepartementFactory(code="93", nom="Seine-Saint-Denis")
    return CommuneFactory(code="93048", nom="Montreuil", departement=seine_saint_denis)


@pytest.fixture
def bagnolet(montreuil: Commune) -> Commune:
    commune: Commune = CommuneFactory(code="93006", nom="Bagnolet", departement=montreuil.departement)
    for une, autre in ((montreuil, commune), (commune, montreuil)):
        Voisinage.objects.create(commune=une, voisine=autre)
    return commune


def rendre(balise: str, **contexte: Any) -> str:
    return Template("{% load plan %}" + balise).render(Context(contexte))


def test_the_page_shows_the_plan_of_the_zones_with_its_notice(bagnolet: Commune, montreuil: Commune):
    demande: Demande = DemandeFactory(souhaits=(montreuil,))
    page = rendre("{% plan_des_zones demande %}", demande=demande)
    assert 'aria-label="Plan : Montreuil, demandée, entourée d’une commune limitrophe"' in page
    assert ">Bagnolet</text>" in page
    assert "Contours : IGN, Admin Express COG. Licence Ouverte 2.0." in page
    assert re.findall("<li[^>]*>([^<]+)", page) == ["Communes demandées", "Communes limitrophes", "Autres communes"]


def test_the_page_of_an_offer_shows_its_commune_with_or_without_a_demand(bagnolet: Commune, montreuil: Commune):
    demande: Demande = DemandeFactory(souhaits=(montreuil,))
    avec = rendre("{% plan_de_la_commune commune demande %}", commune=bagnolet, demande=demande)
    assert "Plan : Bagnolet, commune limitrophe, et les communes autour" in avec
    sans = rendre("{% plan_de_la_commune commune %}", commune=bagnolet)
    assert "Plan : Bagnolet et les communes autour" in sans
    assert ">Montreuil</text>" in sans
    assert re.findall("<li[^>]*>([^<]+)", sans) == ["Commune du logement", "Autres communes"]


def test_the_page_shows_nothing_without_an_outline(montreuil: Commune):
    demande: Demande = DemandeFactory(souhaits=(montreuil,))
    demande.souhait_set.all().delete()
    assert rendre("{% plan_des_zones demande %}", demande=demande) == ""
    inconnue: Commune = CommuneFactory(code="93999", nom="Nulle-Part", departement=montreuil.departement)
    assert rendre("{% plan_de_la_commune commune %}", commune=inconnue) == ""


def test_the_page_says_how_many_communes_are_elsewhere(db: None):
    codes = {"75111": "75", "59350": "59", "69383": "69", "13201": "13", "33063": "33"}
    souhaits = tuple(
        CommuneFactory(code=code, nom=lieux()[code].nom, departement=DepartementFactory(code=departement))
        for code, departement in codes.items()
    )
    page = rendre("{% plan_des_zones demande %}", demande=DemandeFactory(souhaits=souhaits))
    assert len(re.findall("<svg", page)) == 3
    assert "Et 2 autres communes" in page
