"""From the registry's JSON to a demand and back; dated copies made by an older version are still read."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from demandes import copie, importation, lecture
from demandes.models import Demande
from demandes.sne import client as registre_sne
from demandes.sne import dossier as sne
from demandes.sne.simulateur.personnes import personnes
from demandes.sne.traduction import dossier_depuis_instantane, dossier_depuis_json, dossier_vers_json
from tests.demandes.demande_complete import COMPLETE, PLACES, changee, demande_complete
from tests.factories import DemandeFactory
from tests.registre import Registre

ANNE = "111092062114ACLOG"
JOUR = date(2026, 11, 22)
ANCIENNE = """
{"numUnique": "111092062114ACLOG", "numGuichet": "ACLOG", "dateCreationDemande": "2020-09-14",
 "dateRenouvellement": "2026-08-24", "dateRadiation": null, "motifRadiation": "",
 "dateDerniereModification": "2026-11-02",
 "demandeur": {"civilite": "2", "nom": "PORTE", "nomPatronymique": "PORTE", "prenom": "ANNE",
   "dateNaissance": "1989-05-19", "nationalite": "1", "situationFamiliale": "U", "telPortable": "0604505792",
   "mel": "gigitdenise@yopmail.com", "profession": "Technicienne", "typeContratTravail": "CDI",
   "nomEmployeurPrincipal": "Ateliers Vauban", "siretEmployeur": "12345678200010", "communeTravail": "",
   "revenuFiscal": {"anneeMoins1": 2025, "rfrAnneeMoins1": 33500, "anneeMoins2": 2024, "rfrAnneeMoins2": 32940},
   "ressourcesMensuelles": [{"code": "SAL", "montant": 3115}], "nir": "28905", "carteInvalidite": false},
 "cotitulaires": [{"civilite": "1", "nom": "GIGI", "nomPatronymique": "GIGI", "prenom": "DENIS",
   "dateNaissance": "1987-03-02", "nationalite": "1", "situationFamiliale": "U", "telPortable": "", "mel": "",
   "profession": "", "typeContratTravail": "CHO", "nomEmployeurPrincipal": "", "siretEmployeur": "",
   "communeTravail": "",
   "revenuFiscal": {"anneeMoins1": 2025, "rfrAnneeMoins1": null, "anneeMoins2": 2024, "rfrAnneeMoins2": 0},
   "ressourcesMensuelles": [], "nir": "", "carteInvalidite": false, "lienDemandeur": "C"}],
 "personnesACharge": [{"nom": "GIGI", "prenom": "LINA", "dateNaissance": "2022-06-01", "sexe": "F", "lien": "E",
   "garde": "G", "carteInvalidite": false}],
 "aNaitre": {"nombre": 0, "datePrevue": null},
 "logementActuel": {"modeleLogement": "CP", "categorie": "A", "type": "T1", "surface": 31, "loyer": null, "aplAl": 0,
   "nbHabitants": 3, "nomHebergeant": "M. DURAND"},
 "logementRecherche": {"categorie": "A", "types": ["T2", "T3"], "loyerMax": 1100,
   "localisations": [{"rang": 2, "commune": "93048"}, {"rang": 1, "commune": "75111"}]},
 "motifs": ["04"], "autreMotif": "", "handicap": false, "dalo": {"statut": "ACTIF"}, "notifSms": true, "pieces": []}
