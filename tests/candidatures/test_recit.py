"""The steps drawn on the card, and what happens now, told from the journal."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from candidatures import recit, workflow
from candidatures.models import Candidature
from candidatures.statuts import Action, Statut
from offres import baremes
from tests.candidatures.seances import tenir_une_seance
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
        if action is Action.ATTRIBUER:
            candidature = tenir_une_seance(candidature, action, par=par)
        else:
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


def dite(n: int, apres: int = 0, **champs: object) -> recit.Maintenant:
    """What is told today, or `apres` days from now, of a candidature that has been there for `n` days."""
    maintenant = timezone.now()
    candidature = CandidatureFactory(statut_depuis=maintenant - timedelta(days=n), **champs)
    phrase = recit.maintenant(candidature, timezone.localdate() + timedelta(days=apres))
    assert phrase is not None
    return phrase


def test_an_applicant_reads_how_long_it_usually_takes_and_the_latest_day() -> None:
    limite = timezone.localdate() + timedelta(days=5)
    deposee = dite(1, offre=OffreFactory(date_limite=limite))
    assert deposee.jusqu_a_quand == (
        f"Habituellement 3 jours après la date limite de l’offre ({limite:%d/%m/%Y}), "
        f"au plus tard le {limite + timedelta(days=10):%d/%m/%Y}."
    )
    assert deposee.retard == ""
    attribuee = dite(1, statut=Statut.ATTRIBUEE)
    limite = timezone.localdate() + timedelta(days=14)
    assert attribuee.jusqu_a_quand == f"Habituellement 5 jours, au plus tard le {limite:%d/%m/%Y}."


def test_the_right_of_designation_says_when_he_is_freed() -> None:
    limite = timezone.localdate() + timedelta(days=5)
    pressee = dite(0, offre=OffreFactory(date_limite=limite, designation_jusqu_au=limite + timedelta(days=2)))
    fin = f"{limite + timedelta(days=2):%d/%m/%Y}"
    assert pressee.jusqu_a_quand.startswith(f"Au plus tard le {fin}. Sans suite le {fin} au soir, vous êtes libéré")


def test_the_bailleur_s_delay_says_where_it_comes_from() -> None:
    transmise = dite(12, statut=Statut.TRANSMISE, offre__bailleur__delai_reponse=21)
    assert transmise.jusqu_a_quand.startswith(
        "Les Toits du Levant répond en général en 21 jours (délai annoncé par le bailleur) ; votre dossier y est "
        "depuis 12 jours. Au plus tard le "
    )


@pytest.mark.parametrize(
    ("statut", "phrase"),
    [
        (Statut.DEPOSEE, "Nous sommes en retard, et nous vous le devons."),
        (Statut.TRANSMISE, "Les Toits du Levant est en retard."),
        (Statut.ACCEPTEE, "Les Toits du Levant est en retard."),
    ],
)
def test_a_delay_gone_by_is_said_with_what_he_can_do(statut: Statut, phrase: str) -> None:
    tard = dite(90, statut=statut, offre=OffreFactory(expiree=True), apres=20)
    assert "elle est dépassée depuis " in tard.jusqu_a_quand
    assert tard.retard.startswith(phrase)
    assert "Vous pouvez nous écrire" in tard.retard


def test_even_late_he_reads_when_he_is_freed() -> None:
    fin = timezone.localdate() + timedelta(days=3)
    limite = timezone.localdate() - timedelta(days=12)
    offre = OffreFactory(publiee_le=limite, date_limite=limite, designation_jusqu_au=fin)
    tard = dite(20, offre=offre)
    assert tard.jusqu_a_quand.endswith(
        f"depuis 2 jours. Sans suite le {fin:%d/%m/%Y} au soir, vous êtes libéré d’office et pouvez postuler ailleurs."
    )


def test_a_visit_and_a_sitting_that_are_over_are_told_in_the_past() -> None:
    hier = timezone.localdate() - timedelta(days=1)
    visite = dite(9, statut=Statut.VISITE, visite_le=hier)
    assert "Une visite était prévue" in visite.en_ce_moment
    assert visite.qui_agit.startswith("Les Toits du Levant")
    assert "s’est réunie le" in dite(9, statut=Statut.EN_COMMISSION, commission_le=hier).en_ce_moment


@pytest.mark.parametrize("statut", list(Statut))
def test_what_happens_now_is_told_as_long_as_the_candidature_lives(statut: Statut) -> None:
    jour = timezone.localdate() + timedelta(days=3)
    candidature = CandidatureFactory(statut=statut)
    assert (recit.maintenant(candidature, jour) is not None) is candidature.est_active
