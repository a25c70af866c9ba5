"""Races, with real threads on real connections: the database and the locks have the last word."""

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

import pytest
from django.db import transaction
from django.test import Client

from candidatures import workflow
from candidatures.models import Candidature, Evenement
from candidatures.statuts import Action, Statut
from demandes.models import Demande
from offres import baremes
from offres.models import Offre, StatutOffre
from tests.ensemble import ensemble
from tests.factories import CandidatureFactory, DemandeFactory, OffreFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _baremes(transactional_db: None) -> None:
    baremes.charger()


def huit_a_la_fois(demande: Demande, offres: Sequence[Offre]) -> list[int]:
    """Eight simultaneous posts of one applicant over HTTP's own path; the status of each answer."""

    def poster(offre: Offre) -> Callable[[], int]:
        client = Client(raise_request_exception=True)
        client.force_login(demande.demandeur)
        return lambda: client.post(f"/candidatures/offre/{offre.pk}/").status_code

    return ensemble(*(poster(offre) for offre in offres))


def une_manche(offres: Sequence[Offre]) -> None:
    demande = DemandeFactory(valide=True)
    assert huit_a_la_fois(demande, offres) == [302] * 8
    candidature = Candidature.objects.get(demande=demande)
    assert Evenement.objects.filter(candidature_id=candidature.pk).count() == 1


@pytest.mark.parametrize("differentes", [False, True])
def test_eight_simultaneous_applications_make_exactly_one(differentes: bool) -> None:
    offres = [OffreFactory() for _ in range(8)] if differentes else [OffreFactory()] * 8
    for _ in range(4):
        une_manche(offres)


@pytest.mark.epreuve
def test_a_thousand_rounds_of_eight_applications_make_exactly_one_each() -> None:
    memes, differentes = [OffreFactory()] * 8, [OffreFactory() for _ in range(8)]
    for manche in range(1_000):
        une_manche(memes if manche % 2 else differentes)
    assert Candidature.objects.count() == 1_000


def annuler_contre_transmettre() -> None:
    candidature = CandidatureFactory(statut=Statut.VALIDEE)
    demandeur, conseiller = candidature.demande.demandeur, UserFactory(conseiller=True)
    resultats = ensemble(
        lambda: workflow.avancer(candidature, Action.ANNULER, par=demandeur),
        lambda: workflow.avancer(candidature, Action.TRANSMETTRE, par=conseiller),
    )
    assert sum(isinstance(r, workflow.CandidatureRefusee) for r in resultats) == 1
    candidature.refresh_from_db()
    (ligne,) = candidature.journal()
    assert ligne.vers == candidature.statut


def test_cancelling_against_transmitting_one_wins_and_the_other_is_told() -> None:
    for _ in range(5):
        annuler_contre_transmettre()


def test_applying_against_a_withdrawal_never_leaves_someone_waiting_on_a_withdrawn_offer() -> None:
    conseiller = UserFactory(conseiller=True)
    for _ in range(5):
        demande, offre = DemandeFactory(valide=True), OffreFactory()
        ensemble(
            partial(workflow.postuler, demande, offre, par=demande.demandeur),
            partial(workflow.retirer_offre, offre, par=conseiller, motif="Travaux."),
        )
        assert not Candidature.objects.actives().filter(offre=offre).exists()


def test_many_people_apply_to_one_offer_without_waiting_for_each_other() -> None:
    offre = OffreFactory()
    demandes = [DemandeFactory(valide=True) for _ in range(8)]
    resultats = ensemble(*((lambda d=d: workflow.postuler(d, offre, par=d.demandeur)) for d in demandes))
    assert all(isinstance(r, Candidature) for r in resultats)
    assert offre.candidatures.count() == 8


def test_applying_waits_for_a_withdrawal_under_way_and_is_refused() -> None:
    demande, offre = DemandeFactory(valide=True), OffreFactory()
    commence = threading.Event()

    def retirer() -> None:
        with transaction.atomic():
            Offre.objects.select_for_update().get(pk=offre.pk)
            Offre.objects.filter(pk=offre.pk).update(statut=StatutOffre.RETIREE)
            commence.set()
            time.sleep(0.5)

    def postuler() -> Candidature:
        commence.wait()
        return workflow.postuler(demande, offre, par=demande.demandeur)

    _, resultat = ensemble(retirer, postuler)
    assert isinstance(resultat, workflow.CandidatureRefusee)
    assert not Candidature.objects.exists()
