"""Months, notices and keys: what changes in the list of documents when only the date does."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from demandes.pieces import pieces_attendues
from demandes.sne.dossier import DossierSNE
from tests.demandes.foyers import a_charge, avec, foyer, une_personne


def en_bref(demande: DossierSNE, jour: date) -> list[str]:
    """« d’octobre 2026 », « avis 2026 »: the documents that come back."""
    pieces = [piece.libelle for piece in pieces_attendues(demande, jour)]
    bulletins = [p.removeprefix("Bulletin de salaire privé / public du mois ").split(" ou ")[0] for p in pieces]
    return [p for p in bulletins if p.startswith(("de ", "d’"))] + [
        f"avis {p[18:22]}" for p in pieces if "Avis d’imp" in p
    ]


@pytest.mark.parametrize(
    ("jour", "attendues"),
    [
        (date(2026, 11, 1), ["d’octobre 2026", "de septembre 2026", "d’août 2026", "avis 2025", "avis 2026"]),
        (date(2026, 10, 31), ["de septembre 2026", "d’août 2026", "de juillet 2026", "avis 2025", "avis 2026"]),
        (date(2021, 10, 15), ["de septembre 2021", "d’août 2021", "de juillet 2021", "avis 2020", "avis 2021"]),
        (date(2027, 1, 1), ["de décembre 2026", "de novembre 2026", "d’octobre 2026", "avis 2026"]),
        (date(2027, 1, 31), ["de décembre 2026", "de novembre 2026", "d’octobre 2026", "avis 2026"]),
        (date(2027, 3, 31), ["de février 2027", "de janvier 2027", "de décembre 2026", "avis 2026"]),
        (date(2028, 2, 29), ["de janvier 2028", "de décembre 2027", "de novembre 2027", "avis 2027"]),
        (date(2028, 3, 1), ["de février 2028", "de janvier 2028", "de décembre 2027", "avis 2027"]),
        (date(2026, 5, 4), ["d’avril 2026", "de mars 2026", "de février 2026", "avis 2025"]),
        (date(2026, 8, 31), ["de juillet 2026", "de juin 2026", "de mai 2026", "avis 2025"]),
        (date(2026, 9, 1), ["d’août 2026", "de juillet 2026", "de juin 2026", "avis 2025", "avis 2026"]),
        (date(2026, 12, 31), ["de novembre 2026", "d’octobre 2026", "de septembre 2026", "avis 2025", "avis 2026"]),
    ],
)
def test_payslips_and_notices_of_a_day(jour: date, attendues: list[str]) -> None:
    assert en_bref(foyer(), jour) == attendues


def cles(demande: DossierSNE, jour: date) -> set[str]:
    return {piece.cle.partition(":")[2] for piece in pieces_attendues(demande, jour)}


def test_a_new_month_only_adds_its_payslip() -> None:
    avant, apres = cles(foyer(), date(2026, 11, 30)), cles(foyer(), date(2026, 12, 1))
    assert (apres - avant, avant - apres) == ({"bulletin:2026-11"}, {"bulletin:2026-08"})


def test_september_adds_the_notice_and_january_drops_the_old_one() -> None:
    assert cles(foyer(), date(2026, 9, 1)) - cles(foyer(), date(2026, 8, 31)) == {"bulletin:2026-08", "avis:2026"}
    assert cles(foyer(), date(2026, 12, 31)) - cles(foyer(), date(2027, 1, 1)) == {"bulletin:2026-09", "avis:2025"}


def test_the_day_inside_a_month_changes_nothing() -> None:
    premier = pieces_attendues(foyer(), date(2028, 2, 1))
    assert all(pieces_attendues(foyer(), date(2028, 2, 1) + timedelta(days=n)) == premier for n in range(29))


def test_somebody_born_on_29_february_comes_of_age_on_1_march_of_an_ordinary_year() -> None:
    demande = foyer(une_personne(), a_charge("2008-02-29"))
    assert "enfants" in cles(demande, date(2026, 2, 28))
    assert "enfants" not in cles(demande, date(2026, 3, 1))


def test_keys_are_those_that_were_stored_before() -> None:
    """Written by hand: they are in the database of whoever ticked them."""
    demande = foyer(
        une_personne("CDI", nationalite="3", famille="D"), a_charge("2020-01-01"), logement="CP", motifs="04"
    )
    assert {piece.cle for piece in pieces_attendues(demande, date(2026, 11, 22))} == {
        "4a54f79e:sejour",
        "4a54f79e:bulletin:2026-10",
        "4a54f79e:bulletin:2026-09",
        "4a54f79e:bulletin:2026-08",
        "4a54f79e:avis:2025",
        "4a54f79e:avis:2026",
        "4a54f79e:divorce",
        "foyer:enfants",
        "foyer:hebergeant",
        "foyer:motif:04",
    }


def test_a_change_of_one_answer_keeps_the_other_keys() -> None:
    avant = {piece.cle for piece in pieces_attendues(foyer(une_personne(), avec()), date(2026, 11, 22))}
    apres = foyer(une_personne(), replace(avec("CHO"), nom="Martin"), logement="HLM")
    nouvelles = {piece.cle for piece in pieces_attendues(apres, date(2026, 11, 22))} - avant
    assert {cle.partition(":")[2] for cle in nouvelles} == {"chomage", "bail", "quittance", "patrimoine"}
