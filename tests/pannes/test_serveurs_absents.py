"""Valkey gone: applying takes the usual time and the mail leaves once it is back. PostgreSQL gone: whole rows and a
service that resumes by itself."""

import contextlib
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Courriel
from accounts.tasks import livrer_courriels
from alin.embarque.essais import dossier_jetable
from alin.embarque.valkey import Valkey
from offres import baremes
from tests.facteur import Boite
from tests.pannes.conftest import attendre
from tests.pannes.gens import GABARIT, Postulant, verifier_que_rien_n_est_a_moitie
from tests.pannes.portail import portail

pytestmark = [pytest.mark.panne, pytest.mark.django_db(transaction=True)]
OUVRIER = ("celery", "-A", "alin", "worker", "-c", "1", "-l", "warning", "--without-gossip", "--without-mingle")
Lancer = Callable[..., "subprocess.Popen[bytes]"]
LONGTEMPS = 300
"""Seconds before a test that hangs is stopped."""
FOIS_PLUS_LENT = 3
"""Applying without Valkey beside applying with it, medians of one run: waiting for it would make it dozens."""


@pytest.fixture
def valkey() -> Iterator[Valkey]:
    """One of this test's own, to be killed."""
    with dossier_jetable() as dossier:
        serveur = Valkey(dossier, dossier)
        serveur.demarrer()
        yield serveur
        serveur.arreter()


def sans_valkey(
    gens: int, boite: Boite, environnement: dict[str, str], lancer: Lancer, valkey: Valkey, journal: Path
) -> None:
    baremes.charger()
    environnement = environnement | {"REDIS_URL": valkey.url()}
    with portail(environnement, journal) as adresse:
        tous = [Postulant.devant(adresse) for _ in range(2 * gens + 2)]
        for un in tous[:2]:
            un.post()  # a process prepares what it has not asked yet
        avec = [_duree(un) for un in tous[2 : gens + 2]]
        assert valkey.processus is not None
        valkey.processus.send_signal(signal.SIGKILL)
        valkey.processus.wait()
        sans = [_duree(un) for un in tous[gens + 2 :]]
        assert {reponse.status_code for un in tous for reponse in un.reponses} == {302}
        assert [un.lignes for un in tous] == [(1, 1, 1)] * len(tous)
        print(f"médianes : {1000 * median(avec):.0f} ms avec Valkey, {1000 * median(sans):.0f} ms sans")  # noqa: T201
        assert median(sans) < FOIS_PLUS_LENT * median(avec)
        assert Courriel.objects.filter(gabarit=GABARIT, envoye_le=None).count() == len(tous)
        valkey.demarrer()
        lancer(environnement, *OUVRIER)
        attendre(lambda: _sonner_et_voir(valkey, len(tous)), LONGTEMPS)
    recus = {str(message["To"]) for message in boite.messages()}
    assert {un.demande.demandeur.email for un in tous} <= recus


def _duree(lui: Postulant) -> float:
    debut = time.perf_counter()
    lui.post()
    return time.perf_counter() - debut


def _sonner_et_voir(valkey: Valkey, attendus: int) -> bool:
    """As beat does every five seconds, through the Valkey that is back."""
    app = livrer_courriels.app
    adresse = valkey.url().replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
    Courriel.objects.filter(envoye_le=None).update(prochain_essai_le=timezone.now())
    with app.connection_for_write(adresse) as vers:
        app.send_task(livrer_courriels.name, connection=vers, expires=5)
    time.sleep(0.3)
    return Courriel.objects.filter(gabarit=GABARIT).exclude(envoye_le=None).count() == attendus


@pytest.mark.epreuve
def test_without_valkey_one_applies_in_the_usual_time_and_the_mail_leaves_when_it_is_back(
    boite: Boite, environnement: dict[str, str], lancer: Lancer, valkey: Valkey, tmp_path: Path
) -> None:
    sans_valkey(6, boite, environnement, lancer, valkey, tmp_path / "portail.log")


@pytest.mark.epreuve
def test_without_valkey_a_hundred_people_apply_in_the_usual_time(
    boite: Boite, environnement: dict[str, str], lancer: Lancer, valkey: Valkey, tmp_path: Path
) -> None:
    sans_valkey(100, boite, environnement, lancer, valkey, tmp_path / "portail.log")


@contextlib.contextmanager
def base_fermee(environnement: dict[str, str]) -> Iterator[None]:
    """Every connection of the portal is cut, and the database takes no other: as when PostgreSQL restarts."""
    nom = str(connection.settings_dict["NAME"])
    connection.close()
    with psycopg.connect(environnement["DATABASE_URL"], dbname="template1", autocommit=True) as ailleurs:
        ailleurs.execute(f'ALTER DATABASE "{nom}" ALLOW_CONNECTIONS false')
        ailleurs.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [nom])
        try:
            yield
        finally:
            ailleurs.execute(f'ALTER DATABASE "{nom}" ALLOW_CONNECTIONS true')


def postuler_sous_la_coupure(gens: int, coupures: int, environnement: dict[str, str], journal: Path) -> None:
    """Four browsers apply one after the other while the database closes and opens again; then everybody has applied."""
    baremes.charger()
    with portail(environnement, journal) as adresse:
        tous = [Postulant.devant(adresse) for _ in range(gens)]
        file, fini = iter(tous), threading.Event()

        def naviguer() -> None:
            for lui in file:
                while not (lui.reponses and lui.reponses[-1].status_code == 302) and not fini.is_set():
                    lui.post()
                    time.sleep(0.05)

        fils = [threading.Thread(target=naviguer) for _ in range(1 if gens < 4 else 4)]
        for fil in fils:
            fil.start()
        try:
            for _ in range(coupures):
                time.sleep(0.5)
                with base_fermee(environnement):
                    time.sleep(1)
            for fil in fils:
                fil.join(LONGTEMPS)
        finally:
            fini.set()
        en_erreur = [r for lui in tous for r in lui.reponses if r.status_code != 302]
        print(f"{gens} candidatures, {len(en_erreur)} pages d'erreur sur {coupures} coupures")  # noqa: T201
        assert en_erreur, "la coupure n'a gêné personne"
        assert {reponse.status_code for reponse in en_erreur} <= {500, 503}  # the page itself: tests/murs
        assert [lui.lignes for lui in tous] == [(1, 1, 1)] * gens
        verifier_que_rien_n_est_a_moitie()


@pytest.mark.epreuve
def test_a_database_that_closes_in_mid_load_leaves_nothing_half_written_and_service_resumes(
    environnement: dict[str, str], tmp_path: Path
) -> None:
    postuler_sous_la_coupure(16, 1, environnement, tmp_path / "portail.log")


@pytest.mark.epreuve
def test_ten_closings_of_the_database_in_mid_load_lose_nothing(environnement: dict[str, str], tmp_path: Path) -> None:
    postuler_sous_la_coupure(400, 10, environnement, tmp_path / "portail.log")
