"""A demand made on AL'in before 20/04/2021 proves its mailbox once, at its next update; then a click is enough (#4)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import Courriel
from demandes import importation, reprise
from demandes.importation import CodeRefuse
from demandes.models import Demande
from tests.demandes.importer import NUMERO, code_recu
from tests.factories import DemandeFactory, UserFactory, dossier
from tests.registre import Registre

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")


def importee_le(moment: datetime) -> Demande:
    user = UserFactory(prenom="Anne", nom_naissance="Porte")
    with time_machine.travel(moment):
        demande: Demande = DemandeFactory(demandeur=user, numero_unique=NUMERO, dossier=dossier(loyer_max=800))
    return demande


@pytest.fixture
def ancienne(registre: Registre, client: Client) -> Demande:
    demande = importee_le(datetime(2021, 3, 14, 10, tzinfo=PARIS))
    client.force_login(demande.demandeur)
    return demande


def envoyer(client: Client, nom: str, **champs: str) -> str:
    return " ".join(client.post(reverse(nom), champs, follow=True).content.decode().split())


@pytest.mark.parametrize(
    ("moment", "a_verifier"),
    [
        (datetime(2021, 4, 19, 23, 59, 59, tzinfo=PARIS), True),
        (datetime(2021, 4, 20, 0, 0, 0, tzinfo=PARIS), False),
        (datetime(2026, 11, 22, 9, tzinfo=PARIS), False),
    ],
)
def test_the_code_is_asked_of_what_was_imported_before_the_twentieth_of_april_2021(
    moment: datetime, a_verifier: bool
) -> None:
    assert importee_le(moment).code_a_verifier is a_verifier


def test_the_first_update_explains_asks_the_code_and_shows_what_changed(ancienne: Demande, client: Client) -> None:
    page = envoyer(client, "demandes:mettre_a_jour")
    assert "Confirmer votre Numéro Unique" in page
    assert "avant le 20/04/2021" in page
    assert not Courriel.objects.exists()
    page = envoyer(client, "demandes:confirmer")
    assert "Un code a été envoyé à g•••@y•••.com" in page
    page = envoyer(client, "demandes:code", code=code_recu())
    assert "Votre demande est à jour." in page
    assert "Loyer maximum" in page
    ancienne.refresh_from_db()
    assert not ancienne.code_a_verifier
    assert ancienne.importee_le.date() == date(2021, 3, 14)


def test_afterwards_a_click_is_enough(ancienne: Demande, client: Client) -> None:
    envoyer(client, "demandes:confirmer")
    envoyer(client, "demandes:code", code=code_recu())
    envoyes = Courriel.objects.count()
    assert "Votre demande était déjà à jour." in envoyer(client, "demandes:mettre_a_jour")
    assert client.get(reverse("demandes:confirmer"))["Location"] == reverse("demandes:infos")
    assert Courriel.objects.count() == envoyes


def test_a_wrong_code_updates_nothing(ancienne: Demande, client: Client) -> None:
    envoyer(client, "demandes:confirmer")
    faux = f"{(int(code_recu()) + 1) % 10**6:06d}"
    assert "Ce n’est pas le bon code" in envoyer(client, "demandes:code", code=faux)
    ancienne.refresh_from_db()
    assert ancienne.code_a_verifier
    with pytest.raises(CodeRefuse, match="Confirmez d’abord"):
        importation.mettre_a_jour(ancienne, par=ancienne.demandeur)


def test_the_dated_copy_stays_while_the_registry_is_away(ancienne: Demande, client: Client, registre: Registre) -> None:
    registre.panne("erreur")
    reponse = client.post(reverse("demandes:confirmer"))
    assert reponse.status_code == 503
    assert "Le registre des demandes ne répond pas en ce moment." in reponse.content.decode()
    assert "Copie du" in client.get(reverse("demandes:infos")).content.decode()


def test_a_birth_date_that_changed_in_the_registry_shows_the_way_out(
    ancienne: Demande, client: Client, registre: Registre
) -> None:
    registre.modifier(NUMERO, demandeur__date_naissance=date(1989, 5, 18))
    page = envoyer(client, "demandes:confirmer")
    assert "Aucune demande ne correspond" in page
    assert reverse("candidatures:supprimer_demande") in page


def test_an_update_that_the_registry_interrupts_goes_on_by_itself(
    ancienne: Demande, client: Client, registre: Registre
) -> None:
    envoyer(client, "demandes:confirmer")
    code = code_recu()
    registre.panne("erreur")
    assert "Mettre à jour ma demande" in envoyer(client, "demandes:code", code=code)
    registre.panne("aucune")
    ouverte = ancienne.demandeur.importations.get()
    with time_machine.travel(datetime.now(PARIS) + timedelta(minutes=1)):
        assert reprise.reprendre(ouverte.pk)
    assert Courriel.objects.latest("cree_le").sujet == "Votre demande est à jour sur AL’in"
    ancienne.refresh_from_db()
    assert not ancienne.code_a_verifier


def test_giving_up_an_update_leaves_the_demand_as_it_was(ancienne: Demande, client: Client) -> None:
    envoyer(client, "demandes:confirmer")
    assert NUMERO in envoyer(client, "demandes:abandonner")
    ancienne.refresh_from_db()
    assert ancienne.code_a_verifier
    assert Demande.objects.get() == ancienne
