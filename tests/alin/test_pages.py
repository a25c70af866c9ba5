"""The public pages: each answers to anyone, in the words people look for."""

import gzip
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.models import Role, User
from demandes.models import Departement
from offres.models import Financement, Plafond
from tests.factories import DemandeFactory, EntrepriseFactory, UserFactory

pytestmark = pytest.mark.django_db

PUBLIQUES = {
    "accueil": ["Trouvez votre logement social avec votre employeur", "10 salariés et plus", "50 salariés et plus"],
    "aide": [
        "Centre d’aide",
        "CALEOL",
        "Les sept étapes d’une candidature",
        "Pas à pas : importer ma demande",
        "SIRET",
    ],
    "contact": ["Formulaire de contact", "Les champs marqués d’un * sont obligatoires", "Numéro Unique (NUD ou NUR)"],
    "contact_merci": ["votre message est parti"],
    "mentions_legales": [
        "Mentions légales",
        "ni édité, ni exploité, ni approuvé par Action Logement",
        "Licence Ouverte",
    ],
    "cgu": [
        "Comment les candidatures sont examinées",
        "Arriver le premier ne donne aucun avantage",
        "Aucun calcul automatique ne décide",
        "C’est vous qui postulez",
        "une seule candidature",
    ],
    "donnees_personnelles": ["24 heures", "effacé dès l’envoi", "Supprimer ma demande", "sous un mois", "CNIL"],
    "accessibilite": ["partiellement conforme", "auto-évaluation", "Défenseur des droits"],
}


def lu(reponse: Any) -> str:
    """What a person reads of an answer or of a piece of HTML: no markup, plain spaces."""
    html = reponse if isinstance(reponse, str) else reponse.content.decode()
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html)))


@pytest.mark.parametrize("nom", PUBLIQUES)
def test_a_public_page_answers_to_anyone_with_the_words_people_look_for(client: Client, nom: str):
    reponse = client.get(reverse(nom))
    assert reponse.status_code == 200
    for phrase in PUBLIQUES[nom]:
        assert phrase in lu(reponse)


@pytest.mark.parametrize("nom", PUBLIQUES)
def test_every_public_page_says_it_is_free_and_whom_to_call(client: Client, nom: str):
    page = lu(client.get(reverse(nom)))
    assert "strictement gratuits" in page
    assert "fraude.als@actionlogement.fr" in page
    assert "0970 800 800" in page
    assert "Accessibilité : partiellement conforme" in page
    assert "Se connecter" in page


@pytest.mark.parametrize("nom", PUBLIQUES)
def test_a_page_has_one_title_and_nothing_that_the_security_policy_refuses(client: Client, nom: str):
    reponse = client.get(reverse(nom))
    html = reponse.content.decode()
    assert html.count("<h1") == 1
    assert "default-src 'self'" in reponse["Content-Security-Policy"]
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|data:|javascript:|https?://(?!www\.w3\.org)", html)


@pytest.mark.parametrize("nom", [nom for nom in PUBLIQUES if nom != "contact"])
def test_a_public_page_is_read_not_posted(client: Client, nom: str):
    assert client.post(reverse(nom)).status_code == 405


def test_the_home_page_leads_from_a_departement_to_its_registration_site(client: Client):
    Departement.objects.update_or_create(
        code="29", defaults={"nom": "Finistère", "region": "Bretagne", "site": "https://www.demandelogement29.fr"}
    )
    html = client.get(reverse("accueil")).content.decode()
    assert f'action="{reverse("demandes:departement")}"' in html
    assert "29 – Finistère" in html


def test_the_home_page_shows_the_ceilings_in_force(client: Client):
    Plafond.objects.filter(financement=Financement.PLUS).delete()
    for annee, montant in ((2024, 11_111), (2025, 22_222), (2999, 33_333)):
        Plafond.objects.create(
            financement=Financement.PLUS,
            zone="1",
            categorie=1,
            montant=montant,
            par_personne_en_plus=0,
            en_vigueur_le=date(annee, 1, 1),
            source="test",
        )
    page = lu(client.get(reverse("accueil")))
    assert "22 222" in page
    assert "Plafonds PLUS 2025" in page
    assert "11 111" not in page
    assert "33 333" not in page


def test_the_first_visit_is_light(client: Client):
    """Under 60 kB compressed: the home page, its styles, scripts and drawings."""
    html = client.get(reverse("accueil")).content
    chemins = re.findall(r'(?:href|src)="/static/([^"]+)"', html.decode())
    fichiers = [finders.find(chemin) for chemin in chemins]
    assert len(fichiers) >= 10
    contenus = [html]
    for fichier in fichiers:
        assert fichier
        with open(fichier, "rb") as flux:
            contenus.append(flux.read())
    assert sum(len(gzip.compress(contenu)) for contenu in contenus) < 60_000


