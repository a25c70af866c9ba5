"""Changing one's e-mail address and one's password: confirmed, told, and undone when somebody else did it."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.utils import timezone

from accounts.models import Courriel, User
from tests.factories import MOT_DE_PASSE, SECRET_TOTP, UserFactory

pytestmark = pytest.mark.django_db
NOUVELLE = "nouvelle@exemple.fr"


def connecte(user: User) -> Client:
    client = Client()
    client.post("/connexion/", {"login": user.email, "password": MOT_DE_PASSE})
    return client


def lien(gabarit: str, destinataire: str) -> str:
    """The path of the link in the latest mail of this kind to this address."""
    courriel = Courriel.objects.filter(gabarit=gabarit, destinataire=destinataire).latest("cree_le")
    trouve = re.search(r" : http://testserver(\S+)", courriel.texte)
    assert trouve is not None, courriel.texte
    return trouve[1]


def changer(client: Client, adresse: str = NOUVELLE) -> None:
    client.post("/mon-profil/adresse/", {"email": adresse, "action_add": ""})


def change_et_confirme(user: User) -> Client:
    client = connecte(user)
    changer(client)
    client.post(lien("adresse_a_confirmer", NOUVELLE))
    return client


def test_the_new_address_counts_once_its_own_mailbox_has_said_yes() -> None:
    user = UserFactory(email="ancienne@exemple.fr")
    client = connecte(user)
    changer(client)
    user.refresh_from_db()
    assert user.email == "ancienne@exemple.fr"
    page = client.get("/mon-profil/adresse/").content.decode()
    assert "Une adresse attend votre confirmation" in page
    assert NOUVELLE in page
    confirmation = lien("adresse_a_confirmer", NOUVELLE)
    assert "Confirmez votre nouvelle adresse" in client.get(confirmation).content.decode()
    user.refresh_from_db()
    assert user.email == "ancienne@exemple.fr"  # opening the link consumes nothing
    assert client.post(confirmation)["Location"] == "/mon-profil/adresse/"
    user.refresh_from_db()
    assert user.email == NOUVELLE
    assert connecte(user).get("/mon-profil/").status_code == 200
    assert not User.objects.filter(email="ancienne@exemple.fr").exists()


def test_a_change_given_up_leaves_everything_as_it_was() -> None:
    user = UserFactory(email="ancienne@exemple.fr")
    client = connecte(user)
    changer(client)
    confirmation = lien("adresse_a_confirmer", NOUVELLE)
    client.post("/mon-profil/adresse/", {"email": NOUVELLE, "action_remove": ""})
    assert "ne fonctionne plus" in client.get(confirmation).content.decode()
    user.refresh_from_db()
    assert user.email == "ancienne@exemple.fr"


@pytest.mark.parametrize("fausse", ["", "nouvelle", "nouvelle@", "a@b\r\nBcc: x@y.fr", "x" * 300 + "@exemple.fr"])
def test_an_address_that_is_none_is_refused_with_a_sentence(fausse: str) -> None:
    client = connecte(UserFactory())
    page = client.post("/mon-profil/adresse/", {"email": fausse, "action_add": ""}).content.decode()
    assert "Il y a un point à corriger" in page or "points à corriger" in page
    assert not Courriel.objects.exists()


def test_the_address_of_somebody_else_is_neither_taken_nor_betrayed() -> None:
    prise, user = UserFactory(email="prise@exemple.fr"), UserFactory(email="ancienne@exemple.fr")
    client = connecte(user)
    libre = client.post("/mon-profil/adresse/", {"email": "libre@exemple.fr", "action_add": ""})
    deja = client.post("/mon-profil/adresse/", {"email": prise.email, "action_add": ""})
    assert (deja.status_code, deja["Location"]) == (libre.status_code, libre["Location"])
    for courriel in Courriel.objects.filter(destinataire=prise.email):
        trouve = re.search(r"http://testserver(/creer-mon-compte/derniere-etape/\S+)", courriel.texte)
        if trouve:
            connecte(user).post(trouve[1])
    user.refresh_from_db()
    prise.refresh_from_db()
    assert (user.email, prise.email) == ("ancienne@exemple.fr", "prise@exemple.fr")


def test_the_former_address_is_told_and_can_undo_it() -> None:
    user = UserFactory(email="ancienne@exemple.fr")
    voleur = change_et_confirme(user)
    TOTP.activate(user, SECRET_TOTP)
    retour = lien("adresse_changee", "ancienne@exemple.fr")
    page = Client().get(retour).content.decode()
    assert "redeviendra <strong>ancienne@exemple.fr</strong>" in page
    user.refresh_from_db()
    assert user.email == NOUVELLE  # opening the link undoes nothing
    suite = Client().post(retour)["Location"]
    user.refresh_from_db()
    assert user.email == "ancienne@exemple.fr"
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary")) == [
        ("ancienne@exemple.fr", True, True)
    ]
    assert voleur.get("/mon-profil/")["Location"].startswith("/connexion/")  # the thief is out
    assert not user.has_usable_password()
    assert not Authenticator.objects.filter(user=user).exists()
    client = Client()
    choisir = client.get(suite)["Location"]
    client.post(choisir, {"password1": "Nouveau2026mdp", "password2": "Nouveau2026mdp"})
    assert client.post("/connexion/", {"login": user.email, "password": "Nouveau2026mdp"}).status_code == 302


def test_the_way_back_serves_once_and_seven_days() -> None:
    user = UserFactory(email="ancienne@exemple.fr")
    change_et_confirme(user)
    retour = lien("adresse_changee", "ancienne@exemple.fr")
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert "plus de 7 jours" in Client().post(retour).content.decode()
    assert Client().post(retour).status_code == 302
    encore = Client().post(retour)
    assert encore.status_code == 410
    assert "Ce lien a déjà servi" in encore.content.decode()


@pytest.mark.parametrize("jeton", ["x", "a:b:c", "eyJhIjoxfQ:1abcde:xxxxxxxxxxxxxxxxxxxxxxxxxxx"])
def test_a_forged_way_back_leads_nowhere(jeton: str) -> None:
    reponse = Client().post(f"/mon-profil/adresse/retablir/{jeton}/")
    assert reponse.status_code == 410
    assert "écrivez au support" in reponse.content.decode()


def test_a_factor_that_was_there_before_the_change_stays_after_the_way_back() -> None:
    user = UserFactory(email="ancienne@exemple.fr", deuxieme_facteur=True)
    Authenticator.objects.filter(user=user).update(created_at=timezone.now() - timedelta(days=30))
    client = Client()
    client.force_login(user)
    session = client.session
    session.save()
    EmailAddress.objects.filter(user=user).update(email=NOUVELLE)
    User.objects.filter(pk=user.pk).update(email=NOUVELLE)
    user.refresh_from_db()
    from accounts.adresse import jeton_de_retour, retablir

    retablir(jeton_de_retour(user, "ancienne@exemple.fr"))
    assert Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def test_what_matters_asks_for_the_password_again_when_the_proof_is_old() -> None:
    user = UserFactory(email="ancienne@exemple.fr")
    client = connecte(user)
    with time_machine.travel(timezone.now() + timedelta(minutes=20), tick=False):
        reponse = client.post("/mon-profil/adresse/", {"email": NOUVELLE, "action_add": ""})
        assert reponse["Location"].startswith("/mon-profil/confirmer/")
        assert not Courriel.objects.exists()
        mauvais = client.post(reponse["Location"], {"password": "pas-le-bon"}).content.decode()
        assert "Il y a un point à corriger" in mauvais
        client.post(reponse["Location"], {"password": MOT_DE_PASSE})
        assert Courriel.objects.filter(gabarit="adresse_a_confirmer").exists()  # what was asked goes on by itself


def test_a_changed_password_is_told_keeps_this_session_and_closes_the_others() -> None:
    user = UserFactory()
    client, ailleurs = connecte(user), connecte(user)
    champs = {"oldpassword": MOT_DE_PASSE, "password1": "Nouveau2026mdp", "password2": "Nouveau2026mdp"}
    client.post("/mon-profil/mot-de-passe/", champs)
    assert client.get("/mon-profil/").status_code == 200
    assert ailleurs.get("/mon-profil/")["Location"].startswith("/connexion/")
    assert Courriel.objects.filter(gabarit="mot_de_passe_change", destinataire=user.email).count() == 1
