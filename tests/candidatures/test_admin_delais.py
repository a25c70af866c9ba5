"""Delays are published before they count, and those that have counted stay as they were."""

from datetime import timedelta

import pytest
from django.utils import timezone

from candidatures import delais_d_attente
from candidatures.attente.requetes import delais_du
from candidatures.delais_d_attente import DelaiDAttente
from candidatures.statuts import Statut
from tests.candidatures.espace import connecte, lire
from tests.factories import BailleurFactory

pytestmark = pytest.mark.django_db

LISTE = "/admin/candidatures/delaidattente/"
AJOUT = f"{LISTE}add/"


def saisie(jours: int, **champs: str) -> dict[str, str]:
    le = timezone.localdate() + timedelta(days=jours)
    return {"statut": "transmise", "usuel": "", "limite": "40", "en_vigueur_le": le.isoformat()} | champs


def test_the_supervisor_writes_the_next_delay_of_one_bailleur():
    delais_d_attente.charger()
    superviseur, bailleur = connecte(superviseur=True), BailleurFactory()
    superviseur.post(AJOUT, saisie(1, bailleur=str(bailleur.pk), libere="on"))
    aujourd_hui = timezone.localdate()
    assert delais_du(aujourd_hui).pour(Statut.TRANSMISE, bailleur.pk, "PLS").limite == 60
    demain = delais_du(aujourd_hui + timedelta(days=1)).pour(Statut.TRANSMISE, bailleur.pk, "PLS")
    assert (demain.limite, demain.libere) == (40, True)
    assert "Les Toits du Levant" in lire(superviseur, LISTE)


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"en_vigueur_le": "2026-01-02"}, "demain au plus tôt"),
        ({"usuel": "41"}, "Le délai usuel ne peut pas dépasser la limite."),
        ({"statut": "acceptee", "libere": "on"}, "personne n’est libéré d’office"),
        ({"libere_designation": "on"}, "ne compte qu’avant l’envoi au bailleur"),
    ],
)
def test_what_cannot_be_is_refused_in_words(champs: dict[str, str], phrase: str):
    assert phrase in connecte(superviseur=True).post(AJOUT, saisie(1) | champs).content.decode()
    assert not DelaiDAttente.objects.exists()


def test_a_delay_that_has_begun_is_read_and_no_longer_changed():
    delais_d_attente.charger()
    version = DelaiDAttente.objects.get(statut=Statut.TRANSMISE)
    superviseur = connecte(superviseur=True)
    assert "Enregistrer" not in lire(superviseur, f"{LISTE}{version.pk}/change/")
    assert superviseur.post(f"{LISTE}{version.pk}/change/", saisie(1)).status_code == 403


def test_an_adviser_reads_the_delays_and_writes_none():
    delais_d_attente.charger()
    conseiller = connecte(conseiller=True)
    assert "tous les bailleurs" in lire(conseiller, LISTE)
    assert conseiller.get(AJOUT).status_code == 403
