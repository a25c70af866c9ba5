"""The worker killed between the code and its mail: the mail leaves later, once, and the code in it is good."""

import os
import re
import signal
import socket
import subprocess
from collections.abc import Callable

import pytest
from django.conf import settings as reglages
from django.utils import timezone

from accounts.models import Courriel
from accounts.tasks import livrer_courriels
from demandes import importation
from tests.demandes.importer import NAISSANCE, NUMERO
from tests.facteur import Boite
from tests.factories import UserFactory
from tests.pannes.conftest import attendre
from tests.registre import Registre

OUVRIER = ("celery", "-A", "alin", "worker", "-c", "1", "-l", "warning", "--without-gossip", "--without-mingle")


@pytest.mark.panne
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_between_the_code_and_its_mail_sends_it_later_once(
    boite: Boite, registre: Registre, environnement: dict[str, str], lancer: Callable[..., "subprocess.Popen[bytes]"]
) -> None:
    ouverte = importation.demander_le_code(NUMERO, NAISSANCE, par=UserFactory(prenom="Anne", nom_naissance="Porte"))
    with socket.create_server(("127.0.0.1", 0)) as muet:  # takes the line and never says a word
        ouvrier = lancer({**environnement, "ALIN_SMTP_PORT": str(muet.getsockname()[1])}, *OUVRIER)
        livrer_courriels.delay()
        muet.settimeout(60)
        ligne, _ = muet.accept()
        os.killpg(ouvrier.pid, signal.SIGKILL)
        ouvrier.wait()
        ligne.close()
    assert Courriel.objects.get().envoye_le is None
    assert boite.messages() == []

    lancer({**environnement, "ALIN_SMTP_PORT": str(reglages.EMAIL_PORT)}, *OUVRIER)

    def parti() -> bool:
        Courriel.objects.filter(envoye_le=None).update(prochain_essai_le=timezone.now())
        livrer_courriels.delay()  # as beat does every five seconds
        return not Courriel.objects.filter(envoye_le=None).exists()

    attendre(parti)
    livrer_courriels.delay()
    (message,) = boite.messages()
    corps = message.get_body(("plain",))
    assert corps is not None
    trouve = re.search(r"^(\d{6})\s*$", corps.get_content(), re.MULTILINE)
    assert trouve is not None
    importation.verifier_le_code(ouverte, trouve[1])
