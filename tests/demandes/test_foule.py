"""The crowd of the registry's simulator: two thousand varied people, each of whom can be imported."""

import time
from collections import Counter
from datetime import date, timedelta

import pytest
from django.utils import timezone
from stdnum.fr import siret

from demandes import importation
from demandes.models import Demande, Importation
from demandes.numero import lire_numero
from demandes.pieces import pieces_attendues
from demandes.sne import nomenclature
from demandes.sne.contrat import verifier
from demandes.sne.dossier import Contrat, DossierSNE
from demandes.sne.simulateur import communes
from demandes.sne.simulateur.personnes import FOULE, NUMEROS, inconnus
from demandes.sne.traduction import dossier_vers_json
from tests.demandes.test_simulateur import Navigateur
from tests.factories import UserFactory
from tests.registre import Registre

pytestmark = pytest.mark.xdist_group("foule")

JOUR = date(2026, 11, 22)


@pytest.fixture(scope="module")
def foule() -> list[DossierSNE]:
    return list(inconnus(JOUR))


def test_the_crowd_is_the_same_every_time_and_nobody_has_the_number_of_another(foule: list[DossierSNE]):
    assert foule[:100] == list(inconnus(JOUR, 100))
    assert len({dossier.num_unique for dossier in foule} | set(NUMEROS)) == FOULE + len(NUMEROS) >= 2_000
    assert len({dossier.demandeur.mel for dossier in foule}) == FOULE


def test_everybody_keeps_the_contract_whatever_the_day(foule: list[DossierSNE]):
    for dossier in foule:
        verifier("demande", dossier_vers_json(dossier))
        assert lire_numero(dossier.num_unique) == dossier.num_unique
        assert f"{dossier.date_creation:%m%y}" == dossier.num_unique[3:7]
    for jour in (date(2027, 1, 1), date(2028, 2, 29)):
        for dossier in inconnus(jour, 300):
            verifier("demande", dossier_vers_json(dossier))


def test_they_live_in_every_departement_overseas_included(foule: list[DossierSNE]):
    departements = {communes.toutes()[lieu.commune].departement for d in foule for lieu in d.localisations}

    assert len(departements) == 101
    assert {"2A", "2B", "971", "972", "973", "974", "976"} <= departements


def test_every_code_of_the_nomenclature_that_a_life_may_bring_is_somebody_s(foule: list[DossierSNE]):
    adultes = [adulte for dossier in foule for adulte in dossier.adultes]

    assert {dossier.logement_actuel.modele for dossier in foule} == set(nomenclature.MODELES_LOGEMENT)
    assert {motif for dossier in foule for motif in dossier.motifs} == set(nomenclature.MOTIFS)
    assert {adulte.contrat for adulte in adultes} == set(Contrat)
    assert {adulte.situation_familiale for adulte in adultes} == set(nomenclature.SITUATIONS_FAMILIALES)
    assert {adulte.lien for adulte in adultes if adulte.lien} == set(nomenclature.LIENS)
    assert {dossier.recours_dalo.statut for dossier in foule} == set(nomenclature.STATUTS_DALO)
    assert {adulte.nationalite for adulte in adultes} == set(nomenclature.NATIONALITES)
    assert {p.garde for dossier in foule for p in dossier.personnes_a_charge} == set(nomenclature.GARDES)
    assert {d.motif_radiation for d in foule} == {"", *nomenclature.RADIATIONS}
    assert all(siret.is_valid(adulte.siret_employeur) for adulte in adultes if adulte.siret_employeur)


def test_they_are_old_and_young_housed_together_or_alone_and_some_are_about_to_lose_their_demand(
    foule: list[DossierSNE],
):
    ages = [JOUR.year - dossier.demandeur.date_naissance.year for dossier in foule]
    tailles = Counter(min(dossier.nombre_personnes, 7) for dossier in foule)
    vivantes = [dossier for dossier in foule if dossier.date_radiation is None]
    restes = [(d.date_renouvellement or d.date_creation) + timedelta(days=365) - JOUR for d in vivantes]

    assert (sum(age > 65 for age in ages), sum(age < 26 for age in ages)) > (100, 100)
    assert all(tailles[taille] > 20 for taille in range(1, 8)), tailles
    assert sum(dossier.demandeur.multi_employeur for dossier in foule) > 20
    assert sum(dossier.demandeur.nom_employeur == "Intérim des Deux Rives" for dossier in foule) > 50
    assert sum(dossier.demandeur.handicap is not None for dossier in foule) > 50
    assert sum(dossier.date_creation < date(2021, 4, 20) for dossier in foule) > 500
    assert len(foule) - len(vivantes) == 50
    assert sum(timedelta() < reste < timedelta(days=31) for reste in restes) > 20


def test_the_registry_loads_them_in_bulk_and_its_pages_find_them(registre: Registre):
    avant = pages(registre)
    assert f"{FOULE + len(NUMEROS)} personnes" in registre.commande("peupler", "--neuf")
    assert pages(registre) < 10 * avant  # thirty times as many people


def pages(registre: Registre) -> float:
    """Seconds for the middle one of five pages."""
    navigateur = Navigateur(registre.url)
    durees = []
    for chemin in ("/", "/?q=martin", "/?page=80", "/?q=payet+974", f"/demandes/{NUMEROS[0]}/modifier/recherche/"):
        debut = time.monotonic()
        assert navigateur.lire(chemin)
        durees.append(time.monotonic() - debut)
    navigateur.http.close()
    return sorted(durees)[2]


@pytest.mark.epreuve
@pytest.mark.django_db
def test_two_thousand_people_are_imported_from_the_registry_each_with_a_pieces_list(registre: Registre):
    registre.commande("peupler", "--neuf")
    jour = timezone.localdate()
    for attendu in inconnus(jour):
        user = UserFactory(prenom=attendu.demandeur.prenom, nom_naissance=attendu.demandeur.nom_naissance)
        ouverte = Importation.objects.create(
            par=user, numero_unique=attendu.num_unique, expire_le=timezone.now(), verifiee_le=timezone.now()
        )
        demande = importation.importer(ouverte, par=user)
        assert demande.dossier == attendu
        pieces = pieces_attendues(demande.dossier, jour)
        assert len({piece.cle for piece in pieces}) == len(pieces) >= 3
        assert all(piece.libelle and piece.pourquoi for piece in pieces)
    assert Demande.objects.count() == FOULE
