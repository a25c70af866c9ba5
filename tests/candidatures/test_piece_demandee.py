"""« Le bailleur peut vous contacter pour compléter votre dossier » (guide #6): asked, shown, mailed, received."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Courriel, User
from candidatures import recit, workflow
from candidatures.models import Candidature
from candidatures.statuts import Action, Statut
from offres import baremes
from tests.candidatures.refus import refus
from tests.factories import CandidatureFactory, UserFactory

pytestmark = pytest.mark.django_db
A, S = Action, Statut
MANQUE = "Avis d’imposition à fournir"


@pytest.fixture
def conseiller() -> User:
    baremes.charger()
    adviser: User = UserFactory(conseiller=True)
    return adviser


def demander(candidature: Candidature, par: User) -> Candidature:
    jour = timezone.localdate() + timedelta(days=8)
    return workflow.avancer(candidature, A.DEMANDER_PIECE, par=par, motif=MANQUE, precision=jour)


@pytest.mark.parametrize("statut", [S.TRANSMISE, S.VISITE])
def test_a_document_asked_for_is_on_the_card_with_its_date_and_changes_no_status(
    statut: Statut, conseiller: User, client: Client
) -> None:
    depuis = timezone.now() - timedelta(days=9)
    candidature = CandidatureFactory(statut=statut, statut_depuis=depuis, visite_le=timezone.localdate())
    demandee = demander(candidature, conseiller)
    assert (demandee.statut, demandee.statut_depuis) == (statut, depuis)
    client.force_login(candidature.demande.demandeur)
    page = " ".join(client.get("/candidatures/").content.decode().split())
    assert MANQUE in page
    assert f"{demandee.piece_attendue_le:%d/%m/%Y}" in page
    assert "Le bailleur vous demande une pièce pour compléter votre dossier." in page  # the journal
    assert "gratuite" in page
    accueil = client.get("/ma-demande/").content.decode()
    assert "Une pièce vous est demandée" in accueil
    courriel = Courriel.objects.get()
    assert courriel.destinataire == candidature.demande.demandeur.email
    assert MANQUE in courriel.texte


def test_the_document_received_is_forgotten_and_the_applicant_is_told(conseiller: User, client: Client) -> None:
    candidature = demander(CandidatureFactory(statut=S.TRANSMISE), conseiller)
    assert A.RECEVOIR_PIECE in candidature.actions_pour(conseiller)
    recue = workflow.avancer(candidature, A.RECEVOIR_PIECE, par=conseiller)
    assert (recue.statut, recue.motif, recue.piece_attendue_le) == (S.TRANSMISE, "", None)
    assert Courriel.objects.filter(gabarit="candidature_piece_recue").exists()
    assert A.RECEVOIR_PIECE not in recue.actions_pour(conseiller)
    assert "Aucune pièce" in refus(workflow.avancer, recue, A.RECEVOIR_PIECE, par=conseiller)
    maintenant = recit.maintenant(recue, timezone.localdate())
    assert maintenant is not None
    assert MANQUE not in maintenant.en_ce_moment


def test_a_visit_does_not_make_one_forget_the_document_and_the_commission_does(conseiller: User) -> None:
    jour = timezone.localdate()
    candidature = demander(CandidatureFactory(statut=S.TRANSMISE), conseiller)
    visite = workflow.avancer(candidature, A.PROPOSER_VISITE, par=conseiller, precision=jour)
    assert (visite.attend_une_piece, visite.motif) == (True, MANQUE)
    inscrite = workflow.avancer(visite, A.PASSER_EN_COMMISSION, par=conseiller, precision=jour)
    assert (inscrite.attend_une_piece, inscrite.motif, inscrite.piece_attendue_le) == (False, "", None)


def test_a_document_is_asked_for_with_words_and_a_day_and_only_while_the_bailleur_examines(conseiller: User) -> None:
    candidature = CandidatureFactory(statut=S.TRANSMISE)
    assert "motif" in refus(workflow.avancer, candidature, A.DEMANDER_PIECE, par=conseiller, precision=MANQUE)
    assert "manque une date" in refus(workflow.avancer, candidature, A.DEMANDER_PIECE, par=conseiller, motif=MANQUE)
    deposee = CandidatureFactory()
    assert "n’est plus possible" in refus(demander, deposee, conseiller)
    assert not candidature.journal().exists()


def test_an_adviser_asks_for_it_from_the_dossier(conseiller: User, client: Client) -> None:
    candidature = CandidatureFactory(statut=S.TRANSMISE)
    client.force_login(conseiller)
    chemin = f"/admin/candidatures/candidature/{candidature.pk}"
    page = client.get(f"{chemin}/change/").content.decode()
    assert "Demander une pièce" in page
    assert "La pièce est arrivée" not in page
    jour = (timezone.localdate() + timedelta(days=8)).isoformat()
    client.post(f"{chemin}/demander-piece/", {"complement": MANQUE, "piece_attendue_le": jour})
    page = client.get(f"{chemin}/change/").content.decode()
    assert "La pièce est arrivée" in page
    assert MANQUE in page
