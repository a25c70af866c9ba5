"""The second wall: as `alin_agent`, PostgreSQL itself shows an agent the demands that he has the leave for."""

import inspect
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import URLPattern
from psycopg.conninfo import make_conninfo
from psycopg_pool import ConnectionPool

from accounts import urls_agents
from accounts.models import Entreprise, User
from accounts.mur import ROLE_D_AGENT, derriere_le_mur, est_derriere_le_mur, par_la_porte
from candidatures import urls_service_logement, workflow
from candidatures.exports import ExportDeSalaries, Format
from candidatures.models import Candidature, Evenement
from candidatures.salaries import export as exports
from demandes.consentement import retirer_son_accord, tenir_l_accord
from demandes.models import Demande
from offres import baremes
from tests.candidatures.test_mes_donnees_completes import modeles_personnels
from tests.candidatures.test_registres import portail  # noqa: F401  (a fixture)
from tests.entreprise.etats import ETATS, monde
from tests.factories import (
    SIRETS,
    AppartenanceFactory,
    ConsentementFactory,
    DemandeFactory,
    EntrepriseFactory,
    OffreFactory,
)

pytestmark = pytest.mark.django_db

PAR_DEMANDE = {
    "demandes_demande": "id",
    "demandes_emploi": "demande_id",
    "demandes_instantane": "demande_id",
    "candidatures_candidature": "demande_id",
}
PRENDRE = "SET LOCAL ROLE alin_agent; SELECT set_config('alin.agent', %s, true)"


def lire(sql: str, agent: User | None, *valeurs: Any) -> list[tuple[Any, ...]]:
    """The rows of a raw query, asked as `alin_agent`; everything is given back afterwards."""
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(PRENDRE, [str(agent.pk) if agent else ""])
        curseur.execute(sql, valeurs)
        lignes: list[tuple[Any, ...]] = curseur.fetchall()
        transaction.set_rollback(True)
    return lignes


@pytest.mark.parametrize("etat", ETATS)
def test_raw_sql_sees_what_the_leave_allows_and_the_queryset_agrees(etat: str) -> None:
    demande, agent = monde(etat)
    DemandeFactory(valide=True)  # somebody else's, who never gave a leave
    voit = ETATS[etat][1]
    for table, colonne in PAR_DEMANDE.items():
        vues = lire(f"SELECT DISTINCT {colonne} FROM {table}", agent)
        assert vues == ([(demande.pk,)] if voit else []), table
    personnes = {pk for (pk,) in lire("SELECT id FROM accounts_user", agent)}
    assert personnes - {agent.pk} == ({demande.demandeur_id} if voit else set())
    assert Demande.objects.visibles_par(agent).filter(pk=demande.pk).exists() == voit
    accords = lire("SELECT entreprise_id FROM demandes_consentement", agent)
    assert {pk for (pk,) in accords} <= {e.pk for e in Entreprise.objects.suivies_par(agent)}


def test_nobody_named_sees_nobody() -> None:
    monde("in force")
    assert [lire(f"SELECT * FROM {table}", None) for table in PAR_DEMANDE] == [[]] * len(PAR_DEMANDE)
    assert lire("SELECT id FROM accounts_user", None) == []


def test_the_journal_is_seen_with_its_candidature() -> None:
    demande, agent = monde("in force")
    for candidature_id in (demande.candidatures.get().pk, uuid4()):
        Evenement.objects.create(
            candidature_id=candidature_id, offre_id=uuid4(), action="postuler", vers="deposee", par_id=agent.pk,
            par_role=agent.role,
        )  # fmt: skip
    assert lire("SELECT candidature_id FROM candidatures_evenement", agent) == [(demande.candidatures.get().pk,)]


