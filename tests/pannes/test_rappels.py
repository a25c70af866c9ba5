"""The clock killed between a reminder's mark and its mail, and rounds that overlap: one mark, one mail."""

import os
import signal
import subprocess
from collections.abc import Callable
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Courriel
from demandes.echeances import dans_des_mois
from demandes.models import Genre, Jalon
from demandes.tasks import suivre_demandes
from tests.factories import DemandeFactory
from tests.pannes.conftest import attendre
from tests.registre import SECRET, Registre

OUVRIER = ("celery", "-A", "alin", "worker", "-c", "2", "-l", "warning", "--without-gossip", "--without-mingle")
NUMERO = "111092062114ACLOG"


def bloquees() -> int:
    """How many processes wait for somebody's lock."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
        return int(curseur.fetchone()[0])


@pytest.mark.panne
@pytest.mark.django_db(transaction=True)
def test_a_clock_killed_in_mid_reminder_then_run_twice_at_once_reminds_once(
    registre: Registre, environnement: dict[str, str], lancer: Callable[..., "subprocess.Popen[bytes]"]
) -> None:
    depart = dans_des_mois(timezone.localdate() + timedelta(days=5), -12)
    lu = registre.modifier(NUMERO, date_renouvellement=depart, date_radiation=None, motif_radiation="")
    DemandeFactory(numero_unique=NUMERO, dossier=lu)
    environnement |= {"ALIN_SNE_URL": registre.url, "ALIN_SNE_CLIENT": "alin", "ALIN_SNE_SECRET": SECRET}

    with psycopg.connect(environnement["DATABASE_URL"]) as autre:
        autre.execute("LOCK TABLE accounts_courriel IN EXCLUSIVE MODE")  # the mark is written, its mail cannot be
        ouvrier = lancer(environnement, *OUVRIER)
        for _ in range(2):
            suivre_demandes.delay()
        attendre(lambda: bloquees() == 2)
        os.killpg(ouvrier.pid, signal.SIGKILL)
        ouvrier.wait()
    attendre(lambda: bloquees() == 0)
    assert not Jalon.objects.exists()
    assert not Courriel.objects.exists()

    lancer(environnement, *OUVRIER)

    def rappelee() -> bool:
        for _ in range(2):
            suivre_demandes.delay()
        return Jalon.objects.exists()

    attendre(rappelee)
    suivre_demandes.delay()
    attendre(lambda: not bloquees())
    assert [jalon.genre for jalon in Jalon.objects.all()] == [Genre.SECOND_RAPPEL]
    assert Courriel.objects.filter(gabarit="demande_a_renouveler").count() == 1
