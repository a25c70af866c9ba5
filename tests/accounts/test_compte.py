"""Guide #2: the account, its confirmation, its password, its door."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Courriel, Role, User
from tests.factories import MOT_DE_PASSE, UserFactory

pytestmark = pytest.mark.django_db

FORMULAIRE = {
    "civilite": "monsieur",
    "nom_naissance": "Dupont",
    "prenom": "Jean",
    "telephone": "0606060606",
    "email": "dupontjean@exemple.fr",
    "donnees_acceptees": "on",
}


def creer(client: Client, **changements: str) -> str:
    champs = {cle: valeur for cle, valeur in {**FORMULAIRE, **changements}.items() if valeur}
    return client.post("/creer-mon-compte/", champs, follow=True).content.decode()


def lien_recu() -> str:
    texte = Courriel.objects.latest("cree_le").texte
    trouve = re.search(r"https?://testserver(/\S+)", texte)
    assert trouve is not None
    return trouve[1]


def page_du_mot_de_passe(client: Client) -> tuple[str, str]:
    """The page after « Cliquez ici », and where its form goes."""
    page = client.post(lien_recu(), follow=True).content.decode()
    adresse = re.search(r'action="(/mot-de-passe/mise-a-jour/[^"]+)"', page)
    assert adresse is not None
    return page, adresse[1]


def test_the_account_keeps_what_was_typed_and_waits_for_its_proof(client: Client) -> None:
    assert "Validation du compte" in creer(client)
    user = User.objects.get()
    assert (user.civilite, user.get_full_name(), user.role) == ("monsieur", "Jean Dupont", Role.DEMANDEUR)
    assert str(user.telephone) == "06 06 06 06 06"
    assert {str(acceptation.texte) for acceptation in user.acceptations.all()} == {
        "Données personnelles, version 4",
        "Conditions générales d’utilisation, version 2",
    }
    assert not user.has_usable_password()
    assert not EmailAddress.objects.get().verified


@pytest.mark.parametrize(
    ("champ", "valeur", "phrase"),
    [
        ("civilite", "", "Choisissez Madame ou Monsieur."),
        ("nom_naissance", "", "Ce champ est obligatoire."),
        ("nom_naissance", "x" * 37, "36"),
        ("telephone", "06", "Ce numéro de téléphone n’est pas valable."),
        ("email", "dupont", "Cette adresse e-mail n’est pas complète."),
        ("donnees_acceptees", "", "Cochez cette case pour créer votre compte."),
    ],
)
def test_a_field_that_does_not_fit_says_so_and_the_others_are_kept(
    champ: str, valeur: str, phrase: str, client: Client
) -> None:
    page = creer(client, **{champ: valeur})
    assert phrase in page
    assert 'value="Jean"' in page
    assert not User.objects.exists()


@pytest.mark.parametrize("telephone", ["06 06 06 06 06", "+33606060606", "06.06.06.06.06", "+32 470 12 34 56"])
def test_telephones_are_taken_as_people_write_them(telephone: str, client: Client) -> None:
    creer(client, telephone=telephone)
    assert User.objects.exists()


def test_opening_the_link_consumes_nothing_and_clicking_proves_the_address(client: Client) -> None:
    creer(client)
    lien = lien_recu()
    for _ in range(3):
        assert "Dernière étape avant la validation de votre compte" in Client().get(lien).content.decode()
    assert not EmailAddress.objects.get().verified
    page, _ = page_du_mot_de_passe(client)
    assert "Mise à jour du mot de passe" in page
    assert EmailAddress.objects.get().verified
    assert "_auth_user_id" not in client.session


def test_the_link_dies_after_two_days_and_the_page_says_what_to_do(client: Client) -> None:
    creer(client)
    lien = lien_recu()
    with time_machine.travel(timezone.now() + timedelta(days=2, hours=1)):
        page = client.get(lien).content.decode()
        assert "Mot de passe oublié" in page
        assert "Cliquez ici" not in page
        assert client.post(lien).status_code in (302, 404)
    assert not EmailAddress.objects.get().verified


def test_a_forged_link_proves_nothing(client: Client) -> None:
    creer(client)
    assert client.post("/creer-mon-compte/derniere-etape/MQ:1abc:forge/").status_code in (302, 404)
    assert not EmailAddress.objects.get().verified


@pytest.mark.parametrize(
    ("mot_de_passe", "phrase"),
    [
        ("Abc1", "au moins 8 caractères"),
        ("Abcdefgh", "Il manque un chiffre"),
        ("abcdefg1", "Il manque une lettre majuscule"),
        ("ABCDEFG1", "Il manque une lettre minuscule"),
        ("Dupontjean1@exemple.fr", "différent de votre adresse e-mail"),
    ],
)
def test_each_rule_of_the_password_is_named_when_it_is_broken(mot_de_passe: str, phrase: str, client: Client) -> None:
    creer(client, email="dupontjean1@exemple.fr")
    page, adresse = page_du_mot_de_passe(client)
    for regle in ("au moins 8 caractères", "au moins 1 chiffre", "majuscule", "minuscule", "nom d’utilisateur"):
        assert regle in page
    reponse = client.post(adresse, {"password1": mot_de_passe, "password2": mot_de_passe}, follow=True)
    assert phrase in reponse.content.decode()
    assert not User.objects.get().has_usable_password()


def test_two_different_passwords_are_refused(client: Client) -> None:
    creer(client)
    _, adresse = page_du_mot_de_passe(client)
    reponse = client.post(adresse, {"password1": MOT_DE_PASSE, "password2": MOT_DE_PASSE + "x"}, follow=True)
    assert "Les deux mots de passe ne sont pas les mêmes" in reponse.content.decode()


def test_the_chosen_password_opens_the_door(client: Client) -> None:
    creer(client)
    _, adresse = page_du_mot_de_passe(client)
    page = client.post(adresse, {"password1": MOT_DE_PASSE, "password2": MOT_DE_PASSE}, follow=True).content.decode()
    assert "Votre compte a été créé." in page
    assert "Revenir à l’application" in page
    client.post("/connexion/", {"login": FORMULAIRE["email"], "password": MOT_DE_PASSE})
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_an_abandoned_step_is_resumed_by_the_forgotten_password(client: Client) -> None:
    creer(client)
    Courriel.objects.all().delete()
    client.post("/mot-de-passe/oublie/", {"email": FORMULAIRE["email"]})
    page = client.get(lien_recu(), follow=True).content.decode()
    adresse = re.search(r'action="(/mot-de-passe/mise-a-jour/[^"]+)"', page)
    assert adresse is not None
    client.post(adresse[1], {"password1": MOT_DE_PASSE, "password2": MOT_DE_PASSE})
    client.post("/connexion/", {"login": FORMULAIRE["email"], "password": MOT_DE_PASSE})
    assert client.session.get("_auth_user_id") == str(User.objects.get().pk)


def test_signing_up_with_a_known_address_says_the_same_and_tells_its_owner(client: Client) -> None:
    UserFactory(email=FORMULAIRE["email"])
    assert "Validation du compte" in creer(client)
    assert Courriel.objects.get().sujet == "Action Logement Services – Vous avez déjà un compte"
    assert User.objects.count() == 1


def test_a_wrong_password_and_an_unknown_address_are_one_same_sentence(client: Client) -> None:
    UserFactory(email="connue@exemple.fr")
    pages = [
        client.post("/connexion/", {"login": adresse, "password": "Mauvais123"}).content.decode()
        for adresse in ("connue@exemple.fr", "inconnue@exemple.fr")
    ]
    phrase = "L’adresse e-mail ou le mot de passe n’est pas le bon."
    assert all(phrase in page for page in pages)


def test_guessing_a_password_is_stopped_and_said(client: Client) -> None:
    UserFactory(email="connue@exemple.fr")
    reponses = [
        client.post("/connexion/", {"login": "connue@exemple.fr", "password": f"Mauvais{n}"}) for n in range(12)
    ]
    dernier = client.post("/connexion/", {"login": "connue@exemple.fr", "password": MOT_DE_PASSE})
    assert "_auth_user_id" not in client.session
    assert any(r.status_code == 429 or "trop" in r.content.decode().lower() for r in [*reponses, dernier])


def test_without_the_cache_the_door_closes_with_a_sentence_and_the_rest_stays_open(
    client: Client, settings: Settings
) -> None:
    user = UserFactory()
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:9/0",
            "OPTIONS": {"socket_connect_timeout": 1},
        }
    }
    reponse = client.post("/connexion/", {"login": user.email, "password": MOT_DE_PASSE})
    assert reponse.status_code == 503
    assert "quelques minutes" in reponse.content.decode()
    assert client.get("/").status_code == 200
    client.force_login(user)
    assert client.get("/mon-profil/").status_code == 200


@pytest.mark.parametrize(
    ("trait", "arrivee"),
    [
        ({}, "demandes:situation"),
        ({"conseiller": True}, "admin:index"),
        ({"support": True}, "admin:index"),
        ({"superviseur": True}, "admin:index"),
        ({"service_logement": True}, "service_logement:salaries"),
    ],
)
def test_each_role_is_led_to_where_its_work_begins(trait: dict[str, bool], arrivee: str, client: Client) -> None:
    client.force_login(UserFactory(**trait))
    assert client.get(reverse("accounts:espace"))["Location"] == reverse(arrivee)


def test_the_admin_has_no_door_of_its_own(client: Client) -> None:
    reponse = client.get("/admin/login/", {"next": "/admin/offres/offre/"})
    assert reponse["Location"].startswith("/connexion/?next=")
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).status_code in (302, 405)


def test_after_signing_in_one_is_never_sent_to_another_site(client: Client) -> None:
    user = UserFactory()
    reponse = client.post("/connexion/?next=https://ailleurs.example/", {"login": user.email, "password": MOT_DE_PASSE})
    assert reponse["Location"] == reverse("accounts:espace")


def test_the_profile_corrects_the_name_and_keeps_the_address(client: Client) -> None:
    user = UserFactory(prenom="Ane")
    client.force_login(user)
    champs = {"civilite": "madame", "nom_naissance": "Porte", "prenom": "Anne", "telephone": "0604505792"}
    page = client.post("/mon-profil/", {**champs, "email": "autre@exemple.fr", "role": "superviseur"}, follow=True)
    assert "Votre profil est à jour." in page.content.decode()
    user.refresh_from_db()
    assert (user.prenom, user.role) == ("Anne", Role.DEMANDEUR)
    assert user.email != "autre@exemple.fr"


def test_signing_out_is_a_post(client: Client) -> None:
    client.force_login(UserFactory())
    client.get("/deconnexion/")
    assert "_auth_user_id" in client.session
    client.post("/deconnexion/")
    assert "_auth_user_id" not in client.session