def droits() -> dict[str, set[str]]:
    """What the role may do, table by table."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT table_name, privilege_type FROM information_schema.table_privileges WHERE grantee = 'alin_agent'"
        )
        lignes = curseur.fetchall()
    return {table: {droit for nom, droit in lignes if nom == table} for table, _ in lignes}


def test_the_role_reads_and_never_writes_and_every_personal_table_it_reads_has_its_policy() -> None:
    tables = droits()
    assert set.union(*tables.values()) == {"SELECT"}
    with connection.cursor() as curseur:
        curseur.execute("SELECT tablename FROM pg_policies WHERE 'alin_agent' = ANY(roles)")
        bornees = {nom for (nom,) in curseur.fetchall()}
        curseur.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        assert bornees <= {nom for (nom,) in curseur.fetchall()}
    personnelles = {modele._meta.db_table for modele in modeles_personnels()}
    ouvertes = {"offres_photo", "offres_offre", "offres_bailleur"}
    assert (set(tables) & personnelles) - bornees - ouvertes == set()
    interdites = ("demandes_piececonfirmee", "candidatures_lien", "accounts_courriel", "accounts_consultation")
    assert not set(tables) & {*interdites, "mfa_authenticator", "django_session", "demandes_importation"}


@pytest.mark.parametrize("ordre", ["DELETE FROM {}", "UPDATE {} SET id = id", "INSERT INTO {} DEFAULT VALUES"])
def test_the_role_can_write_nowhere(ordre: str) -> None:
    agent = monde("in force")[1]
    for table in (*PAR_DEMANDE, "accounts_user", "candidatures_evenement", "accounts_appartenance"):
        with pytest.raises(DatabaseError, match="permission denied"), derriere_le_mur(agent):
            connection.cursor().execute(ordre.format(table))
    assert Demande.objects.count() == 1


PORTES = {
    *("anonymes", "chiffres", "annee", "manque_une_piece", "prochain_rappel"),  # counts, a verdict, a date
    *("bandeaux_de", "regards"),  # what the top of the page says of its reader; what his own service did
    *("consigner", "_refuser"),  # the registers
    *("postuler", "avancer", "confirmer_l_emploi", "ecrire_une_note", "rappeler_le_dossier", "demander", "ouvrir"),
}
"""Whoever reads files as the portal in an agent's page: functions that hand over none."""


def espionner(agir: Callable[[], Any]) -> list[str]:
    """Under which role each query on people's files ran; « porte » for one of `PORTES`."""
    roles: list[str] = []

    def noter(executer: Callable[..., Any], sql: str, valeurs: Any, en_nombre: bool, contexte: dict[str, Any]) -> Any:
        if 'FROM "demandes_' in sql or 'FROM "candidatures_' in sql or 'FROM "accounts_inv' in sql:
            role = connection.connection.execute("SELECT current_user").fetchone()[0]
            pile = {cadre.function for cadre in inspect.stack(0)} if role != ROLE_D_AGENT else set()
            roles.append("porte" if pile & PORTES else role)
        return executer(sql, valeurs, en_nombre, contexte)

    with connection.execute_wrapper(noter):
        agir()
    return roles


PAGES = [("", motif) for motif in urls_service_logement.urlpatterns] + [("agents/", m) for m in urls_agents.urlpatterns]


def adresse(debut: str, motif: URLPattern, demande: Demande) -> str:
    chemin = debut + str(motif.pattern)
    for nom, convertisseur in motif.pattern.converters.items():
        uuid = demande.pk if nom == "pk" else uuid4()
        valeur = uuid if "UUID" in type(convertisseur).__name__ else 1
        avant, _, apres = chemin.partition(f":{nom}>")
        chemin = avant.rpartition("<")[0] + str(valeur) + apres
    return f"/service-logement/{chemin}"


def test_every_page_of_the_service_reads_files_as_the_agents_role(client: Client) -> None:
    demande, agent = monde("in force")
    client.force_login(agent)
    lus = set()
    for debut, motif in PAGES:
        chemin = adresse(debut, motif, demande)
        roles = espionner(partial(client.get, chemin))
        lus |= set(roles if client.get(chemin).status_code == 200 else roles[:1])
        lus |= set(espionner(partial(client.post, chemin))[:1])
        assert lus <= {ROLE_D_AGENT, "porte"}, chemin
        assert not est_derriere_le_mur()
    assert lus == {ROLE_D_AGENT, "porte"}


def test_a_file_of_employees_reads_their_demands_as_the_agents_role() -> None:
    demande, agent = monde("in force")
    export = exports.demander("", Format.CSV, par=agent)
    roles: list[str] = []

    def noter(executer: Callable[..., Any], sql: str, *reste: Any) -> Any:
        if 'FROM "demandes_demande"' in sql or 'FROM "accounts_user" INNER JOIN' in sql:
            roles.append(connection.connection.execute("SELECT current_user").fetchone()[0])
        return executer(sql, *reste)

    with connection.execute_wrapper(noter):
        exports.fabriquer(export.pk)
    assert set(roles) == {ROLE_D_AGENT}
    assert demande.demandeur.nom_naissance in exports.ouvrir(export_lu(export)).decode("utf-8-sig")


