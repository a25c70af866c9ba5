"""The queue of an offer: the database and the rule agree, being first is worth nothing, a few queries do it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from candidatures import baremes
from candidatures.baremes import PREMIER, BaremeDeClassement, Tranche, ecrire
from candidatures.classement import rangs
from candidatures.models import Candidature
from candidatures.statuts import Action, Statut
from candidatures.workflow import avancer, postuler
from demandes.models import Demande
from demandes.sne.dossier import Dalo
from offres.models import Offre
from tests.candidatures.classement.file import remplir
from tests.factories import CandidatureFactory, CommuneFactory, DemandeFactory, OffreFactory, UserFactory, dossier

pytestmark = pytest.mark.django_db

JOUR = date(2026, 11, 23)
AUTRE = replace(
    PREMIER,
    dalo=7,
    par_mois=2,
    mois_comptes=30,
    suroccupation=(Tranche(80, 3), Tranche(130, 1)),
    effort=(Tranche(33, 9), Tranche(60, 4)),
)


def compare(jours: tuple[date, ...], nombre: int) -> int:
    """How many totals reckoned by the database were held against the rule."""
    comparees = 0
    for loyer in (1, 480, 841, None):
        offre = OffreFactory(loyer_charges_comprises=loyer)
        remplir(offre, nombre, JOUR, graine=(loyer or 2) % 9)
        for jour in jours:
            for bareme in (PREMIER, AUTRE):
                file = rangs.de_l_offre(offre, jour, bareme)
                assert [c.candidature.points for c in file] == [c.points.total for c in file]  # type: ignore[attr-defined]
                assert [c.rang for c in file] == list(range(1, nombre + 1))
                comparees += len(file)
    return comparees


def test_the_database_and_the_rule_give_the_same_points_to_thousands_of_households():
    assert compare((JOUR, date(2026, 2, 28), date(2024, 2, 29)), 120) == 2_880


@pytest.mark.epreuve
def test_the_database_and_the_rule_give_the_same_points_to_a_hundred_thousand_households():
    assert compare((JOUR, date(2026, 2, 28), date(2024, 2, 29), date(2026, 3, 31)), 3_200) == 102_400


def test_the_order_is_by_points_then_by_age_of_the_demand_then_by_its_number():
    offre = OffreFactory()
    remplir(offre, 60, JOUR)
    file = rangs.de_l_offre(offre, JOUR, PREMIER)
    cles = [(-c.points.total, c.candidature.demande.deposee_le, c.candidature.demande.numero_unique) for c in file]
    assert cles == sorted(cles)
    assert len({cle[0] for cle in cles}) < len(cles)


def requetes(geste: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as capturees:
        geste()
    return len(capturees)


def test_five_hundred_candidatures_are_ranked_in_two_queries():
    offre, demande = OffreFactory(), DemandeFactory()
    candidatures = remplir(offre, 500, JOUR)
    ecrire(PREMIER)
    assert len(rangs.de_l_offre(offre, JOUR)) == 500  # the process has read the scale
    assert requetes(lambda: rangs.de_l_offre(offre, JOUR)) == 2
    assert requetes(lambda: rangs.places(candidatures, JOUR, rangs.bareme_du(JOUR))) == 2
    assert requetes(lambda: rangs.si(demande, offre, JOUR)) == 2
    assert requetes(lambda: rangs.si(demande, offre, JOUR)) == 1  # the demand knows when the tables changed


def test_everybody_has_the_place_that_the_whole_list_gives_him():
    offre, autre = OffreFactory(), OffreFactory()
    candidatures = [*remplir(offre, 40, JOUR), *remplir(autre, 15, JOUR, graine=2)]
    for une in (offre, autre):
        file = rangs.de_l_offre(une, JOUR)
        for classee in file:
            place = rangs.si(classee.candidature.demande, une, JOUR)
            assert (place.rang, place.nombre, place.points) == (classee.rang, len(file), classee.points)
    en_lot = rangs.places(candidatures, JOUR, rangs.bareme_du(JOUR))
    ensemble = {c.candidature.pk: (c.rang, 40) for c in rangs.de_l_offre(offre, JOUR)}
    assert {pk: place for pk, place in en_lot.items() if pk in ensemble} == ensemble
    assert len(en_lot) == 55


def prete() -> tuple[Demande, Offre]:
    commune = CommuneFactory()
    return DemandeFactory(valide=True, souhaits=(commune,)), OffreFactory(commune=commune)


def test_the_place_announced_before_applying_is_the_one_had_after():
    demande, offre = prete()
    jour = timezone.localdate()
    remplir(offre, 30, jour)
    avant = rangs.si(demande, offre, jour)
    postuler(demande, offre, par=demande.demandeur)
    apres = rangs.si(demande, offre, jour)
    assert (apres.rang, apres.nombre, apres.points) == (avant.rang, avant.nombre, avant.points)
    assert (avant.nombre, avant.deposees, apres.deposees) == (31, 30, 31)


def test_cancelling_and_applying_again_changes_nothing_for_anybody():
    demande, offre = prete()
    jour = timezone.localdate()
    remplir(offre, 20, jour)
    candidature = postuler(demande, offre, par=demande.demandeur)
    avant = [(c.candidature.demande_id, c.rang, c.points) for c in rangs.de_l_offre(offre, jour)]
    for _ in range(3):
        avancer(candidature, Action.ANNULER, par=demande.demandeur)
        candidature = postuler(demande, offre, par=demande.demandeur)
    assert [(c.candidature.demande_id, c.rang, c.points) for c in rangs.de_l_offre(offre, jour)] == avant


def test_the_day_of_the_candidature_is_not_read():
    offre = OffreFactory()
    for candidature in remplir(offre, 25, JOUR):
        candidature.deposee_le = timezone.now() - timedelta(days=hash(candidature.pk) % 300)
        candidature.save(update_fields=["deposee_le"])
    avant = [(c.candidature.pk, c.points) for c in rangs.de_l_offre(offre, JOUR)]
    Candidature.objects.filter(offre=offre).update(deposee_le=timezone.now())
    assert [(c.candidature.pk, c.points) for c in rangs.de_l_offre(offre, JOUR)] == avant


def test_equal_points_go_to_the_older_demand_then_to_the_lower_number():
    offre = OffreFactory()
    ages = (
        (date(2020, 9, 14), "111092050002ACLOG"),
        (date(2020, 9, 13), "111092050003ACLOG"),
        (date(2020, 9, 14), "111092050001ACLOG"),
    )
    for deposee_le, numero in ages:
        demande = DemandeFactory(
            valide=True, numero_unique=numero, dossier=dossier(date_creation=deposee_le), demandeur=UserFactory()
        )
        CandidatureFactory(offre=offre, demande=demande)
    file = rangs.de_l_offre(offre, JOUR)
    assert len({c.points.total for c in file}) == 1
    numeros = [c.candidature.demande.numero_unique for c in file]
    assert numeros == ["111092050003ACLOG", "111092050001ACLOG", "111092050002ACLOG"]


def test_cancelled_and_invalid_ones_do_not_count_and_one_demand_counts_once():
    offre = OffreFactory()
    remplir(offre, 5, JOUR)
    CandidatureFactory(offre=offre, statut=Statut.ANNULEE)
    CandidatureFactory(offre=offre, statut=Statut.INVALIDEE)
    deux_fois = DemandeFactory(valide=True)
    CandidatureFactory(offre=offre, demande=deux_fois, statut=Statut.NON_ATTRIBUEE)
    derniere = CandidatureFactory(offre=offre, demande=deux_fois)
    file = rangs.de_l_offre(offre, JOUR)
    assert len(file) == 6
    assert [c.candidature for c in file if c.candidature.demande == deux_fois] == [derniere]
    assert rangs.si(deux_fois, offre, JOUR).nombre == 6


def test_a_scale_of_tomorrow_counts_tomorrow_and_yesterday_keeps_its_own():
    offre = OffreFactory()
    remplir(offre, 10, JOUR)
    baremes.charger()
    ecrire(replace(AUTRE, en_vigueur_le=JOUR + timedelta(days=1)))
    objets = BaremeDeClassement.objects
    assert objets.du(JOUR) == PREMIER
    assert objets.du(JOUR + timedelta(days=1)) == replace(AUTRE, en_vigueur_le=JOUR + timedelta(days=1))
    assert objets.du(date(2025, 1, 1)) == PREMIER
    demain = rangs.de_l_offre(offre, JOUR + timedelta(days=1))
    assert [c.points for c in demain] == [
        c.points for c in rangs.de_l_offre(offre, JOUR + timedelta(days=1), replace(AUTRE))
    ]
    assert [c.points for c in demain] != [c.points for c in rangs.de_l_offre(offre, JOUR)]


def test_the_reference_data_bring_the_first_scale_once_and_never_over_another():
    assert baremes.charger() is True
    assert baremes.charger() is False
    assert BaremeDeClassement.objects.get().en_valeur() == PREMIER


def test_a_demand_imported_has_its_criteria_in_columns():
    demande = DemandeFactory(dossier=dossier(motifs=("19", "01")))
    relue = Demande.objects.get(pk=demande.pk)
    assert (relue.priorite, relue.lien_emploi) == ("l441_1", "rapprochement")
    assert (relue.surface_actuelle, relue.habitants_actuels) == (31, 3)


def test_the_demands_already_here_get_the_same_columns_from_their_last_snapshot():
    """What the migration writes in SQL is what an import writes."""
    dossiers = (
        dossier(),
        dossier(recours_dalo=Dalo("ACTIF"), motifs=("18", "13")),
        dossier(handicap=True, motifs=("19",)),
        dossier(motifs=("06", "19", "18"), logement_actuel=replace(dossier().logement_actuel, surface=None)),
        dossier(recours_dalo=Dalo("CADUC"), motifs=("08",)),
    )
    for lu in dossiers:
        DemandeFactory(dossier=lu)
    noms = ("pk", "priorite", "lien_emploi", "surface_actuelle", "habitants_actuels")
    ecrites = sorted(Demande.objects.values_list(*noms))
    Demande.objects.update(priorite="", lien_emploi="", surface_actuelle=None, habitants_actuels=None)
    with connection.cursor() as curseur:
        curseur.execute(import_module("demandes.migrations.0008_criteres_du_classement").REMPLIR)
    assert sorted(Demande.objects.values_list(*noms)) == ecrites