@pytest.mark.parametrize(
    ("role", "attendues", "absentes"),
    [
        (
            Role.DEMANDEUR,
            ["Ma situation", "Les offres", "Mes candidatures", "Qui a consulté mon dossier"],
            ["Salariés"],
        ),
        (Role.SERVICE_LOGEMENT, ["Salariés", "Mon profil"], ["Ma situation", "Qui a consulté mon dossier"]),
        (Role.CONSEILLER, ["Espace conseiller", "Mon profil"], ["Ma situation", "Salariés"]),
    ],
)
def test_each_role_finds_its_own_header(client: Client, role: Role, attendues: list[str], absentes: list[str]):
    client.force_login(User.objects.create_user("anne@exemple.fr", prenom="Anne", nom_naissance="Porte", role=role))
    entete = lu(client.get(reverse("mentions_legales")).content.decode().split("<main")[0])
    assert "Me déconnecter" in entete
    assert "Se connecter" not in entete
    for libelle in attendues:
        assert libelle in entete
    for libelle in absentes:
        assert libelle not in entete


def test_the_current_rubrique_is_marked(client: Client):
    client.force_login(User.objects.create_user("anne@exemple.fr", prenom="Anne", nom_naissance="Porte"))
    html = client.get(reverse("accounts:consultations")).content.decode()
    assert re.search(rf'href="{reverse("accounts:consultations")}" aria-current="page"', html)
    assert html.count("aria-current") == 1


def test_an_unknown_address_leads_back_home(client: Client):
    reponse = client.get("/rien-ici/")
    assert reponse.status_code == 404
    assert "Cette page n’existe pas" in lu(reponse)
    assert "Revenir à l’accueil" in lu(reponse)


def test_a_page_for_another_role_says_whose_it_is(client: Client):
    client.force_login(UserFactory(conseiller=True))
    reponse = client.get(reverse("accounts:consultations"))
    assert reponse.status_code == 403
    assert "Cette page n’est pas pour votre compte" in lu(reponse)


def test_a_form_whose_token_is_lost_says_what_to_do():
    reponse = Client(enforce_csrf_checks=True).post(reverse("contact"), {"nom": "Anne"})
    assert reponse.status_code == 403
    assert "Votre page a expiré" in lu(reponse)
    assert "Rien n’est perdu" in lu(reponse)


@pytest.mark.parametrize("gabarit", ["400.html", "500.html"])
def test_the_pages_of_last_resort_need_nothing(gabarit: str):
    page = render_to_string(gabarit)
    assert "Revenir à l’accueil" in lu(page)
    assert "0970 800 800" in page


def test_a_message_is_shown_as_a_notice():
    requete = RequestFactory().get("/")
    html = render_to_string("components/avis.html", {"genre": "success", "texte": "<b>Fait</b>"}, requete)
    assert 'class="avis success"' in html
    assert "&lt;b&gt;Fait" in html


@pytest.mark.parametrize("nom", ["account_login", "account_signup", "account_reset_password", "contact"])
def test_no_field_says_anything_twice(client: Client, nom: str) -> None:
    for balise in re.findall(r"<(?:input|select|textarea)[^>]*>", client.get(reverse(nom)).content.decode()):
        attributs = re.findall(r" ([a-z-]+)(?==| |>)", re.sub(r'"[^"]*"', '""', balise))
        assert len(attributs) == len(set(attributs)), balise


def test_a_row_of_the_admin_names_its_values_for_a_phone(client: Client) -> None:
    client.force_login(UserFactory(conseiller=True))
    EntrepriseFactory(nom="Ateliers Vauban", code="VAU-75")
    page = client.get(reverse("admin:accounts_entreprise_changelist")).content.decode()
    assert '<td data-libelle="Code entreprise" class="field-code">VAU-75</td>' in page
    assert 'data-libelle=""' not in page


def test_a_page_that_is_only_read_says_its_headers_alone_when_asked(client: Client) -> None:
    """As monitors and link checkers ask: with HEAD."""
    for nom in ("accueil", "aide", "cgu"):
        reponse = client.head(reverse(nom))
        assert (reponse.status_code, reponse.content) == (200, b"")
    client.force_login(DemandeFactory(valide=True).demandeur)
    assert client.head("/offres/").status_code == 200
    assert client.head("/candidatures/").status_code == 200