def export_lu(export: ExportDeSalaries) -> ExportDeSalaries:
    export.refresh_from_db()
    return export


def test_a_page_that_forgets_the_first_wall_still_meets_the_second() -> None:
    demande, agent = monde("withdrawn")
    with derriere_le_mur(agent):
        assert not Demande.objects.filter(pk=demande.pk).exists()
        assert not Candidature.objects.exists()
        with par_la_porte():
            assert Demande.objects.filter(pk=demande.pk).exists()
        assert not Demande.objects.exists()
        with pytest.raises(ValueError, match="en route"), par_la_porte():
            raise ValueError("en route")
        assert not Demande.objects.exists()
    assert Demande.objects.exists()


def test_the_door_is_no_door_for_the_others() -> None:
    with par_la_porte(), connection.cursor() as curseur:
        curseur.execute("SELECT current_user = session_user")
        assert curseur.fetchone() == (True,)


def test_an_agent_applies_through_the_door_and_no_more_once_the_leave_is_withdrawn() -> None:
    baremes.charger()
    demande, agent = monde("in force")
    Candidature.objects.all().delete()
    offres = [OffreFactory(), OffreFactory()]
    with derriere_le_mur(agent):
        assert workflow.postuler(demande, offres[0], par=agent).offre == offres[0]
    Candidature.objects.all().delete()
    retirer_son_accord(demande)
    with pytest.raises(workflow.CandidatureRefusee, match="plus accès"), derriere_le_mur(agent):
        workflow.postuler(demande, offres[1], par=agent)
    assert not Candidature.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_act_that_waited_for_a_withdrawal_sees_it() -> None:
    demande, agent = monde("in force")
    parti, reponses = threading.Event(), list[bool]()

    def agir() -> None:
        with transaction.atomic():
            parti.set()
            reponses.append(tenir_l_accord(demande, par=agent))
        connection.close()

    fil = threading.Thread(target=agir)
    with transaction.atomic():
        retirer_son_accord(demande)
        fil.start()
        parti.wait()
        fil.join(0.3)
        assert reponses == []  # it waits
    fil.join()
    assert reponses == [False]


@pytest.fixture
def bassin(portail: psycopg.Connection) -> Iterator[ConnectionPool]:  # noqa: F811
    """One connection of the portal's own role, given to one person after the other."""
    with ConnectionPool(make_conninfo(**_cles(portail)), min_size=1, max_size=1) as un_seul:
        yield un_seul


def _cles(connexion: psycopg.Connection) -> dict[str, Any]:
    return {**connexion.info.get_parameters(), "password": connexion.info.password}


@pytest.mark.django_db(transaction=True)
def test_two_agents_on_one_pooled_connection_see_only_theirs(bassin: ConnectionPool) -> None:
    postes = [AppartenanceFactory(entreprise=EntrepriseFactory(siret=s, nom=s)) for s in SIRETS[:2]]
    siennes = [ConsentementFactory(entreprise=poste.entreprise).demande_id for poste in postes]
    processus = set()
    for poste, sienne in [*zip(postes, siennes, strict=True)] * 2:
        with bassin.connection() as connexion, connexion.transaction():
            processus.add(connexion.info.backend_pid)
            connexion.execute("SET LOCAL ROLE alin_agent")
            connexion.execute("SELECT set_config('alin.agent', %s, true)", [str(poste.agent_id)])
            assert connexion.execute("SELECT id FROM demandes_demande").fetchall() == [(sienne,)]
        with bassin.connection() as connexion:  # whoever comes next is no agent
            assert connexion.execute("SELECT count(*) FROM demandes_demande").fetchone() == (2,)
            assert connexion.execute("SELECT current_user, current_setting('alin.agent', true)").fetchone() == (
                "alin",
                "",
            )
    assert len(processus) == 1


@pytest.mark.django_db(transaction=True)
def test_nobody_signs_in_as_an_agent_and_the_portal_has_nothing_of_the_role_by_default(portail) -> None:  # noqa: F811
    ligne = portail.execute(
        "SELECT rolcanlogin, rolsuper, rolbypassrls, pg_has_role('alin', 'alin_agent', 'USAGE') FROM pg_roles"
        " WHERE rolname = 'alin_agent'"
    ).fetchone()
    assert ligne == (False, False, False, False)
