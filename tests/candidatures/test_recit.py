"""The steps drawn on the card, and what happens now, told from the journal."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from candidatures import recit, workflow
from candidatures.models import Candidature
from candidatures.statuts import Action, Statut
from offres import baremes
from tests.factories import CandidatureFactory, DemandeFactory, OffreFactory, UserFactory

pytestmark = pytest.mark.django_db

JOUR = date(2026, 12, 1)


def dessin(candidature: Candidature) -> list[str]:
    return [etape.etat for etape in recit.etapes_dessinees(candidature, candidature.journal().reverse())]


def mener(*actes: tuple[Action, object]) -> Candidature:
    """A candidature led through these acts, each with what it asks for."""
    baremes.charger()
    demande = DemandeFactory(valide=True)
    candidature = workflow.postuler(demande, OffreFactory(), par=demande.demandeur)
    conseiller = UserFactory(conseiller=True)
    for action, precision in actes:
        par = demande.demandeur if action is Action.ACCEPTER else conseiller
        candidature = workflow.avancer(candidature, action, par=par, precision=precision)
    return candidature


JUSQU_A_LA_COMMISSION = (
    (Action.VALIDER, None),
    (Action.TRANSMETTRE, None),
    (Action.PASSER_EN_COMMISSION, JOUR),
)
JUSQU_AU_BAIL = (
    *JUSQU_A_LA_COMMISSION,
    (Action.ATTRIBUER, None),
    (Action.PROPOSER, JOUR),
    (Action.ACCEPTER, None),
    (Action.SIGNER, JOUR),
)


def test_a_new_candidature_waits_for_its_validation() -> None:
    assert dessin(mener()) == ["faite", "courante", *["a_venir"] * 5]


def test_the_commission_is_the_fifth_step() -> None:
    assert dessin(mener(*JUSQU_A_LA_COMMISSION)) == [*["faite"] * 4, "courante", "a_venir", "a_venir"]


def test_a_signed_lease_has_done_all_seven_and_is_dated_by_its_signature() -> None:
    signee = mener(*JUSQU_AU_BAIL)
    etapes = recit.etapes_dessinees(signee, signee.journal().reverse())
    assert [etape.etat for etape in etapes] == ["faite"] * 7
    assert etapes[-1].le == signee.statut_depuis


def test_a_withdrawn_offer_stops_the_steps_where_they_were() -> None:
    candidature = mener()
    workflow.retirer_offre(candidature.offre, par=UserFactory(conseiller=True), motif="Travaux.")
    candidature.refresh_from_db()
    assert dessin(candidature) == ["faite", "courante", *["a_venir"] * 5]


@pytest.mark.parametrize(("rang", "phrase"), [(2, "un candidat est avant vous"), (4, "3 candidats sont avant vous")])
def test_the_rank_says_how_many_are_before(rang: int, phrase: str) -> None:
    dit = recit.maintenant(CandidatureFactory(statut=Statut.CLASSEE, rang=rang), JOUR)
    assert dit is not None
    assert phrase in dit.en_ce_moment


@pytest.mark.parametrize("statut", list(Statut))
def test_what_happens_now_is_told_as_long_as_the_candidature_lives(statut: Statut) -> None:
    jour = timezone.localdate() + timedelta(days=3)
    candidature = CandidatureFactory(statut=statut)
    assert (recit.maintenant(candidature, jour) is not None) is candidature.est_active
