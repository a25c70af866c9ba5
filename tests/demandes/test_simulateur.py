"""The registry's simulator: its pages, as a person sees them."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page

from demandes.sne import client
from demandes.sne.simulateur.personnes import NUMEROS_LIBRES, personnes
from tests.registre import Registre

ANNE = "111092062114ACLOG"


class Navigateur:
    """Somebody on the simulator's pages, without JavaScript."""

    def __init__(self, url: str) -> None:
        self.http = httpx.Client(base_url=url, follow_redirects=True, trust_env=False, timeout=20)

    def lire(self, chemin: str, statut: int = 200) -> str:
        reponse = self.http.get(chemin)
        assert reponse.status_code == statut
        return texte(reponse)

    def champs(self, chemin: str) -> dict[str, Any]:
        """The form of a page as a browser would send it back untouched."""
        html = self.http.get(chemin).text
        valeurs: dict[str, Any] = {}
        for balise in re.findall(r"<input [^>]*>", html):
            attributs = dict(re.findall(r'(\w+)="([^"]*)"', balise))
            if "name" not in attributs:
                continue
            if attributs.get("type") in ("checkbox", "radio"):
                if re.search(r"\schecked", balise):
                    valeurs.setdefault(attributs["name"], []).append(attributs.get("value", "on"))
            else:
                valeurs[attributs["name"]] = unescape(attributs.get("value", ""))
        for nom, options in re.findall(r'<select name="(\w+)".*?>(.*?)</select>', html, re.DOTALL):
            choisies = re.findall(r'<option value="([^"]*)" selected', options)
            valeurs[nom] = (choisies or re.findall(r'<option value="([^"]*)"', options))[0]
        return valeurs

    def envoyer(self, chemin: str, vers: str = "", **changes: Any) -> str:
        """Fill in the form of a page and send it; the text of the page one lands on."""
        reponse = self.http.post(vers or chemin, data=self.champs(chemin) | changes)
        assert reponse.status_code == 200, reponse.status_code
        return texte(reponse)


