"""Stopping one's alerts: from « Mon profil », and by the link of a mail, without signing in (RFC 8058)."""

import re
from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from accounts import courriels
from accounts.models import Courriel
from candidatures.effacement import effacer
from demandes.models import Demande
from offres import alertes
from offres.models import Abonnement
from tests.candidatures.alertes import deja_en_service, passer, recues
from tests.facteur import Boite
from tests.factories import CandidatureFactory, OffreFactory, UserFactory
from tests.offres.lecture import LISTE, lire

pytestmark = pytest.mark.django_db


def chemin(demande: Demande) -> str:
    return alertes.lien_d_arret(demande.demandeur).removeprefix("http://testserver")


@pytest.fixture
def robot() -> Client:
    """A mailbox's own server: no cookie, and a token nobody gave it."""
    return Client(enforce_csrf_checks=True)


@pytest.mark.django_db(transaction=True)
def test_the_mail_carries_the_one_click_header_and_the_link_stops_the_alerts(
    demande: Demande, boite: Boite, robot: Client
) -> None:
    deja_en_service()
    OffreFactory(commune_id="75111", code_postal="75011")
    passer()
    courriels.livrer()
    (message,) = boite.messages()
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    lien = re.fullmatch(r"<http://testserver(/\S+)>", str(message["List-Unsubscribe"]).strip())
    assert lien is not None
    assert Courriel.objects.get().desinscription == ""  # nothing of it stays here
    corps = message.get_body(("plain",))
    assert corps is not None
    assert lien[1] in corps.get_content()
    reponse = robot.post(lien[1], "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert reponse.status_code == 200
    assert "aucune alerte sur les nouveaux logements ne partira plus" in reponse.content.decode()
    assert not reponse.cookies
    assert not alertes.sont_actives(demande.demandeur)


def test_opening_the_link_changes_nothing_and_shows_a_button_and_a_masked_address(
    demande: Demande, robot: Client
) -> None:
    reponse = robot.get(chemin(demande))
    page = reponse.content.decode()
    assert reponse.status_code == 200
    assert not reponse.cookies
    assert "Ne plus recevoir d’alertes" in page
    nom = demande.demandeur.email.partition("@")[0]
    assert f"{nom[0]}•••@e•••.fr" in page
    assert demande.demandeur.email not in page
    assert demande.demandeur.nom_naissance not in page
    assert not Abonnement.objects.exists()


def test_stopping_twice_is_stopping_once(demande: Demande, robot: Client) -> None:
    premiere = [robot.post(chemin(demande)).status_code, Abonnement.objects.get().arrete_le]
    assert [robot.post(chemin(demande)).status_code, Abonnement.objects.get().arrete_le] == premiere
    assert "Alertes arrêtées" in robot.get(chemin(demande)).content.decode()


def test_a_link_works_as_long_as_the_account_does(demande: Demande, robot: Client) -> None:
    lien = chemin(demande)
    demande.delete()
    assert robot.get(lien).status_code == 200
    effacer(demande.demandeur)
    for reponse in (robot.get(lien), robot.post(lien)):
        assert reponse.status_code == 200
        assert "un compte qui n’existe plus" in reponse.content.decode()
    assert not Abonnement.objects.exists()


@pytest.mark.parametrize(
    "jeton",
    [
        "faux",
        "00000000000000000000000000000000:signature-inventee-de-toutes-pieces-0123456",
        Signer(salt="un autre sel", key="une autre clé").sign("0" * 32),
        "é" * 40,
        "a" * 3000,
        ":",
    ],
    ids=["no signature", "invented", "another key", "accents", "very long", "empty"],
)
def test_a_forged_link_gets_a_sentence(jeton: str, robot: Client) -> None:
    for reponse in (robot.get(f"/offres/alertes/arret/{jeton}/"), robot.post(f"/offres/alertes/arret/{jeton}/")):
        assert reponse.status_code == 404
        assert "Ce lien n’est pas complet" in reponse.content.decode()


def test_a_signature_made_for_something_else_opens_nothing(demande: Demande, robot: Client) -> None:
    ailleurs = Signer(salt="accounts.adresse").sign(demande.demandeur.pk.hex)
    autre_chose = Signer(salt=alertes.SEL).sign("pas un compte")
    for jeton in (ailleurs, autre_chose):
        assert robot.post(f"/offres/alertes/arret/{jeton}/").status_code == 404
    assert not Abonnement.objects.exists()


def test_the_profile_says_what_alerts_are_and_switches_them(anne: Client, demande: Demande) -> None:
    assert "Régler mes alertes" in lire(anne, LISTE)
    page = lire(anne, "/mon-profil/")
    assert "Alertes par e-mail" in page
    assert f"Chaque jour , à {demande.demandeur.email}." in page
    assert anne.post("/offres/alertes/", {"alertes": "jamais"})["Location"] == "/mon-profil/#alertes"
    assert "Jamais : vous les avez arrêtées." in lire(anne, "/mon-profil/")
    anne.post("/offres/alertes/", {"alertes": "n’importe quoi"})
    assert not alertes.sont_actives(demande.demandeur)
    anne.post("/offres/alertes/", {"alertes": "chaque_jour"})
    assert alertes.sont_actives(demande.demandeur)


def test_the_profile_says_why_no_alert_comes(anne: Client, demande: Demande) -> None:
    candidature = CandidatureFactory(demande=demande)
    assert "Vous avez une candidature active : aucune ne part" in lire(anne, "/mon-profil/")
    candidature.delete()
    Demande.objects.update(renouvelee_le=timezone.localdate() - timedelta(days=400))
    assert "aucune ne part en attendant" in lire(anne, "/mon-profil/")
    Demande.objects.update(renouvelee_le=timezone.localdate(), dossier_valide_le=None)
    assert "Elles commenceront après « Valider mon dossier »." in lire(anne, "/mon-profil/")


def test_the_support_reads_counts_and_dates_and_nothing_that_was_announced(demande: Demande, client: Client) -> None:
    deja_en_service()
    OffreFactory(commune_id="75111", code_postal="75011")
    passer()
    client.force_login(UserFactory(support=True))
    page = lire(client, "/admin/offres/tournee/")
    assert "e-mails écrits" in page.lower()
    page = lire(client, f"/admin/offres/abonnement/?q={demande.demandeur.email}")
    assert demande.demandeur.email in page
    assert recues()[0].sujet not in page
