"""The page that waits for the registry, in Chromium: it goes on by itself when the demand has arrived."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from demandes import reprise
from demandes.models import Importation
from tests.demandes.importer import code_recu
from tests.factories import UserFactory
from tests.navigateur.conftest import Personne
from tests.registre import Registre

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]


def test_the_waiting_page_opens_the_demand_when_it_has_arrived(
    live_server: LiveServer, context: BrowserContext, registre: Registre
) -> None:
    session = Client()
    session.force_login(UserFactory(prenom="Anne", nom_naissance="Porte"))
    context.add_cookies([{"name": "session", "value": session.cookies["session"].value, "url": live_server.url}])
    anne = Personne(context, live_server.url)
    anne.va("/ma-demande/numero-unique/")
    anne.ecrit("Numéro Unique", "Numéro unique : 111 0920 62114 ACLOG")
    anne.ecrit("Date de naissance", "19/05/1989")
    anne.appuie("Valider")
    anne.lit("Un code a été envoyé à g•••@y•••.com")
    registre.panne("erreur")
    anne.ecrit("Code de sécurité", code_recu())
    anne.appuie("Valider")
    anne.lit("Votre code est vérifié.")
    anne.lit("Le registre des demandes ne répond pas en ce moment.")

    registre.panne("aucune")
    Importation.objects.update(verifiee_le=timezone.now() - timedelta(minutes=1))
    assert reprise.reprendre(Importation.objects.get().pk)
    expect(anne.page.locator("h1")).to_contain_text("Voici les informations liées au numéro unique", timeout=30_000)
    anne.lit("Votre demande est importée sur AL’in.")
    anne.regarde()
