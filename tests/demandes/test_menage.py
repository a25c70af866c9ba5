"""The household category of the ceilings, case by case (arrêté of 29 July 1987)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from demandes.menage import categorie
from demandes.sne.dossier import Lien, PersonneACharge
from tests.factories import adulte, dossier

JOUR = date(2026, 11, 23)


def foyer(
    naissances: tuple[int, ...], enfants: int = 0, *, a_naitre: int = 0, lien: Lien = Lien.CONCUBIN, **autres: Any
):
    """Adults born on 1 January of these years, with this many children."""
    premier, *suivants = [adulte(date_naissance=date(annee, 1, 1)) for annee in naissances]
    return dossier(
        demandeur=replace(premier, invalidite=autres.get("invalidite", False)),
        cotitulaires=tuple(replace(autre, lien=lien) for autre in suivants),
        personnes_a_charge=tuple(
            PersonneACharge("GIGI", f"ENFANT{n}", date(2020, 1, 1), "F", "E", invalidite=autres.get("enfant", False))
            for n in range(enfants)
        ),
        nombre_a_naitre=a_naitre,
    )


@pytest.mark.parametrize(
    ("situation", "attendu"),
    [
        pytest.param(foyer((1980,)), (1, 0), id="one person alone"),
        pytest.param(foyer((1980,), invalidite=True), (2, 0), id="one disabled person"),
        pytest.param(foyer((1980, 1980)), (2, 0), id="two people, 92 years together"),
        pytest.param(foyer((1999, 1998)), (3, 0), id="young couple, 55 years together"),
        pytest.param(foyer((1999, 1997)), (2, 0), id="couple of 56 years together"),
        pytest.param(foyer((2000, 2000), lien=Lien.COLOCATAIRE), (2, 0), id="two young flatmates are not a couple"),
        pytest.param(foyer((2000, 2000), 1), (3, 0), id="young couple with a child"),
        pytest.param(foyer((1980, 1980), invalidite=True), (3, 0), id="two people, one disabled"),
        pytest.param(foyer((2000, 2000), invalidite=True), (3, 0), id="increments do not add up"),
        pytest.param(foyer((1980,), 1), (3, 0), id="one adult and a child"),
        pytest.param(foyer((1980,), a_naitre=1), (3, 0), id="one adult and a child to come"),
        pytest.param(foyer((1980,), 2), (4, 0), id="one adult and two children"),
        pytest.param(foyer((1980,), 3), (5, 0), id="one adult and three children"),
        pytest.param(foyer((1980,), 4), (6, 0), id="one adult and four children"),
        pytest.param(foyer((1980,), 5), (6, 0), id="one adult and five children"),
        pytest.param(foyer((1980, 1980), 1), (3, 0), id="three people"),
        pytest.param(foyer((1980, 1980), 1, enfant=True), (4, 0), id="three people, the child disabled"),
        pytest.param(foyer((1980, 1980), 2), (4, 0), id="four people"),
        pytest.param(foyer((1980, 1980), 4), (6, 0), id="six people"),
        pytest.param(foyer((1980, 1980), 4, invalidite=True), (6, 0), id="six people, one disabled"),
        pytest.param(foyer((1980, 1980), 5), (6, 1), id="seven people"),
        pytest.param(foyer((1980, 1980), 7, a_naitre=1), (6, 4), id="ten people"),
        pytest.param(foyer((1980, 1980, 1982), lien=Lien.COLOCATAIRE), (3, 0), id="three flatmates"),
    ],
)
def test_the_category_of_a_household(situation, attendu):
    assert categorie(situation, JOUR) == attendu


def test_a_couple_stops_being_young_on_a_birthday():
    couple = dossier(
        demandeur=adulte(date_naissance=date(1998, 11, 24)),
        cotitulaires=(adulte(date_naissance=date(1998, 6, 1), lien=Lien.PACSE),),
        personnes_a_charge=(),
    )

    assert categorie(couple, date(2026, 11, 23)) == (3, 0)  # 27 + 28
    assert categorie(couple, date(2026, 11, 24)) == (2, 0)  # 28 + 28
