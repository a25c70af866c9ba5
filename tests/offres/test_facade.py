"""The drawings of buildings: true to the offer, small, valid, the same for ever."""

import re
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest

from offres.facade import dessiner, empreinte, texte
from offres.facade.palette import LUMIERE
from offres.facade.trait import Cadre, Dessin, nombre
from offres.models import Etiquette, Offre, Typologie

SVG = "{http://www.w3.org/2000/svg}"
AGES = {"pierre": 1908, "brique": 1932, "barre": 1974, "recent": 2018, "inconnu": None}


def offre(**champs: Any) -> Offre:
    """An offer of which only what shows from the street is filled in; nothing is saved."""
    return Offre(
        **{
            "reference": "PLS-75111-0433",
            "typologie": "T2",
            "nombre_etages": 6,
            "etage": 3,
            "annee_construction": 1908,
            "publiee_le": date(2026, 11, 1),
            **champs,
        }
    )


def lire(dessin: str) -> ElementTree.Element:
    return ElementTree.fromstring(dessin)  # noqa: S314 - our own drawing


def fenetres_eclairees(dessin: str) -> int:
    chemins = [chemin for chemin in lire(dessin).iter(f"{SVG}path") if chemin.get("fill") == LUMIERE]
    return sum(len(re.findall("[Mm]", chemin.get("d", ""))) for chemin in chemins)


def mots(dessin: str) -> list[str | None]:
    return [element.text for element in lire(dessin).iter(f"{SVG}text")]


@pytest.mark.parametrize("annee", list(AGES.values())[:4], ids=list(AGES)[:4])
@pytest.mark.parametrize("etages", range(21))
def test_every_building_is_a_small_valid_file_with_one_lit_window_per_room(annee: int, etages: int):
    for etage in {0, etages // 2, etages}:
        for typologie in Typologie.values:
            dessin = dessiner(
                offre(
                    annee_construction=annee,
                    nombre_etages=etages,
                    etage=etage,
                    typologie=typologie,
                    **dict.fromkeys(("balcon", "commerce", "stationnement", "accessible_pmr", "jardin"), True),
                    dpe=Etiquette.A,
                )
            )
            assert fenetres_eclairees(dessin) == int(typologie[1])
            assert 3_000 < len(dessin.encode()) < 12_000


@pytest.mark.parametrize("etages", [None, 0, 1, 2, 20])
@pytest.mark.parametrize("typologie", Typologie.values)
def test_a_house_has_one_lit_window_per_room_and_no_floor(etages: int | None, typologie: str):
    dessin = dessiner(offre(nature="maison", nombre_etages=etages, etage=1, typologie=typologie, stationnement=True))
    assert fenetres_eclairees(dessin) == int(typologie[1])
    assert mots(dessin) == []
    assert len(dessin.encode()) < 12_000


@pytest.mark.parametrize(
    ("etage", "etiquette"), [(-1, "Niveau −1"), (0, "RDC"), (1, "1er étage"), (3, "3e étage"), (12, "12e étage")]
)
def test_the_label_says_the_floor(etage: int, etiquette: str):
    assert mots(dessiner(offre(etage=etage, nombre_etages=12))) == [etiquette]


def test_the_label_stands_at_the_height_of_its_floor():
    hauteurs = [
        float(lire(dessiner(offre(etage=etage))).find(f"{SVG}text").get("y"))  # type: ignore[union-attr,arg-type]
        for etage in range(7)
    ]
    assert hauteurs == sorted(hauteurs, reverse=True)


def test_an_unknown_floor_lights_the_hall_and_claims_nothing():
    dessin = dessiner(offre(etage=None))
    assert fenetres_eclairees(dessin) == 0
    assert mots(dessin) == []
    assert "logement au" not in texte(offre(etage=None))


def test_a_tower_higher_than_the_page_keeps_its_floor_in_words():
    dessin = dessiner(offre(nombre_etages=57, etage=40))
    assert mots(dessin) == ["40e étage"]
    assert fenetres_eclairees(dessin) == 2


def test_a_dwelling_above_the_declared_floors_is_drawn_all_the_same():
    assert mots(dessiner(offre(nombre_etages=2, etage=5))) == ["5e étage"]


def test_the_same_offer_always_gives_the_same_drawing_and_two_offers_do_not():
    assert dessiner(offre()) == dessiner(offre())
    assert dessiner(offre()) != dessiner(offre(reference="PLS-75111-0434"))


def test_the_key_of_the_cache_follows_what_is_drawn_and_nothing_else():
    assert empreinte(offre()) == empreinte(offre(loyer=712, description="Refait à neuf"))
    for champs in ({"balcon": True}, {"etage": 4}, {"annee_construction": 1932}, {"dpe": "A"}, {"typologie": "T3"}):
        assert empreinte(offre(**champs)) != empreinte(offre())
    assert re.fullmatch(r"[\w-]{5,20}", empreinte(offre()))


@pytest.mark.parametrize(
    ("champs", "attendu"),
    [
        (
            {"balcon": True},
            "Dessin : immeuble de 1908, 6 étages, logement au 3e étage, avec balcon",
        ),
        (
            {"etage": 0, "nombre_etages": 1, "annee_construction": None},
            "Dessin : immeuble, 1 étage, logement au rez-de-chaussée",
        ),
        (
            {"balcon": True, "jardin": True, "stationnement": True, "nombre_etages": None},
            "Dessin : immeuble de 1908, logement au 3e étage, avec balcon, jardin et stationnement",
        ),
        (
            {"nature": "maison", "nombre_etages": 1, "annee_construction": 1956, "jardin": True},
            "Dessin : maison de 1956, 1 étage, avec jardin",
        ),
    ],
)
def test_the_words_say_what_the_drawing_shows(champs: dict[str, Any], attendu: str):
    assert texte(offre(**champs)) == attendu
    assert lire(dessiner(offre(**champs))).findtext(f"{SVG}title") == attendu


def test_the_drawing_stands_alone_under_a_strict_content_policy():
    racine = lire(dessiner(offre()))
    assert racine.tag == f"{SVG}svg"
    assert (racine.get("viewBox"), racine.get("role")) == ("0 0 320 176", "img")
    for element in racine.iter():
        assert element.tag.removeprefix(SVG) not in {"style", "script", "image", "use", "foreignObject"}
        assert not [nom for nom in element.attrib if nom == "style" or nom.startswith("on") or "href" in nom]


def test_each_age_has_its_own_walls():
    murs = {nom: re.sub("<title>.*</title>", "", dessiner(offre(annee_construction=an))) for nom, an in AGES.items()}
    assert len(set(murs.values())) == 4
    assert murs["inconnu"] == murs["recent"]


def test_words_are_escaped():
    dessin = Dessin()
    dessin.texte((0, 0), "<T2> & « T3 »", "#000", 12)
    assert lire(str(dessin)).text == "<T2> & « T3 »"


def test_numbers_are_short_and_rectangles_of_one_colour_make_one_path():
    assert [nombre(valeur) for valeur in (0, 0.04, 0.5, -0.5, 12.0, 12.34, -12.36)] == [
        *("0", "0", ".5", "-.5", "12", "12.3", "-12.4")
    ]
    dessin = Dessin()
    dessin.rect(Cadre(1, 2, 3, 4), "#abc")
    dessin.rect(Cadre(11, 2, 3, 4), "#abc")
    dessin.rect(Cadre(0, 0, 1, 1), "#def")
    assert str(dessin) == ('<path d="M1 2h3v4h-3zm10 0h3v4h-3z" fill="#abc"/><path d="M0 0h1v1h-1z" fill="#def"/>')
