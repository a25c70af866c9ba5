"""Workers killed in the middle of a batch of alerts, and several at once: everybody is told, and nobody twice."""

import os
import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Courriel
from candidatures.alertes import ouvrir_une_tournee
from candidatures.tasks import ecrire_les_alertes
from offres import baremes
from offres.alertes import GABARIT
from offres.models import Abonnement, Lot, Offre
from tests.candidatures.alertes import deja_en_service
from tests.factories import CommuneFactory, DemandeFactory, OffreFactory
from tests.pannes.conftest import attendre

OUVRIER = ("celery", "-A", "alin", "worker", "-c", "2", "-l", "warning", "--without-gossip", "--without-mingle")
PERSONNES, PAR_LOT = 24, 3
APPELS = 16
"""Tasks that are sent: each worker keeps eight for itself, so both have some."""
LONGTEMPS = 300
"""Seconds before a test that hangs is stopped: two workers are slow to start on a busy machine."""
Lancer = Callable[..., "subprocess.Popen[bytes]"]

pytestmark = [pytest.mark.panne, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def adresses(environnement: dict[str, str]) -> set[str]:
    """Those of people whom the same dwelling suits."""
    baremes.charger()
    commune = CommuneFactory()
    demandes = [DemandeFactory(souhaits=(commune,), valide=True) for _ in range(PERSONNES)]
    deja_en_service()
    return {demande.demandeur.email for demande in demandes}


def parait() -> Offre:
    """A new day: yesterday's alerts are over, and a dwelling appears."""
    Courriel.objects.all().delete()
    Abonnement.objects.update(dernier_le=None)
    offre: Offre = OffreFactory(commune_id="75111", code_postal="75011")
    ouvrir_une_tournee(timezone.localdate(), par_lot=PAR_LOT)
    return offre


def bloques() -> int:
    """How many processes wait for somebody's lock."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
        return int(curseur.fetchone()[0])


def faits() -> int:
    return Lot.objects.exclude(fait_le=None).filter(tournee=Lot.objects.latest("pk").tournee).count()


def tuer(*ouvriers: "subprocess.Popen[bytes]") -> None:
    for ouvrier in ouvriers:
        os.killpg(ouvrier.pid, signal.SIGKILL)
        ouvrier.wait()
    attendre(lambda: autres_connexions() == 0, LONGTEMPS)


def autres_connexions() -> int:
    """PostgreSQL notices at its own pace that a process is gone."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return int(curseur.fetchone()[0])


def finir() -> None:
    """As beat does every ten minutes, until no lot waits."""

    def tout_est_ecrit() -> bool:
        ecrire_les_alertes.apply_async(expires=5)
        time.sleep(0.2)
        return not Lot.objects.filter(fait_le=None).exists()

    attendre(tout_est_ecrit, LONGTEMPS)


def verifier(adresses: set[str], offre: Offre) -> None:
    alertes = list(Courriel.objects.filter(gabarit=GABARIT))
    assert Counter(alerte.destinataire for alerte in alertes) == Counter(adresses)
    assert all(str(offre.pk) in alerte.texte and alerte.sujet.startswith("1 nouveau") for alerte in alertes)
    assert Abonnement.objects.filter(dernier_le=timezone.localdate()).count() == len(adresses)


def test_workers_killed_while_they_write_leave_their_lots_whole_to_those_that_follow(
    adresses: set[str], environnement: dict[str, str], lancer: Lancer
) -> None:
    offre = parait()
    with psycopg.connect(environnement["DATABASE_URL"]) as autre:
        autre.execute(
            "LOCK TABLE accounts_courriel IN EXCLUSIVE MODE"
        )  # lots are claimed, their mails cannot be written
        ouvriers = [lancer(environnement, *OUVRIER), lancer(environnement, *OUVRIER)]
        for _ in range(APPELS):
            ecrire_les_alertes.delay()
        attendre(lambda: bloques() == 4, LONGTEMPS)
        for ouvrier in ouvriers:
            os.killpg(ouvrier.pid, signal.SIGKILL)
            ouvrier.wait()
    attendre(lambda: bloques() == 0)
    assert faits() == 0
    assert not Courriel.objects.exists()
    assert not Abonnement.objects.exclude(dernier_le=None).exists()

    for _ in range(2):
        lancer(environnement, *OUVRIER)
    finir()
    verifier(adresses, offre)


def tours_de_mort(tours: int, adresses: set[str], environnement: dict[str, str], lancer: Lancer) -> None:
    """Each: a dwelling appears, two workers write, both are killed somewhere in the middle, two others end it."""
    hasard, au_milieu = random.Random(20261122), 0
    for _ in range(tours):
        offre = parait()
        ouvriers = [lancer(environnement, *OUVRIER), lancer(environnement, *OUVRIER)]
        for _ in range(APPELS):
            ecrire_les_alertes.delay()
        but = hasard.randrange(1, PERSONNES // PAR_LOT - 2)
        attendre(lambda but=but: faits() >= but, LONGTEMPS)  # type: ignore[misc]
        tuer(*ouvriers)
        au_milieu += Lot.objects.filter(fait_le=None).exists()
        suivants = [lancer(environnement, *OUVRIER), lancer(environnement, *OUVRIER)]
        finir()
        tuer(*suivants)
        verifier(adresses, offre)
    assert au_milieu, "aucun coup n'est tombé au milieu d'un lot"


@pytest.mark.epreuve
def test_twenty_kills_in_mid_batch_lose_and_repeat_no_alert(
    adresses: set[str], environnement: dict[str, str], lancer: Lancer
) -> None:
    tours_de_mort(20, adresses, environnement, lancer)
