"""The table of statuses, checked against the guide rather than against itself."""

import pytest

from accounts.models import Role
from candidatures import recit
from candidatures.management.commands import documenter_statuts
from candidatures.models import MOUVEMENTS
from candidatures.statuts import ACTIFS, ETAPE_DE, TRANSITIONS, Action, Statut, actions_ouvertes

FINS = {
    Statut.INVALIDEE,
    Statut.ANNULEE,
    Statut.NON_ATTRIBUEE,
    Statut.IRRECEVABLE,
    Statut.REFUSEE,
    Statut.SANS_REPONSE,
    Statut.BAIL_SIGNE,
    Statut.RETIREE,
    Statut.RADIEE,
    Statut.LIBEREE,
}


def test_one_leaves_every_status_but_the_ends() -> None:
    assert set(Statut) - ACTIFS == FINS


def test_every_status_can_be_reached_from_the_deposit() -> None:
    atteints = {Statut.DEPOSEE}
    for _ in Statut:
        atteints |= {t.vers for t in TRANSITIONS.values() if t.vers and t.depuis & atteints}
    assert atteints == set(Statut)


@pytest.mark.parametrize("statut", [Statut.TRANSMISE, Statut.VISITE, Statut.EN_COMMISSION, Statut.ACCEPTEE])
def test_a_transmitted_candidature_can_never_be_cancelled(statut: Statut) -> None:
    assert Action.ANNULER not in actions_ouvertes(statut, Role.DEMANDEUR)


@pytest.mark.parametrize("statut", [Statut.DEPOSEE, Statut.VALIDEE])
def test_until_transmission_the_applicant_may_cancel_at_any_time(statut: Statut) -> None:
    assert actions_ouvertes(statut, Role.DEMANDEUR) == [Action.ANNULER]


def test_every_rejection_asks_for_its_reason() -> None:
    rejets = {Statut.INVALIDEE, Statut.NON_ATTRIBUEE, Statut.IRRECEVABLE, Statut.REFUSEE}
    rejets |= {Statut.RETIREE, Statut.RADIEE, Statut.LIBEREE}
    assert all(t.motif_obligatoire for t in TRANSITIONS.values() if t.vers in rejets)


def test_the_acts_that_lead_nowhere_else_have_a_sentence_of_their_own() -> None:
    assert set(recit.PHRASES_DES_ACTES) == {action for action, t in TRANSITIONS.items() if t.vers is None}


def test_support_does_nothing_to_a_candidature() -> None:
    assert all(Role.SUPPORT not in t.par for t in TRANSITIONS.values())


def test_nobody_but_the_clock_notes_a_silence() -> None:
    assert TRANSITIONS[Action.EXPIRER].par == {Role.AUTOMATE}


def test_every_status_has_its_step_and_its_sentence() -> None:
    assert set(ETAPE_DE) == set(recit.PHRASES) == set(Statut)


def test_what_is_handed_to_the_migration_is_sorted() -> None:
    assert sorted(MOUVEMENTS) == MOUVEMENTS


def test_the_page_of_the_docs_is_the_table() -> None:
    assert documenter_statuts.FICHIER.read_text() == documenter_statuts.en_markdown(), "manage.py documenter_statuts"
