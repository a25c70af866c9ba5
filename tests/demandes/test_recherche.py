"""« Dans quel département cherchez-vous ? »: whatever people type leads to a registration site (guide #1 and #3)."""

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from demandes.recherche import chercher, simplifier

pytestmark = pytest.mark.xdist_group("départements")


@pytest.fixture(scope="module", autouse=True)
def _reference(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """All the communes and départements, loaded once for this module, in a transaction that is thrown away.

    Without the mark `django_db`, that would check every foreign key of 35 000 communes after each test.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("charger_reference", stdout=StringIO())
        yield
        transaction.set_rollback(True)


def codes(texte: str) -> list[str]:
    return [proposition.departement.code for proposition in chercher(texte)]


@pytest.mark.parametrize(
    ("texte", "code"),
    [
        ("29", "29"),
        (" 1 ", "01"),
        ("2A", "2A"),
        ("2b", "2B"),
        ("02A", "2A"),
        ("075", "75"),
        ("971", "971"),
        ("Finistère", "29"),
        ("finistere", "29"),
        ("FINIST", "29"),
        ("Cotes d'Armor", "22"),
        ("Côtes-d’Armor", "22"),
        ("val d oise", "95"),
        ("la réunion", "974"),
        ("75011", "75"),
        ("29200", "29"),
        ("20000", "2A"),
        ("20200", "2B"),
        ("97410", "974"),
        ("Brest", "29"),
        ("St Étienne", "42"),
        ("Saint-Etienne", "42"),
        ("Paris 11", "75"),
        ("Paris 11ème", "75"),
        ("Lyon", "69"),
        ("Évry-Courcouronnes", "91"),
        ("Épinay sur Seine", "93"),
        ("le havre", "76"),
        ("havre", "76"),
        ("Paris", "75"),
        ("Nimes", "30"),
        ("Œting", "57"),
    ],
)
def test_a_name_a_number_a_postal_code_or_a_commune_leads_first_to_its_departement(texte: str, code: str) -> None:
    assert codes(texte)[0] == code


@pytest.mark.parametrize(
    ("texte", "nombre", "exemple"),
    [("Ile de france", 8, "93"), ("île-de-FRANCE", 8, "75"), ("Occitanie", 13, "31"), ("Bretagne", 4, "35")],
)
def test_a_region_gives_all_its_departements(texte: str, nombre: int, exemple: str) -> None:
    trouves = chercher(texte)
    assert len(trouves) >= nombre
    assert all(proposition.pourquoi.startswith("région ") for proposition in trouves[:nombre])
    assert exemple in codes(texte)


def test_a_name_that_several_bear_gives_them_all_the_departement_first() -> None:
    assert codes("Vienne")[0] == "86"
    assert "38" in codes("Vienne")  # the town beside Lyon
    assert codes("Loire")[0] == "42"
    assert "44" in codes("Loire")


@pytest.mark.parametrize("texte", ["", "  ", "zzzz", "99", "99999", "%", "'", "é", "0", "🏠", "x" * 80])
def test_what_means_nothing_gives_nothing(texte: str) -> None:
    assert chercher(texte) == [] or len(simplifier(texte)) == 1


def test_the_page_says_the_guides_sentence_and_works_without_a_script(client: Client) -> None:
    page = " ".join(client.get(reverse("demandes:departement"), {"q": "finistere"}).content.decode().split())
    assert "Votre département de recherche est celui du «&nbsp;Finistère&nbsp;»" in page
    assert 'href="https://www.demandelogement29.fr/imhowebGP29/"' in page
    assert 'value="finistere"' in page


def test_as_one_types_only_the_answer_is_sent(client: Client) -> None:
    reponse = client.get(reverse("demandes:departement"), {"q": "ile de france"}, headers={"HX-Request": "true"})
    fragment = reponse.content.decode()
    assert "<h1" not in fragment
    assert "8 départements possibles" in fragment
    assert "93 – Seine-Saint-Denis" in fragment


@pytest.mark.parametrize("texte", ["x" * 500, "a\x00b", "<script>alert(1)</script>", "zzzz"])
def test_odd_words_are_answered_with_a_sentence(texte: str, client: Client) -> None:
    reponse = client.get(reverse("demandes:departement"), {"q": texte})
    assert reponse.status_code == 200
    assert "<script>alert" not in reponse.content.decode()
