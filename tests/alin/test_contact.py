"""« Formulaire de contact »: what is written reaches the support, and nothing else does."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts.models import Courriel, User
from tests.alin.test_pages import lu
from tests.facteur import port_libre

pytestmark = pytest.mark.django_db

MESSAGE = {
    "nom": "Anne Porte",
    "courriel": "anne@exemple.fr",
    "numero_unique": "111 0920 62114 aclog",
    "sujet": "Ma candidature",
    "message": "Bonjour,\nma candidature est-elle chez le bailleur ?",
    "site_web": "",
}


def poster(client: Client, **changements: str):
    return client.post(reverse("contact"), {**MESSAGE, **changements})


def test_a_message_reaches_the_support_and_can_be_answered(client: Client):
    reponse = poster(client)
    assert reponse.status_code == 302
    assert reponse["Location"] == reverse("contact_merci")
    courriel = Courriel.objects.get()
    assert courriel.destinataire == settings.COURRIEL_SUPPORT
    assert courriel.repondre_a == "anne@exemple.fr"
    assert "ma candidature est-elle chez le bailleur ?" in courriel.texte
    assert "111092062114ACLOG" in courriel.texte
    assert "Anne Porte" in courriel.texte


@pytest.mark.parametrize(
    ("champ", "valeur", "phrase"),
    [
        ("nom", "", "Nom et prénom : Ce champ est obligatoire."),
        ("courriel", "anne@", "Écrivez-la comme prenom.nom@exemple.fr."),
        ("sujet", "", "Choisissez un sujet"),
        ("sujet", "Inconnu", "Sujet :"),
        ("message", "   ", "Écrivez votre question"),
        ("nom", "Anne\x00", "Nom et prénom :"),
    ],
)
def test_an_error_is_said_and_what_was_typed_is_kept(client: Client, champ: str, valeur: str, phrase: str):
    reponse = poster(client, **{champ: valeur})
    page = reponse.content.decode()
    assert reponse.status_code == 200
    assert "Il y a un point à corriger" in lu(reponse)
    assert phrase in lu(reponse)
    assert 'aria-invalid="true"' in page
    assert f'href="#id_{champ}"' in page
    if champ != "message":
        assert "ma candidature est-elle chez le bailleur" in page
    assert not Courriel.objects.exists()


def test_a_robot_is_thanked_and_nothing_leaves(client: Client):
    assert poster(client, site_web="https://exemple.fr")["Location"] == reverse("contact_merci")
    assert not Courriel.objects.exists()


def test_a_line_break_adds_no_header_to_the_mail(client: Client):
    poster(client, nom="Anne\r\nBcc: tous@exemple.fr", numero_unique="111\r\nBcc: tous@exemple.fr")
    courriel = Courriel.objects.get()
    assert "\n" not in courriel.sujet
    assert courriel.destinataire == settings.COURRIEL_SUPPORT
    assert "\nBcc:" not in courriel.texte


@pytest.mark.parametrize("adresse", ["a@exemple.fr\nBcc: b@exemple.fr", "a@exemple.fr, b@exemple.fr"])
def test_only_one_address_may_be_answered(client: Client, adresse: str):
    assert poster(client, courriel=adresse).status_code == 200
    assert not Courriel.objects.exists()


def test_a_signed_in_person_does_not_type_name_and_address_again(client: Client):
    client.force_login(User.objects.create_user("anne@exemple.fr", prenom="Anne", nom_naissance="Porte"))
    page = client.get(reverse("contact")).content.decode()
    assert 'value="Anne Porte"' in page
    assert 'value="anne@exemple.fr"' in page


def test_past_five_messages_an_hour_for_one_address_it_is_said_and_what_was_typed_stays(client: Client):
    for _ in range(5):
        assert poster(client).status_code == 302
    reponse = poster(client, courriel="Anne@Exemple.fr")
    assert reponse.status_code == 429
    assert "Plusieurs messages sont déjà partis d’ici depuis une heure" in lu(reponse)
    assert "ma candidature est-elle chez le bailleur" in reponse.content.decode()
    assert Courriel.objects.count() == 5
    assert poster(client, courriel="denis@exemple.fr").status_code == 302


def test_past_twenty_messages_an_hour_from_one_place_it_is_said(client: Client):
    for n in range(20):
        assert poster(client, courriel=f"personne{n}@exemple.fr").status_code == 302
    assert poster(client, courriel="une.autre@exemple.fr").status_code == 429
    assert client.get(reverse("contact")).status_code == 200
    assert Courriel.objects.count() == 20


def test_without_the_cache_one_can_still_write(client: Client, settings: Settings):
    ici = f"redis://127.0.0.1:{port_libre()}/0"
    settings.CACHES = {**settings.CACHES, "default": {**settings.CACHES["default"], "LOCATION": ici}}
    assert poster(client).status_code == 302
    assert Courriel.objects.count() == 1
