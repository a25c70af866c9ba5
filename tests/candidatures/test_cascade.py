"""The cascade: the dwelling of whoever does not take it goes to the next rank, and to nobody else."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Courriel, User
from candidatures import effacement, horloge, workflow
from candidatures.models import Candidature
from candidatures.statuts import Action, Statut
from offres.models import StatutOffre
from tests.candidatures.espace import LISTE, connecte, lire
from tests.candidatures.refus import refus
from tests.factories import CandidatureFactory, OffreFactory, UserFactory

pytestmark = pytest.mark.django_db
A, S = Action, Statut


def liste(premier: Statut = S.PROPOSEE) -> list[Candidature]:
    """Three ranked candidates of one dwelling, the first as far as `premier`."""
    offre = OffreFactory()
    une = CandidatureFactory(offre=offre, statut=premier, rang=1)
    return [une, *(CandidatureFactory(offre=offre, statut=S.CLASSEE) for _ in range(2))]


def statuts(candidatures: list[Candidature]) -> list[str]:
    for candidature in candidatures:
        candidature.refresh_from_db()
    return [candidature.statut for candidature in candidatures]


def test_a_refusal_gives_the_dwelling_to_the_second_who_is_told_that_it_is_his_turn() -> None:
    une, deux, trois = liste()
    workflow.avancer(une, A.REFUSER, par=une.demande.demandeur, motif="Trop loin")
    assert statuts([une, deux, trois]) == [S.REFUSEE, S.ATTRIBUEE, S.CLASSEE]
    assert deux.rang == 2
    assert [evenement.par_role for evenement in deux.journal()] == ["automate"]
    (recu,) = Courriel.objects.filter(destinataire=deux.demande.demandeur.email)
    assert "c’est donc votre tour" in recu.texte


def test_silence_gives_it_too_and_so_on_down_the_list() -> None:
    une, deux, trois = liste()
    Candidature.objects.filter(pk=une.pk).update(reponse_avant_le=timezone.localdate() - timedelta(days=1))
    horloge.passer_l_heure()
    workflow.avancer(deux, A.PROPOSER, par=UserFactory(conseiller=True), precision=timezone.localdate())
    workflow.avancer(deux, A.REFUSER, par=deux.demande.demandeur, motif="Trop loin")
    assert statuts([une, deux, trois]) == [S.SANS_REPONSE, S.REFUSEE, S.ATTRIBUEE]


@pytest.mark.parametrize("premier", [S.SOUS_CONDITION, S.ATTRIBUEE, S.PROPOSEE, S.ACCEPTEE])
def test_whoever_is_struck_off_frees_the_dwelling_wherever_he_stood(premier: Statut) -> None:
    candidatures = liste(premier)
    workflow.avancer(candidatures[0], A.RADIER, par=User.objects.automate(), motif="Radiée")
    assert statuts(candidatures) == [S.RADIEE, S.ATTRIBUEE, S.CLASSEE]


@pytest.mark.parametrize("premier", [S.SOUS_CONDITION, S.ATTRIBUEE, S.PROPOSEE])
def test_whoever_deletes_his_account_frees_the_dwelling(premier: Statut) -> None:
    une, deux, trois = liste(premier)
    effacement.supprimer_compte(par=une.demande.demandeur)
    assert statuts([deux, trois]) == [S.ATTRIBUEE, S.CLASSEE]


def test_the_second_who_has_left_is_passed_over() -> None:
    une, deux, trois = liste()
    effacement.supprimer_compte(par=deux.demande.demandeur)
    workflow.avancer(une, A.REFUSER, par=une.demande.demandeur, motif="Trop loin")
    assert statuts([une, trois]) == [S.REFUSEE, S.ATTRIBUEE]


def test_a_second_who_leaves_while_the_first_thinks_changes_nothing_for_the_third() -> None:
    une, deux, trois = liste()
    workflow.avancer(deux, A.RADIER, par=User.objects.automate(), motif="Radiée")
    assert horloge.passer_aux_suivants() == 0
    assert statuts([une, deux, trois]) == [S.PROPOSEE, S.RADIEE, S.CLASSEE]


@pytest.mark.parametrize("etat", [StatutOffre.RETIREE, StatutOffre.PLACEE])
def test_a_closed_offer_passes_to_nobody(etat: StatutOffre) -> None:
    une, deux, _ = liste()
    type(une.offre).objects.filter(pk=une.offre_id).update(statut=etat)
    workflow.avancer(une, A.REFUSER, par=une.demande.demandeur, motif="Trop loin")
    assert statuts([deux]) == [S.CLASSEE]


def test_when_it_is_left_to_the_adviser_he_cannot_jump_a_rank(settings: Any) -> None:
    settings.PASSER_AU_SUIVANT = False
    une, deux, trois = liste()
    workflow.avancer(une, A.REFUSER, par=une.demande.demandeur, motif="Trop loin")
    horloge.passer_l_heure()
    assert statuts([deux, trois]) == [S.CLASSEE, S.CLASSEE]
    page = lire(connecte(conseiller=True), f"{LISTE}?etape=attribuees")
    assert page.count('<span class="marque attention">au suivant</span>') == 1
    conseiller = UserFactory(conseiller=True)
    assert "son tour vient d’abord" in refus(workflow.avancer, trois, A.ATTRIBUER, par=conseiller)
    assert workflow.avancer(deux, A.ATTRIBUER, par=conseiller).statut == S.ATTRIBUEE


def test_the_clock_catches_up_a_crash_between_the_refusal_and_the_next(settings: Any) -> None:
    une, deux, trois = liste()
    settings.PASSER_AU_SUIVANT = False  # as if the process had died there
    workflow.avancer(une, A.REFUSER, par=une.demande.demandeur, motif="Trop loin")
    settings.PASSER_AU_SUIVANT = True
    assert horloge.passer_aux_suivants() == 1
    assert horloge.passer_aux_suivants() == 0
    assert statuts([deux, trois]) == [S.ATTRIBUEE, S.CLASSEE]


def test_a_lease_is_not_recorded_on_a_withdrawn_offer() -> None:
    acceptee = CandidatureFactory(statut=S.ACCEPTEE)
    type(acceptee.offre).objects.filter(pk=acceptee.offre_id).update(statut=StatutOffre.RETIREE)
    conseiller, jour = UserFactory(conseiller=True), timezone.localdate()
    assert "vient d’être retirée" in refus(workflow.avancer, acceptee, A.SIGNER, par=conseiller, precision=jour)
    assert statuts([acceptee]) == [S.ACCEPTEE]
