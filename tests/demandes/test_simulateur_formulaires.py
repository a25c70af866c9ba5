"""Every block of a demand is shown and changed on the simulator's pages, whatever it holds."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils import timezone

from demandes.sne import client
from demandes.sne import dossier as sne
from tests.demandes.demande_complete import COMPLETE, HANDICAP
from tests.demandes.test_simulateur import Navigateur, fiche
from tests.registre import Registre

ANNE = "111092062114ACLOG"


@pytest.fixture
def navigateur(registre: Registre) -> Iterator[Navigateur]:
    registre.ecrire_json(ANNE, COMPLETE)
    navigateur = Navigateur(registre.url)
    yield navigateur
    navigateur.http.close()


@pytest.mark.parametrize("section", ["adulte/0", "adulte/1", "foyer", "handicap", "logement", "recherche", "motifs"])
def test_a_form_of_a_complete_demand_sent_back_untouched_loses_nothing(
    navigateur: Navigateur, registre: Registre, section: str
):
    assert "Vos modifications sont enregistrées." in navigateur.envoyer(f"{fiche()}modifier/{section}/")

    jour = {"dateDerniereModification": timezone.localdate().isoformat()}
    assert registre.json(ANNE) == COMPLETE | jour


def test_the_page_shows_every_block(navigateur: Navigateur):
    page = navigateur.lire(fiche())

    for phrase in (
        "Adresse 4 RUE DE LA ROQUETTE, chez MME GIGI, 75011 Paris 11e Arrondissement",
        "Téléphone du domicile 01 39 98 12 34",
        "Plusieurs employeurs Oui",
        "Pension alimentaire versée 170 € par mois",
        "Allocation d’éducation de l’enfant handicapé : 151 € par mois",
        "ANNE PORTE Reconnu, une à trois marches, canne, douche sans seuil, ascenseur, BARRES D’APPUI",
        "Paris 11e (75), Roquette",
        "D’autres communes conviendraient Oui",
        "Rez-de-chaussée accepté Non",
        "SIREN du bailleur 552000762",
        "Propriétaire d’un logement Oui, Montreuil (93), T2",
        "Jugement d’expulsion du 02/01/2026",
        "Prioritaire DALO Oui, le 03/02/2026",
        "Délai anormalement long Oui",
    ):
        assert phrase in page, phrase


def test_the_address_the_second_employer_and_what_is_paid_reach_the_portal(navigateur: Navigateur):
    changements = {"numero": "9", "voie": "rue Oberkampf", "commune": "Paris 11e Arrondissement", "versee": "210"}
    navigateur.envoyer(f"{fiche()}modifier/adulte/0/", multi_employeur="on", telephone_travail="", **changements)

    anne = client.lire_dossier(ANNE).demandeur
    assert anne.adresse is not None
    assert (anne.adresse.numero, anne.adresse.voie, anne.adresse.commune) == ("9", "rue Oberkampf", "75111")
    assert (anne.multi_employeur, anne.telephone_travail, anne.versees[0].montant) == (True, "", 210)


def test_an_address_in_france_needs_its_postal_code_and_its_commune(navigateur: Navigateur, registre: Registre):
    page = navigateur.envoyer(f"{fiche()}modifier/adulte/0/", code_postal="750", commune="")

    assert "En France, un code postal a 5 chiffres." in page
    assert "Indiquez la commune de l’adresse." in page
    assert registre.json(ANNE) == COMPLETE


def test_a_disability_is_said_person_by_person(navigateur: Navigateur):
    navigateur.envoyer(
        f"{fiche()}modifier/handicap/", concernee_1="on", marches_1="1", aides_1=["FAUTEL", "LITMED"], etat_1="EVO"
    )
    denis = client.lire_dossier(ANNE).cotitulaires[0].handicap
    assert denis is not None
    assert (denis.marches, denis.aides, denis.etat) == ("1", ("FAUTEL", "LITMED"), "EVO")
    assert client.lire_dossier(ANNE).demandeur.handicap == HANDICAP


def test_the_wishes_the_reasons_and_the_dwelling_reach_the_portal(navigateur: Navigateur):
    navigateur.envoyer(f"{fiche()}modifier/recherche/", quartier_1="Bastille", rdc_accepte="on", quartier_2="Mairie")
    navigateur.envoyer(
        f"{fiche()}modifier/motifs/", statut="CADUC", decide_le="05/06/2025", date_jugement="", typologie=""
    )
    navigateur.envoyer(f"{fiche()}modifier/logement/", bailleur="", commune_possedee="29019", type_possede="T4")
    navigateur.envoyer(f"{fiche()}modifier/foyer/", ressource_0="AAH", montant_0="1016")

    lu = client.lire_dossier(ANNE)
    assert [lieu.quartier for lieu in lu.localisations] == ["Bastille", "Mairie"]
    assert lu.rdc_accepte
    assert (lu.recours_dalo.statut, lu.recours_dalo.decide_le, lu.dalo) == ("CADUC", date(2025, 6, 5), False)
    assert (lu.logement_actuel.bailleur, lu.logement_actuel.commune_possedee) == ("", "29019")
    assert lu.personnes_a_charge[0].ressources == (sne.Ressource("AAH", 1016),)
    assert lu.personnes_a_charge[0].handicap == HANDICAP


def test_deposit_renewal_and_return_date_what_they_touch(navigateur: Navigateur):
    jour = timezone.localdate()
    navigateur.envoyer(fiche(), f"{fiche()}deposer/", code="MEDICA", libelle="")
    assert client.lire_dossier(ANNE).date_derniere_piece == jour

    navigateur.envoyer(fiche(), f"{fiche()}radier/", motif="RADABA")
    navigateur.envoyer(fiche(), f"{fiche()}retablir/")
    navigateur.envoyer(fiche(), f"{fiche()}renouveler/")
    lu = client.lire_dossier(ANNE)
    assert (lu.date_radiation, lu.date_renouvellement, lu.demandeur.handicap) == (None, jour, HANDICAP)
