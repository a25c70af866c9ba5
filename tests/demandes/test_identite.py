"""Names are compared as people write them."""

import pytest

from demandes.identite import simplifier


@pytest.mark.parametrize(
    ("un", "autre"),
    [
        ("Jean-Paul", "JEAN  PAUL"),
        ("D’Alembert", "D'ALEMBERT"),
        ("Éléonore", "eleonore"),
        ("François", "FRANCOIS"),
        ("Cœur", "COEUR"),
        ("  Marie   Claire ", "marie-claire"),
    ],
)
def test_case_accents_hyphens_and_spaces_are_forgiven(un: str, autre: str) -> None:
    assert simplifier(un) == simplifier(autre)


@pytest.mark.parametrize(
    ("un", "autre"), [("Porte", "Portes"), ("Anne", "Anna"), ("Jean", "Jean-Paul"), ("محمد", "علي")]
)
def test_another_name_stays_another_name(un: str, autre: str) -> None:
    assert simplifier(un) != simplifier(autre)
