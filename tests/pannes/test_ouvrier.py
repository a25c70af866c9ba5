"""The worker killed in the middle of a batch of mails: all of them arrive once it is back."""

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.courriels import ecrire
from accounts.models import Courriel
from accounts.tasks import livrer_courriels
from tests.facteur import Boite
from tests.pannes.conftest import attendre

OUVRIER = ("celery", "-A", "alin", "worker", "-c", "1", "-l", "warning", "--without-gossip", "--without-mingle")
COURRIELS = 300


@pytest.mark.panne
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_mid_batch_loses_no_mail(
    boite: Boite, environnement: dict[str, str], lancer: Callable[..., "subprocess.Popen[bytes]"]
) -> None:
    attendus = {
        ecrire(f"personne{n}@exemple.fr", "demande_acces", {"activate_url": "https://alin.example/x/"}).message_id
        for n in range(COURRIELS)
    }
    ouvrier = lancer(environnement, *OUVRIER)
    livrer_courriels.delay()
    attendre(lambda: len(list(boite.dossier.glob("*.eml"))) >= 20)
    os.killpg(ouvrier.pid, signal.SIGKILL)
    ouvrier.wait()
    partis = Courriel.objects.exclude(envoye_le=None).count()
    assert 0 < partis < COURRIELS, "le coup n'est pas tombé au milieu du lot"

    lancer(environnement, *OUVRIER)

    def tout_est_parti() -> bool:
        Courriel.objects.filter(envoye_le=None).update(prochain_essai_le=timezone.now())
        livrer_courriels.delay()  # as beat does every five seconds
        return not Courriel.objects.filter(envoye_le=None).exists()

    attendre(tout_est_parti)
    recus = Counter(str(message["Message-ID"]) for message in boite.messages())
    assert set(recus) == attendus
    assert sum(recus.values()) <= COURRIELS + 1  # at most the one mail under way is repeated, under the same number
