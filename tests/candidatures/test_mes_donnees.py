"""« Mes données »: nothing is forgotten, nobody else's is shown, and each export leaves a line."""

import json
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Acte, Consultation, User
from candidatures import mes_donnees, workflow
from candidatures.mes_donnees.structure import Table, en_json
from candidatures.statuts import Action
from demandes import copie, importation
from demandes.models import Demande, Importation
from demandes.sne.traduction import dossier_depuis_instantane
from tests.candidatures.espace import connecte
from tests.factories import (
    CandidatureFactory,
    CommuneFactory,
    ConsentementFactory,
    DemandeFactory,
    OffreFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

PAGES = ("mes_donnees", "mes_donnees_fichier", "mes_donnees_impression")


def lire(client: Client, nom: str, *args: Any) -> str:
    reponse = client.get(reverse(nom, args=args))
    assert reponse.status_code == 200
    return re.sub(r"[ \n]+", " ", reponse.content.decode())


def fichier(client: Client) -> dict[str, Any]:
    lu: dict[str, Any] = json.loads(client.get(reverse("mes_donnees_fichier")).content)
    return lu


@pytest.fixture
def demandeur(client: Client) -> User:
    """An applicant with a life here, signed in."""
    demande = DemandeFactory(valide=True, souhaits=(CommuneFactory(),))
    ConsentementFactory(demande=demande)
    candidature = workflow.postuler(demande, OffreFactory(reference="REF-ELLE"), par=demande.demandeur)
    conseiller = UserFactory(superviseur=True, prenom="Marc", nom_naissance="Delorme")
    workflow.avancer(candidature, Action.INVALIDER, par=conseiller, motif="Il manque l’avis d’imposition")
    LogEntry.objects.log_actions(conseiller.pk, [demande.demandeur], CHANGE, "Compte vérifié.", single_object=True)
    Importation.objects.create(
        par=demande.demandeur,
        numero_unique="044102009985GDPUB",
        adresse="quelquun.dautre@registre.example",
        expire_le=timezone.now(),
    )
    client.force_login(demande.demandeur)
    sienne: User = demande.demandeur
    return sienne


# The file and the pages


def test_the_file_is_a_download_that_a_machine_reads(client: Client, demandeur: User) -> None:
    reponse = client.get(reverse("mes_donnees_fichier"))
    assert reponse["Content-Type"] == "application/json"
    nom = f"mes-donnees-alin-{timezone.localdate():%Y-%m-%d}.json"
    assert reponse["Content-Disposition"] == f'attachment; filename="{nom}"'
    assert "no-store" in reponse["Cache-Control"]
    lu = json.loads(reponse.content)
    assert (lu["format"], lu["version"]) == ("alin.mes-donnees", 1)
    assert lu["compte"]["adresse_email"] == demandeur.email
    assert lu["compte"]["telephone"] == str(demandeur.telephone)
    assert lu["demande"]["numero_unique"] == demandeur.demande.numero_unique
    assert lu["demande"]["emploi"]["siret"] == "12345678200010"
    assert lu["demande"]["souhaits"][0]["code_insee"] == "75111"
    assert lu["demande"]["lectures_du_registre"][0]["contenu"]["demandeur"]["prenom"] == "ANNE"
    assert lu["candidatures"][0]["reference_offre"] == "REF-ELLE"
    assert [ligne["vers"] for ligne in lu["candidatures"][0]["journal"]] == ["deposee", "invalidee"]
    assert lu["courriels"][0]["objet"]
    assert lu["consultations"][-1]["acte"] == "export"
    assert lu["interventions"][0]["changement"] == "Compte vérifié."


def test_a_new_account_has_a_file_too(client: Client) -> None:
    client.force_login(UserFactory())
    lu = fichier(client)
    assert lu["demande"] is None
    assert lu["candidatures"] == []
    assert "Rien à ce jour" in lire(client, "mes_donnees_impression")


def test_the_page_to_print_says_the_same_in_words(client: Client, demandeur: User) -> None:
    page = lire(client, "mes_donnees_impression")
    for mots in ("Ateliers Vauban", "Paris 11e Arrondissement", "Il manque l’avis d’imposition", "REF-ELLE", "3 115"):
        assert mots in page.replace("\u202f", " "), mots
    assert "Non validée" in page
    assert "Ce que l’équipe a changé à mon compte" in page
    assert "TextChoices" not in page
    assert "None" not in page


def mots_de(tables: tuple[Table, ...]) -> set[str]:
    return {d.texte for t in tables for f in t.fiches for d in f.donnees} | set().union(
        *(mots_de(f.tables) for t in tables for f in t.fiches)
    )


def test_each_value_of_the_file_is_on_paper(client: Client, demandeur: User) -> None:
    tables = mes_donnees.rassembler(demandeur)
    page = client.get(reverse("mes_donnees_impression")).content.decode()
    from django.utils.html import escape

    assert [mot for mot in mots_de(tables) if escape(mot) not in page] == []


def test_secrets_and_somebody_elses_address_are_in_neither(client: Client, demandeur: User) -> None:
    client.get("/")
    contenu = json.dumps(fichier(client)) + lire(client, "mes_donnees_impression")
    assert demandeur.password not in contenu
    assert str(client.session.session_key) not in contenu
    assert "quelquun.dautre" not in contenu
    assert "q•••@r•••.example" in json.loads(json.dumps(fichier(client)))["imports"][0]["adresse_du_registre"]


def test_a_code_mail_shows_the_registrys_address_masked(client: Client) -> None:
    user = UserFactory()
    importation_ = Importation(par=user, numero_unique="1", adresse="quelquun.dautre@registre.example")
    importation_.expire_le = timezone.now()
    importation._envoyer_un_code(importation_)
    client.force_login(user)
    assert fichier(client)["courriels"][0]["a"] == "q•••@r•••.example"


def test_nobody_elses_data_is_in_the_file(client: Client, demandeur: User) -> None:
    autre = CandidatureFactory(demande__demandeur__prenom="Ysolde", offre__reference="REF-AUTRE").demande
    contenu = json.dumps(fichier(client), ensure_ascii=False)
    assert "Ysolde" not in contenu
    assert "REF-AUTRE" not in contenu
    assert autre.numero_unique not in contenu


def test_an_earlier_reading_of_the_registry_is_told_by_what_it_said_otherwise(client: Client) -> None:
    demande: Demande = DemandeFactory()
    avant = demande.dossier
    copie.enregistrer(demande, replace(avant, loyer_max=987))
    client.force_login(demande.demandeur)
    page = lire(client, "mes_donnees_impression").replace("\u202f", " ").replace("\u00a0", " ")
    assert "La même que la suivante, sauf" in page
    assert "1 100 € charges comprises" in page
    assert "987 € charges comprises" in page
    lectures = fichier(client)["demande"]["lectures_du_registre"]
    assert [dossier_depuis_instantane(lecture["contenu"]).loyer_max for lecture in lectures] == [987, 1100]


def test_the_page_of_the_profile_says_what_is_held_and_what_can_be_done(client: Client, demandeur: User) -> None:
    page = lire(client, "mes_donnees")
    for mots in (
        "Télécharger toutes mes données",
        "Voir et imprimer",
        "Modifier mes informations",
        "Supprimer mon compte",
    ):
        assert mots in page
    assert "source&nbsp;: le registre national" in page
    assert "1 an après la radiation de votre demande" in page
    assert reverse("mes_donnees") in lire(client, "accounts:profil")
    assert reverse("mes_donnees") in lire(client, "accounts:consultations")


def test_empty_tables_give_plain_json() -> None:
    assert en_json([Table("a", "", "", ()), Table("b", "", "", (), unique=True)]) == {"a": [], "b": None}


def test_the_file_has_every_table_and_every_key_that_the_documentation_says(demandeur: User) -> None:
    from django.conf import settings

    page = (settings.RACINE / "docs/mes-donnees.md").read_text()
    documentees = set(re.findall(r"`([a-z_]+)`", page))
    contenu = mes_donnees.en_fichier(mes_donnees.rassembler(demandeur), timezone.now())
    assert cles(contenu) - documentees == set()


def cles(valeur: Any) -> set[str]:
    """Every key of our own; what the registry gave keeps its names."""
    if isinstance(valeur, list):
        return set().union(*(cles(element) for element in valeur))
    if not isinstance(valeur, dict):
        return set()
    return set(valeur) | set().union(*(cles(v) for cle, v in valeur.items() if cle != "contenu"))


# Each export leaves a line


@pytest.mark.parametrize("nom", ["mes_donnees_fichier", "mes_donnees_impression"])
def test_ones_own_export_is_recorded_without_a_name(nom: str, client: Client, demandeur: User) -> None:
    client.get(reverse(nom))
    ligne = Consultation.objects.du_demandeur(demandeur).get(acte=Acte.EXPORT)
    assert (ligne.par_id, ligne.par_nom) == (demandeur.pk, "La personne elle-même")


def test_reading_the_summary_is_no_export(client: Client, demandeur: User) -> None:
    lire(client, "mes_donnees")
    assert not Consultation.objects.filter(acte=Acte.EXPORT).exists()


@pytest.mark.parametrize("adresse", ["admin:candidatures_personne_fichier", "admin:candidatures_personne_donnees"])
@pytest.mark.parametrize(("trait", "statut"), [("support", 200), ("superviseur", 200), ("conseiller", 403)])
def test_support_and_supervisors_answer_a_written_request_and_it_shows(adresse: str, trait: str, statut: int) -> None:
    demandeur = UserFactory(email="anne@exemple.fr")
    equipe = connecte(**{trait: True}, prenom="Samia", nom_naissance="Belkacem")
    reponse = equipe.get(reverse(adresse, args=[demandeur.pk]))
    assert reponse.status_code == statut
    assert Consultation.objects.filter(demandeur_id=demandeur.pk, par_nom="Samia Belkacem").exists() == (statut == 200)
    if statut == 200:
        assert "anne@exemple.fr" in reponse.content.decode()
        sienne = Client()
        sienne.force_login(demandeur)
        assert "Samia Belkacem" in lire(sienne, "accounts:consultations")


def test_the_button_is_on_an_applicants_page_for_those_who_may() -> None:
    demandeur, agent = UserFactory(), UserFactory(service_logement=True)
    superviseur = connecte(superviseur=True)
    bouton = reverse("admin:candidatures_personne_fichier", args=[demandeur.pk])
    assert bouton in lire(superviseur, "admin:accounts_user_change", demandeur.pk)
    assert "Exporter ses données" not in lire(superviseur, "admin:accounts_user_change", agent.pk)
    assert superviseur.get(reverse("admin:candidatures_personne_fichier", args=[agent.pk])).status_code == 404


@pytest.mark.parametrize("nom", PAGES)
def test_the_pages_are_for_applicants_signed_in_and_read_only(nom: str, client: Client) -> None:
    adresse = reverse(nom)
    assert client.get(adresse)["Location"].startswith("/connexion/")
    client.force_login(UserFactory())
    assert client.post(adresse).status_code == 405
    client.force_login(UserFactory(support=True))
    assert client.get(adresse).status_code in (302, 403)


def test_a_long_life_costs_no_more_queries(client: Client, django_assert_max_num_queries: Any) -> None:
    demande = DemandeFactory(valide=True)
    client.force_login(demande.demandeur)
    for jour in range(20):
        candidature = CandidatureFactory(demande=demande, statut="annulee")
        Consultation.objects.create(
            le=timezone.now() - timedelta(days=jour),
            par_id=candidature.pk,
            par_nom="Claire",
            par_role="conseiller",
            objet="la demande",
            objet_id=demande.pk,
            demandeur_id=demande.demandeur_id,
        )
    with django_assert_max_num_queries(80):
        client.get(reverse("mes_donnees_impression"))
