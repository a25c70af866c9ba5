"""The visit and the commission in one's calendar."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from candidatures.models import Candidature
from tests.factories import CandidatureFactory

pytestmark = pytest.mark.django_db
JOUR = timezone.localdate() + timedelta(days=10)


def lire(candidature: Candidature) -> Any:
    client = Client()
    client.force_login(candidature.demande.demandeur)
    carte = client.get("/candidatures/").content.decode()
    reponse = client.get(f"/candidatures/{candidature.pk}/agenda/")
    return carte, reponse, reponse.content.decode().replace("\r\n ", "")


@pytest.mark.parametrize(
    ("statut", "champ", "titre", "phrase"),
    [
        ("visite", "visite_le", "SUMMARY:Visite du logement : T3 de 61 m² à Paris 11e", "La visite est gratuite"),
        ("en_commission", "commission_le", "SUMMARY:Commission d’attribution : T3 de 61 m²", "la commission décide"),
    ],
)
def test_the_card_gives_the_day_as_a_calendar_file(statut: str, champ: str, titre: str, phrase: str) -> None:
    candidature = CandidatureFactory(statut=statut, **{champ: JOUR})
    carte, reponse, fichier = lire(candidature)
    assert "Ajouter le" in carte
    assert f"/candidatures/{candidature.pk}/agenda/" in carte
    assert reponse["Content-Type"] == "text/calendar; charset=utf-8"
    assert reponse["Content-Disposition"] == f'attachment; filename="rendez-vous-{JOUR}.ics"'
    assert f"DTSTART;VALUE=DATE:{JOUR:%Y%m%d}" in fichier
    assert f"UID:candidature-{candidature.pk}-" in fichier
    assert titre in fichier
    assert phrase in fichier
    assert "avant d’avoir signé votre bail" in fichier


def test_without_a_day_ahead_there_is_no_file_and_no_link() -> None:
    carte, reponse, _ = lire(CandidatureFactory(statut="transmise", visite_le=JOUR))
    assert "à mon agenda" not in carte
    assert reponse.status_code == 404


def test_a_day_that_has_passed_is_no_longer_offered() -> None:
    hier = timezone.localdate() - timedelta(days=1)
    carte, _, _ = lire(CandidatureFactory(statut="visite", visite_le=hier))
    assert "à mon agenda" not in carte


def test_somebody_else_gets_nothing() -> None:
    candidature = CandidatureFactory(statut="visite", visite_le=JOUR)
    client = Client()
    client.force_login(CandidatureFactory().demande.demandeur)
    assert client.get(f"/candidatures/{candidature.pk}/agenda/").status_code == 404
