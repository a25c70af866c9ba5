"""The access matrix: every address of the portal, the admin's included, for everybody, read and write.

The table is `matrice.txt`, a literal. An address that is missing from it fails, and so does a line that leads nowhere.
"""

from pathlib import Path

import pytest
from django.urls import resolve

from tests.acces.monde import PERSONNES, Monde, reponse, routes
from tests.registre import Registre

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("matrice.txt")
LIGNES = [ligne.split() for ligne in TABLE.read_text().splitlines() if not ligne.startswith("#")]


@pytest.mark.parametrize("personne", PERSONNES)
def test_everybody_gets_what_the_table_says_and_nothing_else(personne: str, registre: Registre) -> None:
    monde = Monde.creer()
    session, colonne = monde.session(personne), 1 + PERSONNES.index(personne)
    ecarts = []
    for ligne in LIGNES:
        chemin = ligne[0].format(**monde.objets)
        obtenu = ":".join(reponse(session, methode, chemin) for methode in ("get", "post"))
        if obtenu != ligne[colonne]:
            ecarts.append(f"{ligne[0]} : {obtenu} au lieu de {ligne[colonne]}")
    assert ecarts == []


def test_no_address_of_the_portal_is_missing_from_the_table() -> None:
    monde = Monde.creer()
    dites = {resolve(ligne[0].format(**monde.objets)).route for ligne in LIGNES}
    assert routes() - dites == set()


def test_the_table_is_full_and_says_each_address_once() -> None:
    assert [ligne for ligne in LIGNES if len(ligne) != 1 + len(PERSONNES)] == []
    assert len({ligne[0] for ligne in LIGNES}) == len(LIGNES)
    cellules = sum(cellule.count(":") + 1 for ligne in LIGNES for cellule in ligne[1:])
    assert cellules == 2 * len(PERSONNES) * len(LIGNES)
    print(f"{cellules} cellules")  # noqa: T201 -- the count that the closing note gives
