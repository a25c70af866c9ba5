"""A registry that hangs: a few calls wait for it, the next ones know at once, and one trial finds it back."""

import threading
import time
from typing import Any

import pytest

from demandes.sne import client
from demandes.sne.absence import absent_depuis
from demandes.sne.disjoncteur import Disjoncteur
from tests.registre import Registre

ANNE = "111092062114ACLOG"
REPOS = 1.5


@pytest.fixture
def pendu(registre: Registre, settings: Any) -> Registre:
    """A registry that hangs, in front of a client that waits 0.4 s and rests 1.5 s."""
    settings.SNE_DELAI, settings.SNE_REPOS = 0.4, REPOS
    client.lire_dossier(ANNE)
    registre.panne("lent", secondes=30)
    return registre


def duree_d_un_refus() -> float:
    depart = time.monotonic()
    with pytest.raises(client.RegistreIndisponible):
        client.lire_dossier(ANNE)
    return time.monotonic() - depart


def test_after_five_silences_callers_know_at_once_and_a_trial_finds_it_back(pendu: Registre) -> None:
    attentes = [duree_d_un_refus() for _ in range(client.SILENCES_PERMIS)]
    assert min(attentes) > 0.3
    assert max(duree_d_un_refus() for _ in range(50)) < 0.1
    pendu.panne("aucune")
    assert duree_d_un_refus() < 0.1  # it is left alone until its rest is over
    time.sleep(REPOS)
    assert client.lire_dossier(ANNE).num_unique == ANNE
    assert client.lire_dossier(ANNE).num_unique == ANNE


def test_only_one_trial_leaves_for_each_rest(pendu: Registre) -> None:
    for _ in range(client.SILENCES_PERMIS):
        duree_d_un_refus()
    time.sleep(REPOS)
    durees: list[float] = []
    fils = [threading.Thread(target=lambda: durees.append(duree_d_un_refus())) for _ in range(12)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert sum(duree > 0.3 for duree in durees) == 1


@pytest.mark.parametrize("panne", ["erreur", "illisible", "incomplet", "portee"])
def test_a_registry_that_answers_badly_is_asked_again_each_time(panne: str, registre: Registre) -> None:
    client.lire_dossier(ANNE)
    registre.panne(panne)
    registre.oublier_les_appels()
    for _ in range(2 * client.SILENCES_PERMIS):
        duree_d_un_refus()
    assert len(registre.appels()) == 2 * client.SILENCES_PERMIS


def test_silences_are_counted_in_a_row(pendu: Registre, settings: Any) -> None:
    for _ in range(2):
        for _ in range(client.SILENCES_PERMIS - 1):
            assert duree_d_un_refus() > 0.3
        pendu.panne("aucune")
        client.lire_dossier(ANNE)
        pendu.panne("lent", secondes=30)


def test_a_trial_that_never_reports_does_not_shut_the_door_for_ever() -> None:
    disjoncteur = Disjoncteur(silences=1, repos=0.05)
    disjoncteur.noter(repond=False)
    assert not disjoncteur.laisse_passer()
    time.sleep(0.06)
    assert disjoncteur.laisse_passer()
    assert not disjoncteur.laisse_passer()
    time.sleep(0.06)
    assert disjoncteur.laisse_passer()


def test_everybody_is_told_that_it_is_away_until_it_answers(pendu: Registre) -> None:
    assert absent_depuis() is None
    duree_d_un_refus()
    depuis = absent_depuis()
    assert depuis is not None
    duree_d_un_refus()
    assert absent_depuis() == depuis
    pendu.panne("aucune")
    client.lire_dossier(ANNE)
    assert absent_depuis() is None


def test_without_the_cache_calls_work_all_the_same(registre: Registre, settings: Any) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 1},
        }
    }
    assert client.lire_dossier(ANNE).num_unique == ANNE
    assert absent_depuis() is None
