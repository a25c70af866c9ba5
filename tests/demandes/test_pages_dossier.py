"""Tabs 2 and 3 of the import, then « Ma situation »: employer, consent, documents (guide #3 and #4)."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Entreprise
from demandes.models import Consentement, Demande, Emploi
from tests.factories import DemandeFactory, EntrepriseFactory

pytestmark = pytest.mark.django_db

NUMERO = "111092062114ACLOG"


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


def test_the_employers_tab_is_filled_with_what_the_registry_knows(demande: Demande, client: Client) -> None:
    page = lire(client, "demandes:employeur")
    assert 'value="12345678200010"' in page
    assert 'value="Ateliers Vauban"' in page
    assert "Denis" in page.replace("DENIS", "Denis")


@pytest.mark.parametrize(
    ("champs", "phrase"),
    [
        ({"siret": "12345678200011"}, "Ce n° SIRET n’est pas valable"),
        ({"siret": "123"}, "Ce n° SIRET n’est pas valable"),
        ({"siret": ""}, "Le N° SIRET de l’employeur est obligatoire."),
        ({"nom_employeur": ""}, "Le champ Nom de l’employeur est obligatoire."),
        ({"entree_le": "40/01/2020"}, "Cette date n’existe pas."),
    ],
)
def test_a_wrong_employer_is_told_and_what_was_typed_is_kept(
    champs: dict[str, str], phrase: str, demande: Demande, client: Client
) -> None:
    saisie = {"titulaire": "demandeur", "siret": "12345678200010", "nom_employeur": "Ateliers", "matricule": "A12"}
    page = envoyer(client, "demandes:employeur", **{**saisie, **champs})
    assert phrase in page
    assert 'value="A12"' in page
    assert not Emploi.objects.exists()


@pytest.mark.parametrize("siret", ["12345678200010", "123 456 782 00010", "35600000000048"])
def test_a_siret_is_taken_with_spaces_and_la_poste_has_its_own_rule(
    siret: str, demande: Demande, client: Client
) -> None:
    envoyer(client, "demandes:employeur", titulaire="demandeur", siret=siret, nom_employeur="Ateliers")
    assert Emploi.objects.get().siret == siret.replace(" ", "")


def test_someone_housed_as_a_priority_may_have_no_employer(demande: Demande, client: Client) -> None:
    envoyer(client, "demandes:employeur", titulaire="demandeur", sans_employeur="on")
    assert Emploi.objects.get().sans_employeur
    assert "Déposer mes pièces" in lire(client, "demandes:pieces")


def test_the_demand_may_be_attached_to_the_codemandeurs_employer(demande: Demande, client: Client) -> None:
    envoyer(client, "demandes:employeur", titulaire="codemandeur", siret="12345678200010", nom_employeur="Vauban")
    assert Emploi.objects.get().titulaire == "codemandeur"


def test_consent_is_off_by_default_and_withdrawn_in_one_click(demande: Demande, client: Client) -> None:
    entreprise: Entreprise = EntrepriseFactory(siret="12345678200010")
    envoyer(client, "demandes:employeur", titulaire="demandeur", siret=entreprise.siret, nom_employeur=entreprise.nom)
    assert not Consentement.objects.exists()
    envoyer(client, "demandes:consentement", suite="1")  # the box left empty
    assert not Consentement.objects.exists()
    envoyer(client, "demandes:consentement", accord="on", suite="1")
    assert Consentement.objects.en_cours().get().texte.contenu.startswith("J’autorise le service logement")
    envoyer(client, "demandes:consentement")
    assert not Consentement.objects.en_cours().exists()


def test_a_change_of_employer_ends_the_consent(demande: Demande, client: Client) -> None:
    EntrepriseFactory(siret="12345678200010")
    saisie = {"titulaire": "demandeur", "nom_employeur": "Ateliers"}
    envoyer(client, "demandes:employeur", siret="12345678200010", **saisie)
    envoyer(client, "demandes:consentement", accord="on")
    envoyer(client, "demandes:employeur", siret="73282932000074", **saisie)
    assert not Consentement.objects.en_cours().exists()


def test_documents_come_after_the_employer(demande: Demande, client: Client) -> None:
    assert client.get(reverse("demandes:pieces"))["Location"] == reverse("demandes:employeur")


def test_a_box_left_unticked_is_named_and_the_others_stay_ticked(demande: Demande, client: Client) -> None:
    envoyer(client, "demandes:employeur", titulaire="demandeur", sans_employeur="on")
    page = client.get(reverse("demandes:pieces")).content.decode()
    cles = re.findall(r'name="pieces"[^>]*value="([^"]+)"', page)
    page = envoyer(client, "demandes:pieces", pieces=cles[:-1])
    assert "Il reste 1 pièce à confirmer" in page
    assert page.count("checked") == len(cles) - 1
    demande.refresh_from_db()
    assert demande.dossier_valide_le is None
    envoyer(client, "demandes:pieces", pieces=cles[-1:])
    demande.refresh_from_db()
    assert demande.dossier_valide_le is not None


def test_an_invented_document_is_not_remembered(demande: Demande, client: Client) -> None:
    envoyer(client, "demandes:employeur", titulaire="demandeur", sans_employeur="on")
    envoyer(client, "demandes:pieces", pieces=["99:invente", "foyer:motif:06"])
    assert not demande.pieces_confirmees.exists()


def test_the_dashboard_opens_once_the_file_is_validated(client: Client) -> None:
    demande = DemandeFactory(valide=True)
    client.force_login(demande.demandeur)
    page = lire(client, "demandes:situation")
    assert "Bonjour Anne" in page
    for mots in ("Mettre à jour", "Modifier mes informations", "Mes pièces", "Mon employeur"):
        assert mots in page
