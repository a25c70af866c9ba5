"""A worker killed in the middle of a lot: no dossier is half done, none is lost, none is done twice."""

import os
import signal
import subprocess
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Courriel
from candidatures.lots import SILENCE, Issue, LotDActes
from candidatures.models import Candidature, Evenement
from candidatures.statuts import Action, Statut
from candidatures.tasks import faire_un_lot, reprendre_les_lots
from tests.factories import CandidatureFactory, CommuneFactory, DemandeFactory, OffreFactory, UserFactory
from tests.pannes.conftest import attendre

pytestmark = [pytest.mark.panne, pytest.mark.django_db(transaction=True)]
OUVRIER = ("celery", "-A", "alin", "worker", "-c", "1", "-l", "warning", "--without-gossip", "--without-mingle")
Lancer = Callable[..., "subprocess.Popen[bytes]"]


def lot_confirme(nombre: int) -> LotDActes:
    offre, commune = OffreFactory(), CommuneFactory()
    lot = LotDActes.objects.create(par=UserFactory(conseiller=True), action=Action.VALIDER, confirme_le=timezone.now())
    for _ in range(nombre):
        demande = DemandeFactory(souhaits=(commune,), valide=True)
        lot.lignes.create(candidature_id=CandidatureFactory(demande=demande, offre=offre).pk)
    return lot


def tous_d_accord(lot: LotDActes) -> int:
    """The report, the statuses, the journal and the mails say the same. Returns how many dossiers are done."""
    faites = set(lot.lignes.filter(issue=Issue.FAITE).values_list("candidature_id", flat=True))
    assert faites == set(Candidature.objects.filter(statut=Statut.VALIDEE).values_list("pk", flat=True))
    journal = Counter(Evenement.objects.values_list("candidature_id", flat=True))
    assert journal == Counter(faites)
    assert Courriel.objects.filter(gabarit="candidature_validee").count() == len(faites)
    return len(faites)


@pytest.mark.parametrize("nombre", [80, pytest.param(1_000, marks=pytest.mark.epreuve)])
def test_a_worker_killed_in_the_middle_of_a_lot_leaves_no_dossier_half_done(
    environnement: dict[str, str], lancer: Lancer, nombre: int
) -> None:
    lot = lot_confirme(nombre)
    ouvrier = lancer(environnement, *OUVRIER)
    faire_un_lot.delay(str(lot.pk))
    attendre(lambda: lot.lignes.exclude(issue=Issue.ATTENDUE).exists())
    os.killpg(ouvrier.pid, signal.SIGKILL)
    ouvrier.wait()
    attendre(lambda: not bloquees(lot))
    assert 0 < tous_d_accord(lot) < nombre, "le coup n'est pas tombé au milieu du lot"

    il_y_a = timezone.now() - 2 * SILENCE
    LotDActes.objects.update(confirme_le=il_y_a)
    lot.lignes.exclude(issue=Issue.ATTENDUE).update(traitee_le=il_y_a)
    lancer(environnement, *OUVRIER)
    reprendre_les_lots()  # as beat does every thirty seconds
    attendre(lambda: LotDActes.objects.exclude(fini_le=None).exists(), 180)
    assert tous_d_accord(lot) == nombre


def bloquees(lot: LotDActes) -> bool:
    """Whether a dead worker still holds a line: PostgreSQL notices at its own pace."""
    attendues = lot.lignes.filter(issue=Issue.ATTENDUE)
    with transaction.atomic():
        libres = len(attendues.select_for_update(skip_locked=True).values_list("pk", flat=True))
    return libres < attendues.count()
