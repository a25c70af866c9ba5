"""The import's pages: what was typed is kept, each refusal says why, nobody skips a step or reads another's demand."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Courriel, User
from demandes.models import Demande
from tests.factories import DemandeFactory, DepartementFactory, UserFactory, dossier
from tests.registre import Registre

pytestmark = pytest.mark.django_db

NUMERO = "111092062114ACLOG"


@pytest.fixture
def anne(client: Client) -> User:
    user: User = UserFactory(prenom="Anne", nom_naissance="Porte")
    client.force_login(user)
    return user


@pytest.fixture
def demande(client: Client) -> Demande:
    """A demand just imported, whose owner is signed in."""
    sienne: Demande = DemandeFactory()
    client.force_login(sienne.demandeur)
    return sienne


def lire(client: Client, page: str) -> str:
    return " ".join(client.get(reverse(page), follow=True).content.decode().split())


def envoyer(client: Client, page: str, **champs: object) -> str:
    return " ".join(client.post(reverse(page), champs, follow=True).content.decode().split())


@pytest.mark.parametrize(
    ("numero", "naissance", "phrase"),
    [
        ("", "19/05/1989", "Saisissez votre Numéro Unique."),
        ("111092062114", "19/05/1989", "a 12 caractères"),
        ("111132062114ACLOG", "19/05/1989", "« 13 »"),
        (NUMERO, "", "Ce champ est obligatoire."),
        (NUMERO, "31/02/1989", "Cette date n’existe pas."),
        (NUMERO, "19/05/2189", "dans le futur"),
        (NUMERO, "19/05/0089", "année de naissance"),
        ("\x00" * 17, "19/05/1989", "caractère"),
    ],
)
def test_a_malformed_number_or_date_is_told_and_kept(
    numero: str, naissance: str, phrase: str, anne: User, client: Client
) -> None:
    page = envoyer(client, "demandes:numero", numero=numero, date_naissance=naissance)
    assert phrase in page
    if "\x00" not in numero:
        assert f'value="{numero}"' in page or not numero
    assert not Courriel.objects.exists()


def test_an_unknown_number_and_a_wrong_birth_date_get_the_same_page(
    anne: User, client: Client, registre: Registre
) -> None:
    def reponse(numero: str, naissance: str) -> str:
        page = envoyer(client, "demandes:numero", numero=numero, date_naissance=naissance)
        sans_saisie = page.replace(f'value="{numero}"', "").replace(f'value="{naissance}"', "")
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", sans_saisie)

    assert reponse(NUMERO, "20/05/1989") == reponse("111092099999ACLOG", "19/05/1989")


@pytest.mark.parametrize("panne", ["erreur", "illisible", "jeton"])
def test_a_registry_that_is_down_is_said_and_nothing_is_lost(
    panne: str, anne: User, client: Client, registre: Registre
) -> None:
    registre.panne(panne)
    reponse = client.post(reverse("demandes:numero"), {"numero": NUMERO, "date_naissance": "19/05/1989"})
    page = reponse.content.decode()
    assert reponse.status_code == 503
    illisible = "Le registre a répondu, mais sa réponse est incomplète ou mal formée"
    assert (illisible if panne == "illisible" else "Le registre des demandes ne répond pas en ce moment.") in page
    assert NUMERO in page


def test_the_address_is_shown_masked_and_only_after_both_answers_were_right(
    anne: User, client: Client, registre: Registre
) -> None:
    page = envoyer(client, "demandes:numero", numero=NUMERO, date_naissance="20/05/1989")
    assert "•••" not in page
    page = envoyer(client, "demandes:numero", numero=NUMERO, date_naissance="19/05/1989")
    assert "g•••@y•••.com" in page
    assert "gigitdenise" not in page


def test_a_number_already_taken_is_said_after_the_code(anne: User, client: Client, registre: Registre) -> None:
    DemandeFactory(numero_unique=NUMERO)
    page = envoyer(client, "demandes:numero", numero=NUMERO, date_naissance="19/05/1989")
    assert "déjà rattaché" not in page
    code = re.search(r"^(\d{6})$", Courriel.objects.latest("cree_le").texte, re.MULTILINE)
    assert code is not None
    assert "déjà rattaché à un autre compte" in envoyer(client, "demandes:code", code=code[1])


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "1234567", "12 34"])
def test_a_code_that_is_no_code_does_not_cost_a_try(code: str, anne: User, client: Client, registre: Registre) -> None:
    envoyer(client, "demandes:numero", numero=NUMERO, date_naissance="19/05/1989")
    page = envoyer(client, "demandes:code", code=code)
    assert "6 chiffres" in page
    assert anne.importations.get().essais == 0


def test_the_demand_is_shown_in_words(demande: Demande, client: Client) -> None:
    page = lire(client, "demandes:infos")
    for mots in (demande.numero_unique, "19/05/1989", "PORTE", "Concubin(e)", "Chez un particulier", "28905"):
        assert mots in page
    for bouton in ("Modifier mes informations", "Mettre à jour", "Étape suivante"):
        assert bouton in page


def test_an_update_shows_what_changed(client: Client, anne: User, registre: Registre) -> None:
    DemandeFactory(demandeur=anne, numero_unique=NUMERO, dossier=dossier(loyer_max=800))
    page = envoyer(client, "demandes:mettre_a_jour")
    assert "Votre demande est à jour." in page
    assert "Loyer maximum" in page


def test_an_update_while_the_registry_is_away_shows_the_dated_copy(
    client: Client, anne: User, registre: Registre
) -> None:
    DemandeFactory(demandeur=anne, numero_unique=NUMERO)
    registre.panne("erreur")
    page = envoyer(client, "demandes:mettre_a_jour")
    assert "telle qu’elle était à la dernière mise à jour" in page
    assert NUMERO in page


@pytest.mark.parametrize(
    ("code", "nom", "site"),
    [
        ("75", "Paris", "https://www.demande-logement-social.gouv.fr"),
        ("29", "Finistère", "https://www.demandelogement29.fr/imhowebGP29/"),
    ],
)
def test_without_a_number_the_departement_gives_its_registration_site(
    code: str, nom: str, site: str, client: Client
) -> None:
    DepartementFactory(code=code, nom=nom, site=site)
    page = " ".join(client.get(reverse("demandes:departement"), {"departement": code}).content.decode().split())
    assert "Votre département de recherche est celui" in page
    assert nom in page
    assert f'href="{site}"' in page


def test_a_departement_that_does_not_exist_is_told(client: Client) -> None:
    page = client.get(reverse("demandes:departement"), {"departement": "99"}).content.decode()
    assert "Aucun département ni commune ne correspond à «&nbsp;99&nbsp;»" in page


PAGES = (
    "demandes:situation",
    "demandes:tutoriel",
    "demandes:numero",
    "demandes:code",
    "demandes:infos",
    "demandes:employeur",
    "demandes:pieces",
)
ACTES = ("demandes:nouveau_code", "demandes:abandonner", "demandes:mettre_a_jour", "demandes:consentement")


@pytest.mark.parametrize("page", PAGES)
def test_anonymous_is_sent_to_the_door(page: str, client: Client) -> None:
    assert client.get(reverse(page))["Location"].startswith("/connexion/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("trait", ["conseiller", "support", "superviseur", "service_logement"])
def test_the_applicants_pages_are_his_alone(page: str, trait: str, client: Client) -> None:
    client.force_login(UserFactory(**{trait: True}))
    assert client.get(reverse(page)).status_code == 403


@pytest.mark.parametrize("acte", ACTES)
def test_get_on_an_act_is_not_allowed(acte: str, client: Client, demande: Demande) -> None:
    assert client.get(reverse(acte)).status_code == 405


@pytest.mark.parametrize("page", ["demandes:infos", "demandes:employeur", "demandes:pieces", "demandes:situation"])
def test_without_a_demand_one_is_led_to_the_import(page: str, anne: User, client: Client) -> None:
    assert client.get(reverse(page))["Location"] == reverse("demandes:tutoriel")


def test_one_account_has_one_demand(demande: Demande, client: Client) -> None:
    assert client.get(reverse("demandes:numero"))["Location"] == reverse("demandes:situation")


def test_closing_the_tab_and_coming_back_leads_to_the_step_that_is_due(demande: Demande, client: Client) -> None:
    assert client.get(reverse("demandes:situation"))["Location"] == reverse("demandes:infos")
    envoyer(client, "demandes:employeur", titulaire="demandeur", sans_employeur="on")
    assert client.get(reverse("demandes:situation"))["Location"] == reverse("demandes:pieces")


def test_the_birth_date_is_never_shown_to_someone_else(demande: Demande) -> None:
    autre = Client()
    autre.force_login(UserFactory())
    page = autre.get(reverse("demandes:infos"), follow=True).content.decode()
    assert demande.numero_unique not in page
    assert date(1989, 5, 19).strftime("%d/%m/%Y") not in page.replace("19/05/1989.", "")
