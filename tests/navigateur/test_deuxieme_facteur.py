"""The second factor in a real browser: an application's code, and a passkey on Chromium's virtual authenticator."""

import re
import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import expect

from tests.navigateur.conftest import Personne

pytestmark = [pytest.mark.navigateur, pytest.mark.sur_un_bureau]
TELEPHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def brancher_un_telephone(qui: Personne, **options: bool) -> None:
    """From now on this browser has an authenticator that says yes."""
    fil = qui.page.context.new_cdp_session(qui.page)
    fil.send("WebAuthn.enable")
    fil.send("WebAuthn.addVirtualAuthenticator", {"options": TELEPHONE | options})


def se_deconnecter(qui: Personne) -> None:
    qui.va("/deconnexion/")
    qui.page.locator("main").get_by_role("button", name="Me déconnecter").click()
    qui.regarde()


def test_an_applicant_protects_his_account_with_an_application(arriver: Callable[[], Personne]) -> None:
    elle = arriver()
    elle.se_connecte("gildas.le-roux@exemple.fr")
    elle.va("/mon-profil/")
    elle.clique("Protéger mon compte")
    elle.clique("Ajouter une application")
    secret = elle.page.locator(".cle-a-recopier").inner_text()
    if time.time() % 30 > 25:
        time.sleep(6)  # the code must not change under our fingers
    elle.ecrit("Code à 6 chiffres", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    elle.appuie("Activer")
    elle.lit("Mes codes de secours")
    secours = elle.page.locator(".codes code").all_inner_texts()
    assert len(secours) == 10
    elle.clique("J’ai gardé mes codes : continuer")
    elle.va("/mon-profil/connexions/")
    elle.lit("Cet appareil")
    se_deconnecter(elle)
    elle.va("/connexion/")
    elle.ecrit("Email", "gildas.le-roux@exemple.fr")
    elle.ecrit("Mot de passe", "Demo2026alin")
    elle.appuie("JE ME CONNECTE")
    elle.lit("Deuxième vérification")
    elle.ecrit("Code de votre application", "000000")
    elle.appuie("Me connecter")
    elle.lit("Ce code n’est pas le bon")
    elle.ecrit("Code de votre application", secours[0])
    elle.appuie("Me connecter")
    elle.lit("Ma situation")


def test_a_passkey_replaces_the_password(arriver: Callable[[], Personne]) -> None:
    lui = arriver()
    brancher_un_telephone(lui)
    lui.se_connecte("kim.tcheng@exemple.fr")
    lui.va("/mon-profil/securite/")
    lui.clique("Ajouter une clé d’accès")
    lui.ecrit("Nom de cette clé", "Mon téléphone")
    lui.page.get_by_label("Me connecter avec cette clé seule").check()
    lui.page.get_by_role("button", name="Ajouter cette clé").click()
    lui.page.wait_for_url("**/securite/codes/")
    lui.regarde()
    lui.va("/mon-profil/securite/cles/")
    lui.lit("Mon téléphone")
    lui.lit("Suffit pour se connecter")
    se_deconnecter(lui)
    lui.va("/connexion/")
    lui.page.get_by_role("button", name="Me connecter avec une clé d’accès").click()
    lui.page.wait_for_url("**/ma-demande/**")
    lui.regarde()
    lui.lit("Ma situation")


def test_a_passkey_completes_an_advisers_password(arriver: Callable[[], Personne]) -> None:
    elle = arriver()
    brancher_un_telephone(elle)
    elle.se_connecte("conseiller2@alin.exemple")
    elle.lit("Ce qui vous attend")
    elle.va("/mon-profil/securite/cles/ajouter/")
    elle.page.get_by_role("button", name="Ajouter cette clé").click()
    elle.page.wait_for_url(re.compile("/mon-profil/securite/(?!cles/ajouter/)"))
    se_deconnecter(elle)
    elle.va("/connexion/")
    elle.ecrit("Email", "conseiller2@alin.exemple")
    elle.ecrit("Mot de passe", "Demo2026alin")
    elle.appuie("JE ME CONNECTE")
    elle.page.get_by_role("button", name="Utiliser ma clé d’accès").click()
    elle.page.wait_for_url("**/admin/")
    elle.lit("Ce qui vous attend")


def test_a_key_that_does_not_answer_is_said_in_words(arriver: Callable[[], Personne]) -> None:
    elle = arriver()
    brancher_un_telephone(elle, isUserVerified=False)
    elle.va("/connexion/")
    expect(elle.page.get_by_text("La clé n’a pas été reconnue")).to_be_hidden()
    elle.page.get_by_role("button", name="Me connecter avec une clé d’accès").click()
    expect(elle.page.get_by_role("alert")).to_contain_text("La clé n’a pas été reconnue")
    elle.regarde()


def test_nobody_is_stuck_in_the_demo(arriver: Callable[[], Personne]) -> None:
    """Every account of the team signs in with the code that `/demo/` shows."""
    for courriel in ("support@alin.exemple", "administration@alin.exemple", "rhone@alin.exemple"):
        lui = arriver()
        lui.va("/demo/")
        lui.lit(courriel)
        lui.se_connecte(courriel)
        assert lui.page.url.endswith(("/admin/", "/service-logement/")), lui.page.url
