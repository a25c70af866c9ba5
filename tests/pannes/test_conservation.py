"""Retention killed in the middle of a batch: what was counted is what left, and the next passage goes on."""

import signal
from datetime import timedelta

import psycopg
import pytest
from django.db import connection
from django.utils import timezone

from candidatures.models import Passage
from demandes.models import Importation
from tests.factories import UserFactory
from tests.pannes.conftest import attendre


def bloque() -> bool:
    """Whether somebody waits for our row."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(curseur.fetchone()[0])


@pytest.mark.panne
@pytest.mark.django_db(transaction=True)
def test_a_passage_killed_in_the_middle_of_a_batch_leaves_no_half_and_goes_on(environnement, lancer):
    user = UserFactory()
    il_y_a = timezone.now() - timedelta(days=31)
    cles = sorted(
        Importation.objects.create(
            par=user, numero_unique="111092062114ACLOG", expire_le=il_y_a, cree_le=il_y_a, close_le=il_y_a
        ).pk
        for _ in range(10)
    )
    with psycopg.connect(environnement["DATABASE_URL"]) as autre:
        autre.execute("SELECT 1 FROM demandes_importation WHERE id = %s FOR UPDATE", [cles[5]])  # in the second batch
        processus = lancer(environnement, "manage", "conserver", "--lot", "4")
        attendre(lambda: bloque() and Passage.objects.filter(regle="imports", nombre=4).exists())
        processus.send_signal(signal.SIGKILL)
        processus.wait()
    attendre(lambda: not bloque())
    assert sorted(Importation.objects.values_list("pk", flat=True)) == cles[4:]
    interrompu = Passage.objects.get(regle="imports")
    assert (interrompu.nombre, interrompu.fini_le) == (4, None)

    assert lancer(environnement, "manage", "conserver").wait(60) == 0
    assert not Importation.objects.exists()
    repris = Passage.objects.filter(regle="imports").latest("commence_le")
    assert repris.nombre == 6
    assert repris.fini_le is not None
