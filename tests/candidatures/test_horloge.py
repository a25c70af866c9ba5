"""What beat does: every entry is a real task, and each sweep catches up with what happened below."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from alin import celery_app
from candidatures import horloge
from candidatures.statuts import Statut
from demandes.models import Demande
from demandes.sne.client import RegistreIndisponible
from tests.factories import CandidatureFactory, DemandeFactory
from tests.registre import Registre

NUMERO = "111092062114ACLOG"


@pytest.mark.parametrize("entree", sorted(settings.CELERY_BEAT_SCHEDULE))
def test_every_entry_of_the_clock_names_a_task_that_exists(entree: str) -> None:
    celery_app.loader.import_default_modules()
    assert settings.CELERY_BEAT_SCHEDULE[entree]["task"] in celery_app.tasks


@pytest.mark.django_db
def test_a_demand_struck_off_by_the_registry_frees_its_candidature_and_nobody_elses(registre: Registre) -> None:
    jour = timezone.localdate()
    radiee = CandidatureFactory(demande=DemandeFactory(valide=True, numero_unique=NUMERO))
    autre = CandidatureFactory()
    registre.radier(NUMERO, jour - timedelta(days=2))
    assert horloge.suivre_les_radiations(jour) == 1
    for candidature in (radiee, autre):
        candidature.refresh_from_db()
    assert (radiee.statut, autre.statut) == (Statut.RADIEE, Statut.DEPOSEE)
    assert Demande.objects.get(numero_unique=NUMERO).radiee_le == jour - timedelta(days=2)
    assert horloge.suivre_les_radiations(jour) == 0  # told again, it is no news


@pytest.mark.django_db
def test_while_the_registry_is_away_nobody_is_struck_off(registre: Registre) -> None:
    candidature = CandidatureFactory(demande=DemandeFactory(valide=True, numero_unique=NUMERO))
    registre.panne("erreur")
    with pytest.raises(RegistreIndisponible):
        horloge.suivre_les_radiations(timezone.localdate())
    candidature.refresh_from_db()
    assert candidature.statut == Statut.DEPOSEE
