"""The second factor: who must have one, how it is set up, used, lost and found again."""

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Courriel, User
from tests.factories import MOT_DE_PASSE, SECRET_TOTP, AppartenanceFactory, UserFactory

pytestmark = pytest.mark.django_db
OBLIGES = ["conseiller", "support", "superviseur", "service_logement"]
LEURS_PAGES = ["/admin/", "/service-logement/", "/mon-profil/", "/mon-espace/", "/admin/candidatures/candidature/"]


@pytest.fixture(autouse=True)
def compteurs_a_zero() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def code(secret: str = SECRET_TOTP, decalage: int = 0) -> str:
    """What the telephone shows now, or `decalage` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + decalage))


def connecter(client: Client, user: User) -> str:
    """Type the right password; where that leads."""
    return str(client.post("/connexion/", {"login": user.email, "password": MOT_DE_PASSE})["Location"])


def texte(client: Client, chemin: str) -> str:
    return client.get(chemin, follow=True).content.decode()


@pytest.mark.parametrize("trait", OBLIGES)
@pytest.mark.parametrize("chemin", LEURS_PAGES)
def test_without_a_second_factor_whoever_opens_files_is_led_to_it_and_nowhere_else(
    trait: str, chemin: str, client: Client
) -> None:
    user = UserFactory(**{trait: True, "deuxieme_facteur": False})
    connecter(client, user)
    reponse = client.get(chemin)
    assert (reponse.status_code, reponse.get("Location")) == (302, reverse("mfa_index"))
    assert "votre compte doit avoir un deuxième facteur" in texte(client, chemin)
    assert client.post(chemin, {"email": "autre@exemple.fr"})["Location"] == reverse("mfa_index")


@pytest.mark.parametrize("trait", OBLIGES)
def test_setting_up_an_application_opens_the_work_and_gives_ten_recovery_codes(trait: str, client: Client) -> None:
    user = UserFactory(**{trait: True, "deuxieme_facteur": False})
    connecter(client, user)
    page = texte(client, "/mon-profil/securite/application/")
    trouve = re.search(r'cle-a-recopier">([A-Z2-7]{32})<', page)
    assert trouve is not None
    assert "<svg" in page
    assert "data:" not in page
    reponse = client.post("/mon-profil/securite/application/", {"code": code(trouve[1])})
    assert reponse["Location"] == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<code>(\d{8})</code>", texte(client, reponse["Location"]))
    assert len(set(codes)) == 10
    assert client.get("/mon-espace/")["Location"] != reverse("mfa_index")


def test_a_wrong_first_code_sets_nothing_up_and_says_why(client: Client) -> None:
    connecter(client, UserFactory(conseiller=True, deuxieme_facteur=False))
    client.get("/mon-profil/securite/application/")
    page = client.post("/mon-profil/securite/application/", {"code": "000000"}).content.decode()
    assert "Ce code n’est pas le bon, ou il a déjà servi." in page
    assert not Authenticator.objects.exists()


def test_the_password_alone_does_not_open_a_protected_account(client: Client) -> None:
    assert connecter(client, UserFactory(conseiller=True)) == reverse("mfa_authenticate")
    assert client.get("/admin/")["Location"].startswith("/admin/login/")
    assert "_auth_user_id" not in client.session


def test_the_code_of_the_moment_opens_it_once(client: Client) -> None:
    user = UserFactory(conseiller=True)
    connecter(client, user)
    donne = code()
    assert client.post("/connexion/deuxieme-facteur/", {"code": donne})["Location"] == reverse("accounts:espace")
    assert client.get("/admin/").status_code == 200
    voleur = Client()
    connecter(voleur, user)
    page = voleur.post("/connexion/deuxieme-facteur/", {"code": donne}).content.decode()
    assert "il a déjà servi" in page


@pytest.mark.parametrize("faux", ["", "000000", "12345", "abcdef", "0\x00", "9" * 400, "１２３４５６"])
def test_a_wrong_code_is_refused_with_a_sentence(faux: str, client: Client) -> None:
    connecter(client, UserFactory(conseiller=True))
    reponse = client.post("/connexion/deuxieme-facteur/", {"code": faux})
    assert reponse.status_code == 200
    assert "Il y a un point à corriger" in reponse.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_serves_once(client: Client) -> None:
    user = UserFactory(conseiller=True)
    secours = RecoveryCodes.activate(user).get_unused_codes()[0]
    connecter(client, user)
    assert client.post("/connexion/deuxieme-facteur/", {"code": secours})["Location"] == reverse("accounts:espace")
    client.post("/deconnexion/")
    connecter(client, user)
    assert client.post("/connexion/deuxieme-facteur/", {"code": secours}).status_code == 200


def test_guessing_the_code_is_stopped_and_the_owner_is_not_locked_for_ever(client: Client) -> None:
    user = UserFactory(conseiller=True)
    connecter(client, user)
    pages = [client.post("/connexion/deuxieme-facteur/", {"code": f"{n:06d}"}).content.decode() for n in range(8)]
    assert "Trop de tentatives" in pages[-1]
    assert "Trop de tentatives" in client.post("/connexion/deuxieme-facteur/", {"code": code()}).content.decode()
    cache.clear()  # five minutes later
    assert client.post("/connexion/deuxieme-facteur/", {"code": code()}).status_code == 302


@pytest.mark.parametrize("trait", OBLIGES)
def test_who_must_have_one_keeps_one(trait: str, client: Client) -> None:
    user = UserFactory(**{trait: True})
    connecter(client, user)
    client.post("/connexion/deuxieme-facteur/", {"code": code()})
    page = client.post("/mon-profil/securite/application/retirer/").content.decode()
    assert "Votre rôle demande toujours un deuxième facteur" in page
    cle = Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Mon téléphone"})
    Authenticator.objects.filter(type=Authenticator.Type.TOTP).delete()
    assert client.post(f"/mon-profil/securite/cles/{cle.pk}/retirer/")["Location"] == reverse("mfa_index")
    assert Authenticator.objects.filter(pk=cle.pk).exists()


def test_an_applicant_may_have_one_and_may_let_it_go(client: Client) -> None:
    user = UserFactory(deuxieme_facteur=True)
    assert connecter(client, user) == reverse("mfa_authenticate")
    client.post("/connexion/deuxieme-facteur/", {"code": code()})
    assert client.post("/mon-profil/securite/application/retirer/").status_code == 302
    assert not Authenticator.objects.exists()
    assert Courriel.objects.filter(gabarit="deuxieme_facteur_retire", destinataire=user.email).exists()


def test_an_applicant_is_not_asked_for_one(client: Client) -> None:
    assert connecter(client, UserFactory()) == reverse("accounts:espace")
    assert "conseillé, pas obligatoire" in texte(client, "/mon-profil/securite/")


def test_the_key_of_somebody_else_is_not_found(client: Client) -> None:
    autre = Authenticator.objects.create(
        user=UserFactory(), type=Authenticator.Type.WEBAUTHN, data={"name": "La sienne"}
    )
    connecter(client, UserFactory())
    for adresse in (f"/mon-profil/securite/cles/{autre.pk}/", f"/mon-profil/securite/cles/{autre.pk}/retirer/"):
        assert client.get(adresse).status_code == 404
        assert client.post(adresse, {"name": "A moi"}).status_code == 404


def test_no_secret_of_a_factor_is_readable_in_the_database() -> None:
    user = UserFactory(conseiller=True)
    secours = RecoveryCodes.activate(user)
    ecrit = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert SECRET_TOTP not in ecrit
    assert not any(c in ecrit for c in secours.get_unused_codes())
    assert "seed" in ecrit
    assert not re.search(r"'seed': '[0-9a-f]{80}'", ecrit)


def test_a_supervisor_resets_a_lost_factor_and_its_owner_is_told_and_signed_out(client: Client) -> None:
    perdu, elle, lui = UserFactory(conseiller=True), UserFactory(superviseur=True), Client()
    connecter(lui, perdu)
    lui.post("/connexion/deuxieme-facteur/", {"code": code()})
    client.force_login(elle)
    fiche = f"/admin/accounts/user/{perdu.pk}/change/"
    assert "Remettre le deuxième facteur à zéro" in texte(client, fiche)
    reponse = client.post(f"/admin/accounts/user/{perdu.pk}/deuxieme-facteur/")
    assert reponse["Location"] == fiche
    assert not Authenticator.objects.filter(user=perdu).exists()
    assert lui.get("/admin/")["Location"].startswith("/admin/login/")
    assert Courriel.objects.filter(gabarit="deuxieme_facteur_retire", destinataire=perdu.email).exists()
    assert "Deuxième facteur remis à zéro" in texte(client, f"/admin/accounts/user/{perdu.pk}/history/")
    assert "doit avoir un deuxième facteur" in texte(lui, connecter(lui, perdu))


def test_nobody_resets_his_own_factor_and_only_a_supervisor_resets_anothers(client: Client) -> None:
    superviseur, conseiller = UserFactory(superviseur=True), UserFactory(conseiller=True)
    client.force_login(superviseur)
    client.post(f"/admin/accounts/user/{superviseur.pk}/deuxieme-facteur/")
    for trait in ("conseiller", "support"):
        client.force_login(UserFactory(**{trait: True}))
        assert client.post(f"/admin/accounts/user/{conseiller.pk}/deuxieme-facteur/").status_code == 403
    assert Authenticator.objects.filter(user__in=[superviseur, conseiller]).count() == 2


def test_the_last_supervisor_is_freed_from_the_machine_itself() -> None:
    perdu = UserFactory(superviseur=True, email="seul@exemple.fr")
    call_command("remettre_deuxieme_facteur", "Seul@exemple.fr")
    assert not Authenticator.objects.filter(user=perdu).exists()
    with pytest.raises(CommandError, match="Aucun compte"):
        call_command("remettre_deuxieme_facteur", "personne@exemple.fr")


def test_whoever_works_here_is_signed_out_sooner_than_an_applicant(client: Client) -> None:
    connecter(client, UserFactory())
    demandeur = client.session.get_expiry_age()
    client.post("/deconnexion/")
    agent = AppartenanceFactory().agent
    connecter(client, agent)
    client.post("/connexion/deuxieme-facteur/", {"code": code()})
    assert client.session.get_expiry_age() * 2 < demandeur


def test_sessions_are_listed_and_the_others_can_be_closed(client: Client) -> None:
    user, ailleurs = UserFactory(), Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
    connecter(ailleurs, user)
    connecter(client, user)
    page = texte(client, "/mon-profil/connexions/")
    assert "Firefox sur Windows" in page
    assert "Cet appareil" in page
    client.post("/mon-profil/connexions/")
    assert ailleurs.get("/mon-profil/")["Location"].startswith("/connexion/")
    assert client.get("/mon-profil/").status_code == 200
    assert UserSession.objects.filter(user=user).count() == 1


def test_the_session_is_another_one_after_signing_in(client: Client) -> None:
    client.post("/creer-mon-compte/", {"email": "pas-fini"})
    client.session.save()
    session = client.session
    session["laissee"] = "avant"
    session.save()
    avant = session.session_key
    connecter(client, UserFactory())
    assert client.session.session_key != avant
    assert client.get("/mon-profil/").status_code == 200
