"""A web server or a worker killed at every seam of a transition: all of it is in the database, or nothing.

Somebody else's lock holds the process at the seam: before it locks, writes, logs, mails or commits. A COMMIT that
PostgreSQL has received is carried out, whoever sent it.
"""

import os
import signal
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from django.utils import timezone

from accounts.models import Courriel
from candidatures.models import Candidature, Evenement
from candidatures.statuts import Statut
from candidatures.tasks import passer_l_heure
from offres import baremes
from tests.factories import CandidatureFactory
from tests.pannes.conftest import attendre
from tests.pannes.gens import (
    Postulant,
    attendre_le_portail,
    bloquees,
    en_travail,
    tuer_les_ouvriers,
    verifier_que_rien_n_est_a_moitie,
)
from tests.pannes.portail import portail

pytestmark = [pytest.mark.panne, pytest.mark.django_db(transaction=True)]
OUVRIER = ("celery", "-A", "alin", "worker", "-c", "1", "-l", "warning", "--without-gossip", "--without-mingle")
LONGTEMPS = 300
"""Seconds before a test that hangs is stopped: processes are slow to start on a busy machine."""
Lancer = Callable[..., "subprocess.Popen[bytes]"]
ECRITURE = "LOCK TABLE candidatures_candidature IN SHARE ROW EXCLUSIVE MODE"
JOURNAL = "LOCK TABLE candidatures_evenement IN EXCLUSIVE MODE"
COURRIEL = "LOCK TABLE accounts_courriel IN EXCLUSIVE MODE"
VALIDATION = "SELECT 1 FROM demandes_instantane FOR UPDATE"
"""The candidature's deferred foreign key is looked at in the COMMIT, and waits there."""
COUTURES_DE_POSTULER = ("SELECT 1 FROM demandes_demande FOR UPDATE", ECRITURE, JOURNAL, COURRIEL, VALIDATION)
COUTURES_D_UNE_TRANSITION = ("SELECT 1 FROM candidatures_candidature FOR UPDATE", ECRITURE, JOURNAL, COURRIEL)


@pytest.mark.epreuve
def test_a_portal_killed_at_every_seam_of_an_application_has_written_all_or_nothing(
    environnement: dict[str, str], tmp_path: Path
) -> None:
    """Somebody applies, all the web processes are killed, he tries again once they are back."""
    baremes.charger()
    with portail(environnement, tmp_path / "portail.log") as adresse:
        for couture in COUTURES_DE_POSTULER:
            lui = Postulant.devant(adresse)
            with psycopg.connect(environnement["DATABASE_URL"]) as autre:
                autre.execute(couture)
                fil = lui.lance()
                attendre(lambda: bloquees() == 1, LONGTEMPS)
                tuer_les_ouvriers(adresse)
                fil.join()
            attendre(lambda: en_travail() == 0)
            assert not lui.reponses
            assert lui.lignes == ((1, 1, 1) if couture == VALIDATION else (0, 0, 0)), couture
            verifier_que_rien_n_est_a_moitie()

            attendre_le_portail(adresse)
            lui.post()
            assert [reponse.status_code for reponse in lui.reponses] == [302]
            assert lui.lignes == (1, 1, 1)


@pytest.mark.epreuve
def test_a_clock_killed_at_every_seam_of_a_transition_has_noted_nothing_and_the_next_notes_it_once(
    environnement: dict[str, str], lancer: Lancer
) -> None:
    hier = timezone.localdate() - timedelta(days=1)
    muette = CandidatureFactory(statut=Statut.PROPOSEE, reponse_avant_le=hier)
    for couture in COUTURES_D_UNE_TRANSITION:
        with psycopg.connect(environnement["DATABASE_URL"]) as autre:
            autre.execute(couture)
            ouvrier = lancer(environnement, *OUVRIER)
            passer_l_heure.delay()
            attendre(lambda: bloquees() == 1, LONGTEMPS)
            os.killpg(ouvrier.pid, signal.SIGKILL)
            ouvrier.wait()
        attendre(lambda: en_travail() == 0)
        muette.refresh_from_db()
        assert muette.statut == Statut.PROPOSEE, couture
        assert not Evenement.objects.exists()
        assert not Courriel.objects.exists()

    lancer(environnement, *OUVRIER)

    def constatee() -> bool:
        passer_l_heure.delay()
        return Candidature.objects.filter(statut=Statut.SANS_REPONSE).exists()

    attendre(constatee, LONGTEMPS)
    attendre(lambda: en_travail() == 0)
    assert Evenement.objects.get().vers == Statut.SANS_REPONSE
    assert Courriel.objects.get().gabarit == "candidature_sans_reponse"
