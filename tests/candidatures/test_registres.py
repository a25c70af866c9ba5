"""The registers: lines never change, and leave by the purge alone, once they are old."""

import os
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone
from psycopg.conninfo import make_conninfo

from accounts.models import Consultation, Role
from accounts.purge import purger
from candidatures.conservation import conserver
from candidatures.models import Evenement, Passage
from candidatures.statuts import Statut
from tests.factories import CandidatureFactory

REGISTRES = [Consultation, Evenement]
pytestmark = pytest.mark.django_db


def ligne(registre: type[models.Model], ans: float, **champs: object) -> models.Model:
    """A line written that long ago."""
    le = timezone.now() - timedelta(days=round(ans * 365.25))
    if registre is Consultation:
        return Consultation.objects.create(
            le=le, par_id=uuid4(), par_nom="Claire Fontaine", par_role=Role.CONSEILLER, objet="La demande",
            objet_id=uuid4(), demandeur_id=uuid4(),
        )  # fmt: skip
    defauts = {"candidature_id": uuid4(), **champs}
    return Evenement.objects.create(
        le=le,
        offre_id=uuid4(),
        action="postuler",
        vers=Statut.DEPOSEE,
        par_id=uuid4(),
        par_role=Role.DEMANDEUR,
        **defauts,
    )


@pytest.mark.parametrize("registre", REGISTRES)
def test_lines_leave_after_five_years_by_the_nightly_passage(registre: type[models.Model], caplog):
    ligne(registre, 5.1)
    recente = ligne(registre, 4.9)
    caplog.set_level("INFO")
    nombres = {passage.regle: passage.nombre for passage in conserver()}
    assert nombres["consultations" if registre is Consultation else "journal"] == 1
    assert list(registre._default_manager.all()) == [recente]
    assert f"Registre {registre._meta.label} : 1 lignes purgées." in caplog.messages


def test_the_journal_of_a_candidature_that_is_still_here_stays_with_it():
    candidature = CandidatureFactory()
    ligne(Evenement, 7, candidature_id=candidature.pk)
    assert {p.nombre for p in conserver() if p.regle == "journal"} == {0}
    candidature.demande.delete()
    assert {p.nombre for p in conserver() if p.regle == "journal"} == {1}


@pytest.mark.parametrize("registre", REGISTRES)
def test_the_purge_itself_cannot_take_a_line_that_is_young(registre: type[models.Model]):
    vieille, jeune = ligne(registre, 6), ligne(registre, 1)
    with pytest.raises(DatabaseError, match="Cannot delete"):
        purger(registre, [vieille.pk, jeune.pk])
    assert registre._default_manager.count() == 2


@pytest.mark.parametrize("registre", REGISTRES)
def test_not_even_the_owner_of_the_tables_changes_or_deletes_a_line(registre: type[models.Model]):
    ligne(registre, 6)
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        registre._default_manager.all().delete()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        registre._default_manager.update(le=timezone.now())
    assert registre._default_manager.count() == 1


def test_the_role_of_the_purge_is_given_back_at_once():
    purger(Consultation, [ligne(Consultation, 6).pk])
    with connection.cursor() as curseur:
        curseur.execute("SELECT current_user = session_user")
        assert curseur.fetchone() == (True,)


@pytest.fixture
def portail(transactional_db: None) -> Iterator[psycopg.Connection]:
    """The portal's own role, on the database of the test."""
    if "ALIN_URL_PORTAIL" not in os.environ:
        pytest.skip("needs the embedded server, whose roles are those of roles.sql")
    base = make_conninfo(os.environ["ALIN_URL_PORTAIL"], dbname=str(connection.settings_dict["NAME"]))
    with psycopg.connect(base, autocommit=True) as connexion:
        yield connexion


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("registre", REGISTRES)
@pytest.mark.parametrize("ordre", ["DELETE FROM {}", "UPDATE {} SET le = now()", "TRUNCATE {}"])
def test_the_portal_s_role_can_neither_delete_nor_change_nor_empty(portail, registre: type[models.Model], ordre: str):
    """Not even by telling the triggers to look away, as their library allows."""
    ligne(registre, 6)
    table = registre._meta.db_table
    declencheurs = portail.execute("SELECT array_agg(tgname)::text FROM pg_trigger WHERE NOT tgisinternal").fetchone()[
        0
    ]
    portail.execute("SELECT set_config('pgtrigger.ignore', %s, false)", [declencheurs])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        portail.execute(ordre.format(table))
    assert registre._default_manager.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_portal_s_role_purges_old_lines_by_taking_the_role_made_for_it(portail):
    ligne(Consultation, 6)
    with portail.transaction():
        portail.execute("SET LOCAL ROLE alin_purge")
        assert portail.execute("DELETE FROM accounts_consultation").rowcount == 1
        with pytest.raises(psycopg.errors.InsufficientPrivilege), portail.transaction():
            portail.execute("DELETE FROM accounts_user")
    ligne(Consultation, 1)
    with portail.transaction(force_rollback=True):
        portail.execute("SET LOCAL ROLE alin_purge")
        with pytest.raises(psycopg.errors.RaiseException, match="Cannot delete"), portail.transaction():
            portail.execute("DELETE FROM accounts_consultation")


@pytest.mark.django_db(transaction=True)
def test_nobody_signs_in_as_the_purge(portail):
    assert portail.execute("SELECT rolcanlogin, rolsuper FROM pg_roles WHERE rolname = 'alin_purge'").fetchone() == (
        False,
        False,
    )
    assert Passage.objects.count() == 0