"""
"""A dated copy as the first version of the portal kept it."""


def test_every_key_of_the_contract_is_mandatory_on_the_line_too(registre: Registre):
    registre.ecrire_json(ANNE, COMPLETE)
    registre_sne.lire_dossier(ANNE)
    for chemin in PLACES:
        registre.panne("incomplet", cle_retiree=chemin)
        with pytest.raises(registre_sne.ReponseInvalide) as refus:
            registre_sne.lire_dossier(ANNE)
        assert refus.value.propriete


def test_of_a_longer_social_security_number_only_five_digits_are_kept():
    dossier = dossier_depuis_json(changee("demandeur.nir", "289057511122233"))

    assert dossier.demandeur.nir == "28905"
    assert "289057511122233" not in json.dumps(dossier_vers_json(dossier))


def test_every_invented_person_survives_the_round_trip():
    for dossier in personnes(JOUR):
        assert dossier_depuis_json(json.loads(json.dumps(dossier_vers_json(dossier)))) == dossier


def test_what_everybody_of_the_household_receives_counts_and_what_is_paid_does_not():
    assert demande_complete().ressources_mensuelles == 3115 + 911 + 151


@pytest.mark.django_db
def test_a_loss_counts_for_nothing_rather_than_below():
    lu = demande_complete()
    perte = replace(lu, demandeur=replace(lu.demandeur, rfr_n2=-40_000))

    assert DemandeFactory(dossier=perte).rfr == 0


# Dated copies of the first version


def ancienne_demande() -> Demande:
    """A demand whose only copy is one of the first version."""
    demande: Demande = DemandeFactory(numero_unique=ANNE)
    demande.instantanes.create(lu_le=timezone.now(), contenu=json.loads(ANCIENNE))
    return demande


def test_a_copy_of_the_first_version_is_read_with_defaults():
    lu = dossier_depuis_instantane(json.loads(ANCIENNE))

    assert (lu.demandeur.adresse, lu.demandeur.handicap, lu.demande_elargie, lu.dalo) == (None, None, False, True)
    assert [lieu.commune for lieu in lu.localisations] == ["75111", "93048"]
    assert lu.personnes_a_charge[0].ressources == ()
    assert lu.cotitulaires[0].lien == sne.Lien.CONCUBIN
    assert lu.est_de_la_premiere_version


def test_its_words_say_nothing_of_what_nobody_asked_then():
    lignes = {
        ligne.libelle
        for rubrique in lecture.rubriques(dossier_depuis_instantane(json.loads(ANCIENNE)), {})
        for ligne in rubrique.lignes
    }
    assert not lignes & {"Adresse", "Rez-de-chaussée accepté", "Notification des événements par mail"}


@pytest.mark.django_db
def test_the_pages_of_an_old_copy_open(client: Client):
    demande = ancienne_demande()
    client.force_login(demande.demandeur)

    page = client.get(reverse("demandes:infos"))

    assert page.status_code == 200
    assert "né(e) le 01/06/2022, garde alternée" in page.content.decode()


@pytest.mark.django_db
def test_bringing_an_old_copy_up_to_date_tells_real_changes_only(registre: Registre):
    demande = ancienne_demande()
    ancien = dossier_depuis_instantane(json.loads(ANCIENNE))
    maintenant = replace(
        demande_complete(),
        demandeur=replace(ancien.demandeur, adresse=demande_complete().demandeur.adresse),
        cotitulaires=ancien.cotitulaires,
        personnes_a_charge=ancien.personnes_a_charge,
        nombre_a_naitre=0,
        naissance_prevue_le=None,
        logement_actuel=ancien.logement_actuel,
        loyer_max=1_050,
        motifs=ancien.motifs,
        autre_motif="",
        handicap=False,
        date_renouvellement=ancien.date_renouvellement,
        date_creation=ancien.date_creation,
        localisations=ancien.localisations,
    )
    registre.ecrire_json(ANNE, dossier_vers_json(maintenant))

    changes = importation.mettre_a_jour(demande, par=demande.demandeur)

    assert [(c.libelle, c.avant, c.apres) for c in changes] == [
        ("Loyer maximum", "1\u202f100\u00a0€ charges comprises", "1\u202f050\u00a0€ charges comprises")
    ]
    assert not Demande.objects.get().dossier.est_de_la_premiere_version


@pytest.mark.django_db
def test_between_two_new_copies_every_line_that_moved_is_told_in_words():
    demande: Demande = DemandeFactory()
    avant = demande.dossier
    copie.enregistrer(demande, demande_complete())

    changes = {c.libelle: (c.avant, c.apres) for c in importation.changements(avant, Demande.objects.get().dossier)}

    assert changes["Adresse"] == (
        "rien",
        "appartement 12, étage 3, escalier A, bâtiment B, chez MME GIGI, 4 RUE DE LA ROQUETTE, LA COUR, 75011 75111",
    )
    assert changes["Recherche élargie à d’autres communes"] == ("non", "oui")
    assert changes["Rez-de-chaussée accepté"] == ("oui", "non")
    assert changes["Propriétaire d’un logement"] == ("rien", "oui : T2, 93048")
    assert changes["Droit au logement opposable (DALO)"] == ("rien", "reconnu prioritaire, le 03/02/2026")
    assert changes["Jugement d’expulsion"] == ("rien", "du 02/01/2026")
    assert changes["ANNE PORTE, handicap"][1] == (
        "reconnu, moteur, stable, suivi par un référent ; marches : une à trois marches ; aides : canne ; "
        "équipements : Douche sans seuil, Ascenseur ; besoin : BARRES D’APPUI"
    )
    assert changes["ANNE PORTE, pension alimentaire versée"] == ("rien", "170\u00a0€ par mois")
    assert changes["LINA GIGI, allocation d’éducation de l’enfant handicapé"] == ("rien", "151\u00a0€ par mois")
    assert changes["Communes, par ordre de préférence"] == ("75111", "75111 (quartier Roquette), 93048")
    assert "Délai anormalement long" in changes


def test_the_sensitive_lines_are_hidden_from_a_company():
    visibles = str(lecture.rubriques(demande_complete(), {}, sensibles=False))

    for cache in ("ROQUETTE", "BARRES", "170", "151", "03/02/2026", "02/01/2026", "DALO", "andicap", "T2, 93048"):
        assert cache not in visibles, cache
    assert "Roquette" in visibles  # the quartier wished for


def test_two_incomes_of_one_kind_are_two_lines():
    lu, premiere = demande_complete(), sne.Ressource("SAL", 900)
    avant, apres = (
        replace(lu, demandeur=replace(lu.demandeur, ressources=(premiere, sne.Ressource("SAL", second))))
        for second in (300, 350)
    )

    (change,) = lecture.comparer(avant, apres, {})
    assert (change.libelle, change.avant, change.apres) == (
        "ANNE PORTE, salaire ou revenu d’activité (2)",
        "300\u00a0€ par mois",
        "350\u00a0€ par mois",
    )
