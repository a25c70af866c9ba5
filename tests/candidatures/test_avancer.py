"""The second door, `avancer`, the clock, and the walls of the database below both."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Courriel, Role, User
from candidatures import effacement, workflow
from candidatures.models import Candidature, Evenement, Seance
from candidatures.statuts import EN_SEANCE, TRANSITIONS, Action, Precision, Statut, courriel_de, se_decide_en_seance
from offres import baremes
from offres.models import StatutOffre
from tests.candidatures.refus import refus
from tests.factories import (
    CandidatureFactory,
    DemandeFactory,
    EntrepriseFactory,
    OffreFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

PRECISIONS = {
    Precision.VISITE_LE: date(2026, 12, 1),
    Precision.COMMISSION_LE: date(2026, 12, 3),
    Precision.RANG: 2,
    Precision.PIECE_ATTENDUE_LE: date(2026, 12, 5),
    Precision.NOTIFIEE_LE: date(2026, 11, 20),
    Precision.BAIL_LE: date(2026, 12, 20),
}
DEJA = {Action.RECEVOIR_PIECE: {"piece_attendue_le": date(2026, 12, 5)}}
"""What has to be known already for an act to be open."""


@pytest.fixture(autouse=True)
def _baremes(db: None) -> None:
    baremes.charger()


@pytest.mark.parametrize("action", [action for action in TRANSITIONS if action is not Action.LIBERER])
def test_each_act_of_the_table_writes_the_status_the_journal_and_a_mail(action: Action) -> None:
    regle = TRANSITIONS[action]
    auteur = auteur_de(action)
    for depuis in sorted(statut for statut in regle.depuis if not se_decide_en_seance(statut, action)):
        candidature = CandidatureFactory(statut=depuis, **DEJA.get(action, {}))
        par = candidature.demande.demandeur if auteur is None else auteur
        precision = PRECISIONS[regle.precision] if regle.precision else None
        faite = workflow.avancer(candidature, action, par=par, motif="Parce que.", precision=precision)
        assert faite.statut == regle.arrivee(depuis)
        ligne = candidature.journal().first()
        assert (ligne.action, ligne.depuis, ligne.vers) == (action, depuis, faite.statut)
        gabarit = courriel_de(action, faite.statut)
        assert Courriel.objects.filter(destinataire=candidature.demande.demandeur.email, gabarit=gabarit).exists()


@pytest.mark.parametrize("depuis", sorted(Statut))
def test_each_act_is_refused_from_everywhere_else_and_leaves_no_trace(depuis: Statut) -> None:
    candidature = CandidatureFactory(statut=depuis)
    fermees = [action for action, regle in TRANSITIONS.items() if depuis not in regle.depuis]
    assert fermees
    for action in fermees:
        par = auteur_de(action) or candidature.demande.demandeur
        refus(workflow.avancer, candidature, action, par=par, motif="Parce que.", precision=date(2026, 12, 1))
        candidature.refresh_from_db()
        assert candidature.statut == depuis
        assert not candidature.journal().exists()


@pytest.mark.parametrize("action", sorted(EN_SEANCE))
def test_the_door_takes_no_decision_of_a_commission_without_its_sitting(action: Action) -> None:
    candidature, conseiller = CandidatureFactory(statut=Statut.EN_COMMISSION), UserFactory(conseiller=True)
    acte = {"par": conseiller, "motif": "Parce que.", "precision": 2}
    assert "se saisissent ensemble" in refus(workflow.avancer, candidature, action, **acte)
    d_une_autre_offre = Seance(offre=OffreFactory())
    assert "se saisissent ensemble" in refus(workflow.avancer, candidature, action, seance=d_une_autre_offre, **acte)
    assert not candidature.journal().exists()


def auteur_de(action: Action) -> User | None:
    """Someone whose act it is; None stands for the applicant himself."""
    roles = TRANSITIONS[action].par
    if Role.DEMANDEUR in roles:
        return None
    if Role.AUTOMATE in roles:
        return User.objects.automate()
    conseiller: User = UserFactory(conseiller=True)
    return conseiller


def test_a_transmitted_candidature_cannot_be_cancelled_and_the_sentence_says_so() -> None:
    candidature = CandidatureFactory(statut=Statut.TRANSMISE)
    phrase = refus(workflow.avancer, candidature, Action.ANNULER, par=candidature.demande.demandeur)
    assert "ne peut plus être annulée" in phrase


def test_a_stale_tab_does_not_undo_a_transmission() -> None:
    candidature = CandidatureFactory(statut=Statut.VALIDEE)
    onglet_perime = Candidature.objects.get(pk=candidature.pk)
    workflow.avancer(candidature, Action.TRANSMETTRE, par=UserFactory(conseiller=True))
    refus(workflow.avancer, onglet_perime, Action.ANNULER, par=candidature.demande.demandeur)


def test_the_applicant_cannot_do_an_advisers_act() -> None:
    candidature = CandidatureFactory()
    assert "pas la vôtre" in refus(workflow.avancer, candidature, Action.VALIDER, par=candidature.demande.demandeur)


def test_support_looks_and_does_nothing() -> None:
    candidature = CandidatureFactory()
    assert "pas la vôtre" in refus(workflow.avancer, candidature, Action.VALIDER, par=UserFactory(support=True))


@pytest.mark.parametrize("motif", ["", "   "])
def test_a_rejection_without_a_reason_is_refused(motif: str) -> None:
    candidature = CandidatureFactory()
    phrase = refus(workflow.avancer, candidature, Action.INVALIDER, par=UserFactory(conseiller=True), motif=motif)
    assert "Donnez le motif" in phrase


def test_the_answer_is_due_ten_days_after_the_notification() -> None:
    candidature = CandidatureFactory(statut=Statut.ATTRIBUEE)
    conseiller = UserFactory(conseiller=True)
    proposee = workflow.avancer(candidature, Action.PROPOSER, par=conseiller, precision=date(2026, 11, 18))
    assert proposee.reponse_avant_le == date(2026, 11, 30)  # the tenth day is a Saturday


def test_a_signed_lease_places_the_dwelling_and_frees_those_who_waited() -> None:
    offre = OffreFactory()
    gagnante = CandidatureFactory(offre=offre, statut=Statut.ACCEPTEE)
    attentes = [CandidatureFactory(offre=offre, statut=s) for s in (Statut.DEPOSEE, Statut.TRANSMISE, Statut.CLASSEE)]
    workflow.avancer(gagnante, Action.SIGNER, par=UserFactory(conseiller=True), precision=date(2026, 12, 1))
    offre.refresh_from_db()
    assert offre.statut == StatutOffre.PLACEE
    for candidature in attentes:
        candidature.refresh_from_db()
        assert candidature.statut == Statut.NON_ATTRIBUEE
        assert "attribué à un autre candidat" in candidature.motif


def test_withdrawing_an_offer_frees_everybody_but_the_signed() -> None:
    offre = OffreFactory()
    deposee, proposee = (CandidatureFactory(offre=offre, statut=s) for s in (Statut.DEPOSEE, Statut.PROPOSEE))
    assert workflow.retirer_offre(offre, par=UserFactory(conseiller=True), motif="Travaux.") == 2
    for candidature in (deposee, proposee):
        candidature.refresh_from_db()
        assert candidature.statut == Statut.RETIREE
        assert candidature.motif == "L’offre a été retirée. Travaux."


def test_only_an_adviser_withdraws_an_offer() -> None:
    assert "Seul un conseiller" in refus(workflow.retirer_offre, OffreFactory(), par=UserFactory(), motif="")


def test_one_dwelling_is_attributed_to_one_person() -> None:
    offre, conseiller = OffreFactory(), UserFactory(conseiller=True)
    CandidatureFactory(offre=offre, statut=Statut.PROPOSEE)
    autre = CandidatureFactory(offre=offre, statut=Statut.CLASSEE)
    assert "déjà attribué" in refus(workflow.avancer, autre, Action.ATTRIBUER, par=conseiller)


def test_an_offer_is_withdrawn_once() -> None:
    conseiller = UserFactory(conseiller=True)
    placee = OffreFactory(statut=StatutOffre.PLACEE)
    assert "déjà « Placée »" in refus(workflow.retirer_offre, placee, par=conseiller, motif="")


def test_a_reserved_dwelling_waits_for_the_employers_confirmation() -> None:
    entreprise = EntrepriseFactory(siret="12345678200010", exige_confirmation=True)
    candidature, conseiller = CandidatureFactory(offre__reservee_a=entreprise), UserFactory(conseiller=True)
    assert "n’a pas encore confirmé cet emploi" in refus(workflow.avancer, candidature, Action.VALIDER, par=conseiller)
    candidature.demande.emploi.confirme_le = timezone.now()
    candidature.demande.emploi.save()
    assert workflow.avancer(candidature, Action.VALIDER, par=conseiller).statut == Statut.VALIDEE


def test_a_demand_deleted_meanwhile_is_a_sentence_and_no_error() -> None:
    candidature = CandidatureFactory()
    demande, par = candidature.demande, candidature.demande.demandeur
    effacement.supprimer_demande(demande, par=par)
    assert "n’existe plus" in refus(workflow.avancer, candidature, Action.ANNULER, par=par)
    assert "n’existe plus" in refus(workflow.postuler, demande, OffreFactory(), par=par)


def test_deleting_the_demand_cancels_what_can_be_cancelled() -> None:
    candidature = CandidatureFactory()
    demandeur = candidature.demande.demandeur
    effacement.supprimer_demande(candidature.demande, par=demandeur)
    assert not Candidature.objects.exists()
    assert Evenement.objects.filter(candidature_id=candidature.pk, vers=Statut.ANNULEE).exists()
    assert User.objects.filter(pk=demandeur.pk).exists()


def test_deleting_the_demand_is_refused_after_transmission() -> None:
    candidature = CandidatureFactory(statut=Statut.TRANSMISE)
    phrase = refus(effacement.supprimer_demande, candidature.demande, par=candidature.demande.demandeur)
    assert "chez le bailleur" in phrase
    assert Candidature.objects.exists()


def test_the_database_refuses_a_second_active_candidature() -> None:
    candidature = CandidatureFactory()
    deuxieme = {"demande": candidature.demande, "offre": OffreFactory(), "instantane": candidature.instantane}
    with pytest.raises(IntegrityError, match="une_seule_candidature_active"), transaction.atomic():
        Candidature.objects.create(**deuxieme)


@pytest.mark.parametrize(
    "triche",
    [
        "UPDATE candidatures_candidature SET statut = 'bail_signe'",
        "UPDATE candidatures_candidature SET statut = 'acceptee'",
        "DELETE FROM candidatures_evenement",
        "UPDATE candidatures_evenement SET vers = 'bail_signe'",
        "INSERT INTO candidatures_candidature (id, demande_id, offre_id, instantane_id, statut, motif, deposee_le,"
        " statut_depuis) SELECT gen_random_uuid(), demande_id, offre_id, instantane_id, 'attribuee', '', now(), now()"
        " FROM candidatures_candidature",
    ],
)
def test_raw_sql_that_cheats_is_refused(triche: str) -> None:
    demande = DemandeFactory(valide=True)
    workflow.postuler(demande, OffreFactory(), par=demande.demandeur)
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(triche)


def test_the_count_on_the_card_leaves_out_the_cancelled_and_the_invalidated() -> None:
    offre = OffreFactory()
    for statut in (Statut.DEPOSEE, Statut.VALIDEE, Statut.TRANSMISE, Statut.ANNULEE, Statut.INVALIDEE):
        CandidatureFactory(offre=offre, statut=statut)
    candidature = Candidature.objects.pour_lecture().filter(statut=Statut.DEPOSEE).get()
    assert candidature.nombre == 3  # type: ignore[attr-defined]


def test_silence_past_the_date_is_a_refusal() -> None:
    from candidatures import horloge

    hier = timezone.localdate() - timedelta(days=1)
    muette = CandidatureFactory(statut=Statut.PROPOSEE, reponse_avant_le=hier)
    encore = CandidatureFactory(statut=Statut.PROPOSEE, reponse_avant_le=timezone.localdate())
    assert horloge.constater_les_silences(timezone.localdate()) == 1
    muette.refresh_from_db()
    encore.refresh_from_db()
    assert muette.statut == Statut.SANS_REPONSE
    assert encore.statut == Statut.PROPOSEE


def test_the_sweep_catches_up_a_withdrawal_that_was_interrupted() -> None:
    from candidatures import horloge

    candidature = CandidatureFactory(offre__statut=StatutOffre.RETIREE)
    autre = CandidatureFactory(offre__statut=StatutOffre.PLACEE)
    assert horloge.liberer_des_offres_fermees() == 2
    candidature.refresh_from_db()
    autre.refresh_from_db()
    assert (candidature.statut, autre.statut) == (Statut.RETIREE, Statut.NON_ATTRIBUEE)
