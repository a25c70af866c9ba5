"""The doors tell nothing: same answer and same time whether or not the address is known; and they count the tries."""

import re
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Acceptation, Courriel, User
from tests.factories import MOT_DE_PASSE, UserFactory

pytestmark = pytest.mark.django_db
INSCRIPTION = {
    "civilite": "madame",
    "nom_naissance": "Porte",
    "prenom": "Anne",
    "telephone": "06 04 50 57 92",
    "donnees_acceptees": "on",
}


def s_inscrire(client: Client, adresse: str) -> str:
    reponse = client.post("/creer-mon-compte/", {**INSCRIPTION, "email": adresse}, follow=True)
    return reponse.content.decode().replace(adresse, "ADRESSE")


def se_connecter(client: Client, adresse: str) -> str:
    page = client.post("/connexion/", {"login": adresse, "password": "Mauvais2026"}).content.decode()
    return re.sub(r'(csrfmiddlewaretoken" value=)"\w+"', r"\1", page.replace(adresse, "ADRESSE"))


def oublier(client: Client, adresse: str) -> str:
    page = client.post("/mot-de-passe/oublie/", {"email": adresse}, follow=True).content.decode()
    return page.replace(adresse, "ADRESSE")


PORTES = pytest.mark.parametrize("porte", [s_inscrire, se_connecter, oublier])


@PORTES
def test_a_known_and_an_unknown_address_get_the_same_page(porte: Callable[[Client, str], str]) -> None:
    UserFactory(email="connue@exemple.fr")
    connue, inconnue = porte(Client(), "connue@exemple.fr"), porte(Client(), "inconnu@exemple.fr")
    assert connue == inconnue


@PORTES
def test_a_known_and_an_unknown_address_take_the_same_time(
    porte: Callable[[Client, str], str], settings: Settings
) -> None:
    """With the real password hash: the work of the server, whatever its neighbours do, and of its database."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    empreinte = make_password(MOT_DE_PASSE)
    connus = [UserFactory(email=f"connu{n}@exemple.fr", password=empreinte) for n in range(5)]
    temps: dict[str, list[float]] = {"connu": [], "inconnu": []}
    requetes: dict[str, int] = {}
    porte(Client(), "echauffement@exemple.fr")
    for n, user in enumerate(connus):
        for genre, adresse in (("connu", user.email), ("inconnu", f"absent{n}@exemple.fr")):
            cache.clear()
            with CaptureQueriesContext(connection) as lues:
                debut = time.thread_time()
                porte(Client(), adresse)
                temps[genre].append(time.thread_time() - debut)
            requetes[genre] = len(lues)
    assert 0.5 < median(temps["connu"]) / median(temps["inconnu"]) < 2, temps
    assert abs(requetes["connu"] - requetes["inconnu"]) <= 1, requetes


def test_a_known_address_leaves_nothing_behind_but_its_mail() -> None:
    user = UserFactory(email="connue@exemple.fr")
    acceptes = Acceptation.objects.count()
    s_inscrire(Client(), "connue@exemple.fr")
    assert (User.objects.get(), EmailAddress.objects.get().user) == (user, user)
    assert Acceptation.objects.count() == acceptes
    assert list(Courriel.objects.values_list("destinataire", "gabarit")) == [("connue@exemple.fr", "compte_existant")]


def test_wrong_passwords_are_counted_for_the_account_whatever_the_address_of_the_network() -> None:
    user = UserFactory()
    for n in range(5):
        Client(REMOTE_ADDR=f"192.0.2.{n + 1}").post("/connexion/", {"login": user.email, "password": "Mauvais2026"})
    bon = {"login": user.email, "password": MOT_DE_PASSE}
    page = Client(REMOTE_ADDR="192.0.2.99").post("/connexion/", bon).content.decode()
    assert "Trop de tentatives" in page
    assert Client(REMOTE_ADDR="192.0.2.99").post("/connexion/", bon | {"login": UserFactory().email}).status_code == 302


def test_wrong_passwords_are_counted_for_the_address_of_the_network_whatever_the_account() -> None:
    client = Client(REMOTE_ADDR="192.0.2.7")
    for _ in range(20):
        client.post("/connexion/", {"login": UserFactory().email, "password": "Mauvais2026"})
    bon = {"login": UserFactory().email, "password": MOT_DE_PASSE}
    assert "Trop de tentatives" in client.post("/connexion/", bon).content.decode()
    assert Client(REMOTE_ADDR="192.0.2.8").post("/connexion/", bon).status_code == 302


def test_at_most_twenty_wrong_passwords_a_day_and_the_next_day_the_owner_gets_in() -> None:
    """CNIL 2022-100: what makes eight characters lawful."""
    user, essais, debut = UserFactory(), 0, timezone.now()
    for tour in range(12):
        with time_machine.travel(debut + timedelta(minutes=6 * tour), tick=False):
            for n in range(5):
                client = Client(REMOTE_ADDR=f"192.0.2.{tour * 5 + n}")
                page = client.post("/connexion/", {"login": user.email, "password": f"Mauvais{n}"}).content.decode()
                essais += "Trop de tentatives" not in page
    assert essais == 20
    with time_machine.travel(debut + timedelta(hours=26), tick=False):
        bon = {"login": user.email, "password": MOT_DE_PASSE}
        assert Client(REMOTE_ADDR="198.51.100.1").post("/connexion/", bon).status_code == 302


def test_a_new_password_frees_the_owner_at_once() -> None:
    user = UserFactory()
    for n in range(6):
        Client(REMOTE_ADDR=f"192.0.2.{n + 1}").post("/connexion/", {"login": user.email, "password": "Mauvais2026"})
    client = Client(REMOTE_ADDR="198.51.100.1")
    client.post("/mot-de-passe/oublie/", {"email": user.email})
    texte = Courriel.objects.get(gabarit="mot_de_passe_oublie").texte
    chemin = texte.partition("http://testserver")[2].split()[0]
    choisir = client.get(chemin)["Location"]
    client.post(choisir, {"password1": "Nouveau2026mdp", "password2": "Nouveau2026mdp"})
    assert client.post("/connexion/", {"login": user.email, "password": "Nouveau2026mdp"}).status_code == 302
