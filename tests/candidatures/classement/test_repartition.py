"""The spread of points and the usual delay of demands like one's own: never somebody, never a guess."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from candidatures import mesures, workflow
from candidatures.attributions import Attribution
from candidatures.classement import comparables, rangs
from candidatures.classement.repartition import BARRES, de_l_offre, repartir
from candidatures.models import Candidature
from candidatures.statuts import Action, Statut
from demandes.models import Demande
from offres.models import Offre
from tests.candidatures.classement.file import remplir
from tests.candidatures.classement.test_pages import texte
from tests.candidatures.espace import lire
from tests.factories import CandidatureFactory, CommuneFactory, DemandeFactory, OffreFactory, UserFactory


def test_every_candidature_is_in_one_bar_and_one_s_own_bar_is_marked() -> None:
    vue = repartir([12, 14, 18, 41, 41, 60], 41, candidate=True)
    assert [(b.de, b.a, b.nombre) for b in vue.barres] == [
        (10, 19, 3), (20, 29, 0), (30, 39, 0), (40, 49, 3), (50, 59, 0), (60, 69, 1),
    ]  # fmt: skip
    assert [b.de for b in vue.barres if b.la_sienne] == [40]
    assert (vue.plus, vue.autant, vue.moins, vue.autres) == (1, 2, 3, 6)


def test_whoever_has_not_applied_sees_where_he_would_be_and_is_not_counted() -> None:
    vue = repartir([10, 11, 12, 13, 14], 35, candidate=False)
    assert sum(b.nombre for b in vue.barres) == 5
    assert [(b.de, b.nombre) for b in vue.barres if b.la_sienne] == [(30, 0)]


def test_the_bars_stay_few_however_far_apart_the_points() -> None:
    vue = repartir([0, 30, 60, 90, 120, 155], 80, candidate=True)
    assert len(vue.barres) <= BARRES
    assert vue.barres[1].de - vue.barres[0].de == 20


@pytest.mark.parametrize(("autres", "dessinees"), [(0, False), (4, False), (5, True)])
def test_below_five_other_people_nothing_is_drawn(autres: int, dessinees: bool) -> None:
    assert bool(repartir([20] * autres, 20, candidate=True).barres) is dessinees


@pytest.fixture
def offre(db: None) -> Offre:
    offre: Offre = OffreFactory(commune=CommuneFactory())
    return offre


@pytest.fixture
def demande(offre: Offre) -> Demande:
    demande: Demande = DemandeFactory(valide=True, souhaits=(offre.commune,))
    return demande


@pytest.fixture
def anne(demande: Demande) -> Client:
    client = Client()
    client.force_login(demande.demandeur)
    return client


def test_the_drawing_counts_as_the_ranking_does(offre: Offre, demande: Demande) -> None:
    jour = timezone.localdate()
    remplir(offre, 40, jour)
    place = rangs.si(demande, offre, jour)
    with CaptureQueriesContext(connection) as requetes:
        vue = de_l_offre(offre, demande, jour, place.points.total, candidate=False)
    assert len(requetes) == 1
    assert sum(barre.nombre for barre in vue.barres) == vue.autres == place.deposees == 40
    assert vue.plus < place.rang <= vue.plus + vue.autant + 1


def test_the_page_draws_it_and_says_the_same_in_a_table(anne: Client, offre: Offre) -> None:
    remplir(offre, 12, timezone.localdate())
    page = lire(anne, f"/candidatures/offre/{offre.pk}/classement/")
    assert 'class="barre sienne"' in page
    assert "Sur 12 autres candidatures :" in texte(page)
    assert "Vous êtes ici" in page
    assert "style=" not in page


def test_the_card_draws_it_too_and_few_people_get_a_sentence(anne: Client, demande: Demande, offre: Offre) -> None:
    CandidatureFactory(demande=demande, offre=offre)
    peu = lire(anne, "/candidatures/")
    assert "Moins de cinq autres personnes" in peu
    assert 'class="barre' not in peu
    remplir(offre, 9, timezone.localdate())
    assert "Sur 9 autres candidatures :" in texte(lire(anne, "/candidatures/"))


# Demands like one's own


def bail(offre: Offre, points: int, **champs: object) -> Attribution:
    champs = {"candidatures": 3, "mois": 20, "le": timezone.localdate().replace(day=1)} | champs
    return Attribution.objects.create(
        departement=offre.commune.departement, typologie=offre.typologie, points=points, **champs
    )


def test_a_signed_lease_leaves_its_figures_and_nobody(offre: Offre, demande: Demande) -> None:
    conseiller, jour = UserFactory(conseiller=True), timezone.localdate()
    CandidatureFactory(demande=demande, statut=Statut.NON_ATTRIBUEE)
    CandidatureFactory(demande=demande, statut=Statut.ANNULEE)
    acceptee = CandidatureFactory(demande=demande, offre=offre, statut=Statut.ACCEPTEE, rang=1)
    workflow.avancer(acceptee, Action.SIGNER, par=conseiller, precision=jour)
    ligne = Attribution.objects.get()
    hors_loyer = rangs.points_de(demande, offre, rangs.bareme_du(jour), jour).hors_loyer
    assert (ligne.departement_id, ligne.typologie, ligne.points) == ("75", "T3", hors_loyer)
    assert (ligne.candidatures, ligne.le) == (2, jour.replace(day=1))
    assert not {"demande", "candidature", "offre"} & {champ.name for champ in Attribution._meta.get_fields()}


def test_the_medians_come_from_ten_leases_of_the_same_type_place_and_points(offre: Offre) -> None:
    jour = timezone.localdate()
    for mois in (10, 12, 20, 24, 30, 36, 40, 44, 50):
        bail(offre, 45, mois=mois)
    bail(offre, 70, mois=1)
    bail(OffreFactory(typologie="T2"), 45, mois=1)
    bail(OffreFactory(commune=CommuneFactory(code="59350", departement__code="59")), 45, mois=1)
    bail(offre, 45, mois=1, le=jour - timedelta(days=800))
    assert comparables.comparables(offre, 40, jour) is None
    bail(offre, 30, mois=60, candidatures=9)
    trouves = comparables.comparables(offre, 40, jour)
    assert trouves is not None
    assert (trouves.baux, trouves.candidatures, trouves.mois) == (10, 3, 30)


def test_the_page_says_the_delay_or_why_it_does_not(anne: Client, demande: Demande, offre: Offre) -> None:
    adresse = f"/candidatures/offre/{offre.pk}/classement/"
    assert "Moins de dix baux" in lire(anne, adresse)
    points = rangs.si(demande, offre, timezone.localdate()).points.hors_loyer
    for _ in range(10):
        bail(offre, points)
    page = texte(lire(anne, adresse))
    assert "attribué en général après 3 candidatures et 20 mois d’ancienneté" in page
    assert "Médianes de 10 baux signés depuis deux ans." in page


def test_figures_of_more_than_two_years_leave(offre: Offre) -> None:
    jour = timezone.localdate()
    bail(offre, 45, le=jour - timedelta(days=900))
    recente = bail(offre, 45)
    mesures.oublier_les_vieux_baux(jour)
    assert list(Attribution.objects.all()) == [recente]


def test_a_lease_refused_leaves_nothing(offre: Offre, demande: Demande) -> None:
    acceptee = CandidatureFactory(demande=demande, offre=offre, statut=Statut.ACCEPTEE, rang=1)
    Offre.objects.filter(pk=offre.pk).update(statut="retiree")
    with pytest.raises(workflow.CandidatureRefusee):
        workflow.avancer(acceptee, Action.SIGNER, par=UserFactory(conseiller=True), precision=timezone.localdate())
    assert not Attribution.objects.exists()
    assert Candidature.objects.get(pk=acceptee.pk).statut == Statut.ACCEPTEE