def texte(reponse: httpx.Response) -> str:
    """What a person reads of a page, spaces made plain."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", reponse.text)).split())


@pytest.fixture
def navigateur(registre: Registre) -> Iterator[Navigateur]:
    navigateur = Navigateur(registre.url)
    yield navigateur
    navigateur.http.close()


def fiche(numero: str = ANNE) -> str:
    return f"/demandes/{numero}/"


# The pages


def test_a_newcomer_finds_at_least_twenty_people_with_all_that_the_portal_asks(navigateur: Navigateur):
    page = navigateur.lire("/")
    a_essayer = page.partition("Personnes à essayer")[2].partition("Toutes les demandes")[0]

    assert len(NUMEROS_LIBRES) >= 20
    for dossier in personnes(timezone.localdate())[: len(NUMEROS_LIBRES)]:
        assert dossier.num_unique in a_essayer
        assert f"{dossier.demandeur.prenom} {dossier.demandeur.nom}" in a_essayer
        assert f"{dossier.demandeur.date_naissance:%d/%m/%Y}" in a_essayer
    assert "2 adultes, 1 enfant · 3 115 € par mois Paris 11e (75), Paris 20e (75), Montreuil (93)" in a_essayer


@pytest.mark.parametrize("cherche", ["porte anne", "PORTE", "111092062114", "19/05/1989", "gigitdenise", "gigi denis"])
def test_a_demand_is_found_by_name_number_birth_date_or_mail(navigateur: Navigateur, cherche: str):
    page = navigateur.lire(f"/?q={cherche}")

    assert "1 demande pour" in page
    assert ANNE in page


def test_the_search_ignores_accents_and_says_when_it_finds_nobody(navigateur: Navigateur):
    assert "Maëlle QUÉMÉNEUR" in navigateur.lire("/?q=maelle+quemeneur")
    assert "Aucune demande ne correspond." in navigateur.lire("/?q=personne+de+ce+nom")


def test_the_list_has_pages(navigateur: Navigateur):
    assert "Page 1 sur 3" in navigateur.lire("/")
    assert "Page 3 sur 3" in navigateur.lire("/?page=3")


def test_the_page_of_the_guide_s_demand_shows_it_in_full(navigateur: Navigateur):
    page = navigateur.lire(fiche())

    for phrase in (
        "Nom de naissance PORTE",
        "Date de naissance 19/05/1989",
        "N° de sécurité sociale 28905",
        "Téléphone portable 06 04 50 57 92",
        "Notification par SMS Oui",
        "Concubin(e) : Denis GIGI",
        "Enfant : Lina PORTE",
        "Hébergé(e) par Madame Denise GIGI",
        "Logement repris ou mis en vente par son propriétaire",
        "SIRET 12345678200010",
    ):
        assert phrase in page


def test_a_demand_that_does_not_exist_is_a_french_404(navigateur: Navigateur):
    assert "Cette demande n’est pas dans le registre" in navigateur.lire("/demandes/111092099999ACLOG/", 404)
    assert "n’est pas dans le registre" in navigateur.lire(f"{fiche()}modifier/adulte/7/", 404)


def test_a_form_sent_back_untouched_changes_nothing_but_the_date(navigateur: Navigateur, registre: Registre):
    for section in ("adulte/0", "adulte/1", "foyer", "handicap", "logement", "recherche", "motifs"):
        for numero in (ANNE, "111111955620ACLOG", "069102206612ACLOG", "069072403377ACLOG"):
            avant = registre.json(numero)
            if section == "adulte/1" and not avant["cotitulaires"]:
                continue
            page = navigateur.envoyer(f"{fiche(numero)}modifier/{section}/")
            assert "Vos modifications sont enregistrées." in page
            apres = registre.json(numero)
            assert apres | {"dateDerniereModification": avant["dateDerniereModification"]} == avant


def test_a_new_contact_address_and_salary_reach_the_portal_s_client(navigateur: Navigateur):
    changements = {
        "mel": "anne.porte@exemple.fr",
        "montant_1": "1900",
        "telephone": "06 39 98 12 34",
        "rfr_n2": "19000",
    }
    page = navigateur.envoyer(f"{fiche()}modifier/adulte/0/", **changements)

    assert "Vos modifications sont enregistrées." in page
    assert "cliquez sur « Mettre à jour »" in page
    assert client.adresse_de_contact(ANNE, date(1989, 5, 19)) == "anne.porte@exemple.fr"
    demandeur = client.lire_dossier(ANNE).demandeur
    assert (demandeur.ressources[0].montant, demandeur.telephone, demandeur.rfr_n2) == (1900, "0639981234", 19000)


@pytest.mark.parametrize(
    ("champ", "tape", "phrase"),
    [
        ("siret_employeur", "12345678200011", "Ce numéro SIRET n’est pas valide"),
        ("telephone", "06 04", "Un numéro de téléphone a 10 chiffres."),
        ("date_naissance", "31/02/1989", "Saisissez une date valide."),
        ("mel", "pas une adresse", "adresse"),
        ("montant_1", "", "Indiquez le montant de cette ressource."),
        ("commune_travail", "Trifouillis", "Cette commune n’existe pas."),
    ],
)
def test_a_mistake_is_explained_and_nothing_is_saved(
    navigateur: Navigateur, registre: Registre, champ: str, tape: str, phrase: str
):
    avant = registre.json(ANNE)

    page = navigateur.envoyer(f"{fiche()}modifier/adulte/0/", **{champ: tape})

    assert "Rien n’est encore enregistré." in page
    assert phrase in page
    assert registre.json(ANNE) == avant


def test_communes_are_wished_by_name_or_code_in_order(navigateur: Navigateur):
    souhaits = {"commune_1": "brest", "commune_2": "29040", "commune_3": "Lyon 3e Arrondissement (69383)"}
    navigateur.envoyer(f"{fiche()}modifier/recherche/", **souhaits)

    lieux = client.lire_dossier(ANNE).localisations
    assert [(lieu.rang, lieu.commune) for lieu in lieux] == [(1, "29019"), (2, "29040"), (3, "69383")]


def test_a_name_shared_by_several_communes_asks_which_one(navigateur: Navigateur):
    page = navigateur.envoyer(f"{fiche()}modifier/recherche/", commune_1="Saint-Denis")

    assert "Plusieurs communes portent ce nom" in page
    assert "Saint-Denis (93066)" in page


def test_a_child_may_join_and_another_leave_the_household(navigateur: Navigateur):
    changements = {
        "prenom_1": "Noé",
        "nom_1": "GIGI",
        "date_naissance_1": "03/02/2026",
        "sexe_1": "M",
        "retirer_0": "on",
    }
    navigateur.envoyer(f"{fiche()}modifier/foyer/", **changements)

    dossier = client.lire_dossier(ANNE)
    assert [personne.prenom for personne in dossier.personnes_a_charge] == ["Noé"]
    assert dossier.nombre_personnes == 3


def test_a_deposited_document_is_dated_today(navigateur: Navigateur):
    page = navigateur.envoyer(fiche(), f"{fiche()}deposer/", code="MEDICA", libelle="Certificat du docteur Roy")

    assert "La pièce est déposée." in page
    derniere = client.lire_dossier(ANNE).pieces[-1]
    assert (derniere.code, derniere.libelle) == ("MEDICA", "Certificat du docteur Roy")
    assert derniere.deposee_le == timezone.localdate()


def test_a_demand_is_struck_off_brought_back_and_renewed(navigateur: Navigateur):
    aujourd_hui = timezone.localdate()

    assert "Radiée le" in navigateur.envoyer(fiche(), f"{fiche()}radier/", motif="RADABA")
    assert client.Radiation(ANNE, aujourd_hui, "RADABA") in client.radiees_depuis(aujourd_hui)

    navigateur.envoyer(fiche(), f"{fiche()}retablir/")
    dossier = client.lire_dossier(ANNE)
    assert (dossier.date_radiation, dossier.motif_radiation, dossier.date_creation) == (None, "", date(2020, 9, 14))

    assert "Valable jusqu’au" in navigateur.envoyer(fiche(), f"{fiche()}renouveler/")
    assert client.lire_dossier(ANNE).date_renouvellement == aujourd_hui


def test_the_faults_touch_the_api_and_never_the_pages(navigateur: Navigateur, registre: Registre):
    assert "Les réglages sont enregistrés." in navigateur.envoyer("/reglages/", panne="erreur")

    with pytest.raises(client.RegistreIndisponible):
        client.lire_dossier(ANNE)
    assert "Panne en cours : En panne (erreur 500)" in navigateur.lire(fiche())
    assert f"GET /api/v1/demandes/{ANNE} 500" in registre.appels() or "POST /oauth/token 500" in registre.appels()


def test_when_its_clock_is_put_forward_the_registry_strikes_off_who_did_not_renew(navigateur: Navigateur):
    navigateur.envoyer("/reglages/", avance="330")

    radiees = {radiation.num_unique for radiation in client.radiees_depuis(timezone.localdate())}
    assert len(radiees) > 30
    assert client.lire_dossier(ANNE).date_radiation is None  # renewed 46 days ago


@pytest.mark.parametrize("acte", ["deposer", "renouveler", "radier", "retablir"])
def test_the_acts_are_posts_with_a_csrf_token(navigateur: Navigateur, acte: str):
    assert navigateur.http.get(f"{fiche()}{acte}/").status_code == 405
    assert navigateur.http.post(f"{fiche()}{acte}/").status_code == 403


def test_loading_again_keeps_what_was_changed_and_neuf_starts_again(registre: Registre):
    registre.modifier(ANNE, loyer_max=1)

    assert "dont 0 nouvelles" in registre.commande("peupler", "--foule", "0")
    assert registre.dossier(ANNE).loyer_max == 1

    registre.commande("peupler", "--neuf", "--foule", "0")
    assert registre.dossier(ANNE).loyer_max == 950


def test_no_migration_is_missing(registre: Registre):
    assert registre.commande("makemigrations", "--check", "--dry-run") == "No changes detected\n"


@pytest.mark.navigateur
@pytest.mark.parametrize("largeur", [390, pytest.param(1280, marks=pytest.mark.epreuve)])
def test_axe_finds_nothing_on_its_pages(registre: Registre, page: Page, largeur: int):
    page.set_viewport_size({"width": largeur, "height": 900})
    for chemin in (
        "/",
        "/?q=zzz",
        fiche(),
        f"{fiche()}modifier/adulte/0/",
        f"{fiche()}modifier/recherche/",
        f"{fiche()}modifier/handicap/",
        "/reglages/",
    ):
        page.goto(registre.url + chemin)
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
