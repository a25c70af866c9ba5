"""A thousand guesses: stopped at the limit with a sentence, and the right owner comes in all the same."""

import re
import time
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import Courriel, User
from demandes import importation
from demandes.importation import CODES_PAR_IMPORT, PAR_COMPTE_ET_NUMERO, PAR_NUMERO, ImportRefuse
from demandes.models import Demande, Importation
from demandes.models.importation import ESSAIS_PERMIS
from demandes.sne.client import DemandeInconnue
from tests.factories import MOT_DE_PASSE, UserFactory
from tests.registre import Registre

pytestmark = pytest.mark.django_db

NUMERO, NAISSANCE = "111092062114ACLOG", date(1989, 5, 19)
SAISIE = {"numero": NUMERO, "date_naissance": "19/05/1989"}
ADRESSE_DU_REGISTRE = "gigitdenise@yopmail.com"


def entrer(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def code_recu() -> str:
    trouve = re.search(
        r"^(\d{6})$", Courriel.objects.filter(gabarit="code_import").latest("cree_le").texte, re.MULTILINE
    )
    assert trouve is not None
    return trouve[1]


def importer(user: User) -> Demande:
    ouverte = importation.demander_le_code(NUMERO, NAISSANCE, par=user)
    importation.verifier_le_code(ouverte, code_recu())
    ouverte.refresh_from_db()
    return importation.importer(ouverte, par=user)


def deviner(client: Client, essais: int) -> tuple[int, str]:
    """Guess like a robot that asks for another code whenever one dies; how many were looked at, and the last page."""
    regardes, page = 0, ""
    for n in range(essais):
        page = client.post("/ma-demande/code/", {"code": f"{n:06d}"}, follow=True).content.decode()
        regardes += "Ce n’est pas le bon code" in page
        if "Demandez-en un autre" in page:
            page = client.post("/ma-demande/code/nouveau/", follow=True).content.decode()
        if "codes ont déjà été envoyés" in page or "Numéro Unique" in page.split("<h1")[-1][:200]:
            client.post("/ma-demande/code/abandonner/")
            page = client.post("/ma-demande/numero-unique/", SAISIE, follow=True).content.decode()
    return regardes, page


@pytest.mark.parametrize("essais", [140, pytest.param(1000, marks=pytest.mark.epreuve)])
def test_a_thousand_guesses_of_a_code_are_a_hundred_and_twenty_five_at_most(essais: int, registre: Registre) -> None:
    client = entrer(UserFactory())
    client.post("/ma-demande/numero-unique/", SAISIE)
    regardes, page = deviner(client, essais)
    assert regardes <= PAR_COMPTE_ET_NUMERO * CODES_PAR_IMPORT * ESSAIS_PERMIS == 125
    assert "Trop d’essais aujourd’hui" in page
    assert not Demande.objects.exists()


def test_the_owner_whose_mailbox_the_registry_knows_comes_in_during_the_attack(registre: Registre) -> None:
    for _ in range(PAR_NUMERO // PAR_COMPTE_ET_NUMERO):
        intrus = UserFactory()
        for _ in range(PAR_COMPTE_ET_NUMERO):
            importation.demander_le_code(NUMERO, NAISSANCE, par=intrus)
    with pytest.raises(ImportRefuse, match="Trop d’essais"):
        importation.demander_le_code(NUMERO, NAISSANCE, par=UserFactory())
    anne = entrer(UserFactory(email=ADRESSE_DU_REGISTRE, prenom="Anne", nom_naissance="Porte"))
    anne.post("/ma-demande/numero-unique/", SAISIE)
    anne.post("/ma-demande/code/", {"code": code_recu()})
    assert Demande.objects.get().demandeur.email == ADRESSE_DU_REGISTRE


@pytest.mark.parametrize("essais", [50, pytest.param(1000, marks=pytest.mark.epreuve)])
def test_an_owner_with_another_mailbox_is_not_stopped_by_one_stranger(essais: int, registre: Registre) -> None:
    intrus, anne = UserFactory(), UserFactory(prenom="Anne", nom_naissance="Porte")
    for _ in range(PAR_COMPTE_ET_NUMERO):
        importation.demander_le_code(NUMERO, NAISSANCE, par=intrus)
    for _ in range(essais):
        with pytest.raises(ImportRefuse, match="Trop d’essais"):
            importation.demander_le_code(NUMERO, NAISSANCE, par=intrus)
    assert importer(anne).numero_unique == NUMERO


def test_an_owner_stopped_by_three_strangers_comes_in_the_next_day(registre: Registre) -> None:
    anne = UserFactory(prenom="Anne", nom_naissance="Porte")
    for intrus in (UserFactory(), UserFactory(), UserFactory()):
        for _ in range(PAR_COMPTE_ET_NUMERO):
            with pytest.raises(DemandeInconnue):
                importation.demander_le_code(NUMERO, date(1990, 1, 1), par=intrus)
    with pytest.raises(ImportRefuse, match="Réessayez demain"):
        importation.demander_le_code(NUMERO, NAISSANCE, par=anne)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert importer(anne).numero_unique == NUMERO


def test_a_worn_out_number_answers_alike_to_a_right_and_to_a_wrong_birth_date(registre: Registre) -> None:
    maintenant = timezone.now()
    intrus = UserFactory()
    Importation.objects.bulk_create(
        Importation(par=intrus, numero_unique=NUMERO, expire_le=maintenant, close_le=maintenant)
        for _ in range(PAR_NUMERO)
    )
    pages = []
    for jour in ("19/05/1989", "20/05/1989"):
        page = entrer(UserFactory()).post("/ma-demande/numero-unique/", {**SAISIE, "date_naissance": jour})
        pages.append("Trop d’essais aujourd’hui" in page.content.decode())
    assert pages == [True, True]
    assert not Courriel.objects.exists()


def test_an_owner_locked_out_by_strangers_comes_in_with_the_address_of_the_registry(registre: Registre) -> None:
    """Whoever can read the code can prove that address: strangers never lock anybody out for ever."""
    maintenant, intrus = timezone.now(), UserFactory()
    Importation.objects.bulk_create(
        Importation(par=intrus, numero_unique=NUMERO, expire_le=maintenant, close_le=maintenant)
        for _ in range(PAR_NUMERO)
    )
    anne = UserFactory(prenom="Anne", nom_naissance="Porte", email="ailleurs@exemple.fr")
    page = entrer(anne).post("/ma-demande/numero-unique/", SAISIE).content.decode()
    assert "donnez à votre compte AL’in l’adresse e-mail écrite dans votre demande" in page
    anne.email = ADRESSE_DU_REGISTRE
    anne.save()
    assert importer(anne).demandeur == anne


def test_one_address_of_the_network_asks_for_sixty_codes_an_hour_whatever_the_accounts(registre: Registre) -> None:
    refus = []
    for _ in range(9):
        client = entrer(UserFactory())
        for n in range(7):
            saisie = {"numero": f"11109209{n}999ACLOG", "date_naissance": "19/05/1989"}
            refus.append(client.post("/ma-demande/numero-unique/", saisie).status_code)
    assert refus == [200] * 60 + [429] * 3
    ailleurs = Client(REMOTE_ADDR="192.0.2.7")
    ailleurs.force_login(UserFactory())
    assert ailleurs.post("/ma-demande/numero-unique/", SAISIE).status_code == 302


def test_an_unknown_number_and_a_wrong_birth_date_take_the_same_time(registre: Registre) -> None:
    """A ratio of the shortest of twelve, taken in turn: what an onlooker could measure, neighbours only add."""
    inconnu, fausse = {**SAISIE, "numero": "111092099999ACLOG"}, {**SAISIE, "date_naissance": "20/05/1989"}
    temps: dict[str, list[float]] = {"inconnu": [], "fausse": []}
    entrer(UserFactory()).post("/ma-demande/numero-unique/", inconnu)
    for _ in range(12):
        for genre, saisie in (("inconnu", inconnu), ("fausse", fausse)):
            cache.clear()
            client = entrer(UserFactory())
            debut = time.perf_counter()
            page = client.post("/ma-demande/numero-unique/", saisie).content.decode()
            temps[genre].append(time.perf_counter() - debut)
            assert "Aucune demande ne correspond" in page
    rapport = min(temps["inconnu"]) / min(temps["fausse"])
    assert 0.5 < rapport < 2, temps


@pytest.mark.parametrize("essais", [80, pytest.param(1000, marks=pytest.mark.epreuve)])
def test_a_thousand_guesses_of_a_password_stop_at_the_limit_and_its_owner_comes_in_later(essais: int) -> None:
    anne = UserFactory()
    client, regardes = Client(), 0
    for n in range(essais):
        page = client.post("/connexion/", {"login": anne.email, "password": f"Devine{n:04d}"}).content.decode()
        regardes += "n’est pas le bon" in page
        assert "_auth_user_id" not in client.session
    assert regardes <= 20
    page = client.post("/connexion/", {"login": anne.email, "password": MOT_DE_PASSE}).content.decode()
    assert "_auth_user_id" not in client.session
    assert "Trop" in page
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=10)):
        client.post("/connexion/", {"login": anne.email, "password": MOT_DE_PASSE})
        assert client.session["_auth_user_id"] == str(anne.pk)


def test_the_owner_who_is_locked_out_opens_the_door_with_a_new_password() -> None:
    anne = UserFactory()
    client = Client()
    for n in range(30):
        client.post("/connexion/", {"login": anne.email, "password": f"Devine{n:04d}"})
    ailleurs = Client(REMOTE_ADDR="192.0.2.7")
    ailleurs.post("/mot-de-passe/oublie/", {"email": anne.email})
    lien = re.search(r"http://testserver(/mot-de-passe/mise-a-jour/\S+)", Courriel.objects.latest("cree_le").texte)
    assert lien is not None
    page = ailleurs.get(lien[1], follow=True).content.decode()
    formulaire = re.search(r'action="(/mot-de-passe/mise-a-jour/[^"]+)"', page)
    assert formulaire is not None
    ailleurs.post(formulaire[1], {"password1": "Nouveau2026", "password2": "Nouveau2026"})
    assert authenticate(None, email=anne.email, password="Nouveau2026") is not None
    ailleurs.post("/connexion/", {"login": anne.email, "password": "Nouveau2026"})
    assert ailleurs.session["_auth_user_id"] == str(anne.pk)
