"""The commission: all the decisions of one dwelling in one gesture, and the walls of the database below."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Courriel, User
from candidatures import commission, workflow
from candidatures.commission import Choix, SeanceRefusee
from candidatures.models import Candidature, Evenement, Seance
from candidatures.motifs import MOTIFS
from candidatures.statuts import Action, Statut
from offres.models import Offre
from tests.candidatures.refus import refus
from tests.factories import CandidatureFactory, OffreFactory, UserFactory

pytestmark = pytest.mark.django_db
A, S = Action, Statut


@pytest.fixture
def conseiller() -> User:
    adviser: User = UserFactory(conseiller=True)
    return adviser


def inscrites(combien: int, **champs: Any) -> tuple[Offre, list[Candidature]]:
    offre = OffreFactory()
    return offre, [CandidatureFactory(offre=offre, statut=S.EN_COMMISSION, **champs) for _ in range(combien)]


def tenir(offre: Offre, choix: Sequence[Choix], par: User, justification: str = "") -> Seance:
    return commission.tenir(offre, choix, tenue_le=timezone.localdate(), justification=justification, par=par)


def rangs(candidatures: Sequence[Candidature]) -> list[tuple[str, int | None]]:
    for candidature in candidatures:
        candidature.refresh_from_db()
    return [(candidature.statut, candidature.rang) for candidature in candidatures]


def verifier_a_la_validation() -> None:
    """Run now what the database checks at the end of a transaction."""
    with connection.cursor() as curseur:
        curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_one_gesture_takes_the_five_decisions(conseiller: User) -> None:
    offre, (une, deux, trois, quatre) = inscrites(4)
    seance = tenir(
        offre,
        [
            Choix(deux, A.CLASSER, precision=2),
            Choix(une, A.ATTRIBUER),
            Choix(trois, A.NON_ATTRIBUER, "Dossier incomplet"),
            Choix(quatre, A.DECLARER_IRRECEVABLE, MOTIFS[A.DECLARER_IRRECEVABLE][0]),
        ],
        conseiller,
    )
    attendus = [(S.ATTRIBUEE, 1), (S.CLASSEE, 2), (S.NON_ATTRIBUEE, None), (S.IRRECEVABLE, None)]
    assert rangs([une, deux, trois, quatre]) == attendus
    assert (seance.examinees, seance.classees) == (4, 2)
    assert Courriel.objects.count() == Evenement.objects.count() == 4
    verifier_a_la_validation()


def test_a_condition_holds_the_first_rank_until_it_is_met(conseiller: User) -> None:
    offre, (une, deux, trois) = inscrites(3)
    dans_huit_jours = timezone.localdate() + timedelta(days=8)
    choix = [
        Choix(une, A.CONDITIONNER, "Avis d’imposition à fournir", dans_huit_jours),
        Choix(deux, A.CLASSER, precision=2),
        Choix(trois, A.NON_ATTRIBUER, "Dossier incomplet"),
    ]
    tenir(offre, choix, conseiller)
    assert rangs([une, deux]) == [(S.SOUS_CONDITION, 1), (S.CLASSEE, 2)]
    assert "avant lui" not in refus(workflow.avancer, deux, A.ATTRIBUER, par=conseiller)
    workflow.avancer(une, A.NON_ATTRIBUER, par=conseiller, motif="La pièce n’est pas venue")
    assert rangs([deux]) == [(S.ATTRIBUEE, 2)]


@pytest.mark.parametrize(
    ("donnes", "phrase"),
    [
        ([1, 1, 2], "Le rang 1 est donné 2 fois."),
        ([1, 2, 2], "Le rang 2 est donné 2 fois."),
        ([1, 2, 4], "Personne n’a le rang 3"),
        ([2, 3, None], "Personne n’a le rang 1"),
    ],
)
def test_ranks_with_a_hole_or_a_double_write_nothing(conseiller: User, donnes: list[int | None], phrase: str) -> None:
    offre, candidatures = inscrites(3)
    choix = [
        Choix(c, A.NON_ATTRIBUER, "Dossier incomplet")
        if rang is None
        else Choix(c, A.ATTRIBUER)
        if rang == 1
        else Choix(c, A.CLASSER, precision=rang)
        for c, rang in zip(candidatures, donnes, strict=True)
    ]
    with pytest.raises(SeanceRefusee) as raison:
        tenir(offre, choix, conseiller)
    assert any(phrase in faute for faute in raison.value.fautes.values())
    assert {statut for statut, _ in rangs(candidatures)} == {S.EN_COMMISSION}


def test_fewer_than_three_are_examined_only_with_a_reason(conseiller: User) -> None:
    offre, (une,) = inscrites(1)
    assert "au moins 3 candidatures" in refus(tenir, offre, [Choix(une, A.ATTRIBUER)], conseiller)
    seance = tenir(offre, [Choix(une, A.ATTRIBUER)], conseiller, "Une seule personne a postulé.")
    assert seance.justification == "Une seule personne a postulé."


def test_one_dossier_moved_by_somebody_else_and_nothing_of_the_sitting_is_written(conseiller: User) -> None:
    offre, (une, deux, trois) = inscrites(3)
    choix = [Choix(une, A.ATTRIBUER), Choix(deux, A.CLASSER, precision=2), Choix(trois, A.CLASSER, precision=3)]
    workflow.avancer(deux, A.RADIER, par=User.objects.automate(), motif="Radiée")
    with pytest.raises(SeanceRefusee) as raison:
        tenir(offre, choix, conseiller)
    assert raison.value.fautes == {deux.pk: "Ce dossier a changé entre-temps : il est maintenant « Demande radiée »."}
    assert rangs([une, trois]) == [(S.EN_COMMISSION, None)] * 2
    assert not Seance.objects.exists()


def test_whoever_was_ranked_waits_his_turn_before_a_second_sitting_ranks_again(conseiller: User) -> None:
    offre, (une, deux, trois, quatre) = inscrites(4)
    tenir(
        offre,
        [Choix(une, A.ATTRIBUER), Choix(deux, A.CLASSER, precision=2), Choix(trois, A.NON_ATTRIBUER, "Incomplet")],
        conseiller,
    )
    assert "séance précédente" in refus(tenir, offre, [Choix(quatre, A.ATTRIBUER)], conseiller, "Un seul")
    tenir(offre, [Choix(quatre, A.NON_ATTRIBUER, "Incomplet")], conseiller, "Ajournée à la première séance.")


@pytest.mark.parametrize("traits", [{"support": True}, {"service_logement": True}, {}])
def test_nobody_but_an_adviser_holds_a_sitting(traits: dict[str, bool]) -> None:
    offre, (une,) = inscrites(1)
    assert "Seul un conseiller" in refus(tenir, offre, [Choix(une, A.ATTRIBUER)], UserFactory(**traits), "Un seul")


@pytest.mark.parametrize(
    "triche",
    [
        "UPDATE candidatures_candidature SET rang = 3 WHERE rang = 2",
        "UPDATE candidatures_candidature SET rang = NULL WHERE rang = 2",
        "UPDATE candidatures_candidature SET seance_id = NULL",
        "UPDATE candidatures_seance SET classees = 1",
        "UPDATE candidatures_seance SET justification = 'rien'",
    ],
)
def test_raw_sql_does_not_rewrite_a_sitting(conseiller: User, triche: str) -> None:
    offre, (une, deux, trois) = inscrites(3)
    choix = [Choix(une, A.ATTRIBUER), Choix(deux, A.CLASSER, precision=2), Choix(trois, A.NON_ATTRIBUER, "Incomplet")]
    tenir(offre, choix, conseiller)
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(triche)


@pytest.mark.parametrize(
    ("triche", "mur"),
    [
        ("UPDATE candidatures_candidature SET rang = 1", "rang_donne_par_la_commission"),
        ("UPDATE candidatures_candidature SET statut = 'classee', rang = 0", "rang_donne_par_la_commission"),
        ("UPDATE candidatures_candidature SET statut = 'classee', rang = 2", "un_rang_par_offre"),
        ("UPDATE candidatures_candidature SET statut = 'sous_condition', rang = NULL", "un_seul_attributaire"),
    ],
)
def test_the_database_refuses_a_rank_that_no_commission_gave(triche: str, mur: str) -> None:
    inscrites(2)
    with pytest.raises(IntegrityError, match=mur), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(triche)


@pytest.mark.parametrize(
    ("examinees", "classees", "justification", "mur"),
    [
        (2, 0, "", "trois_examinees_ou_une_raison"),
        (3, 4, "", "classees_parmi_les_examinees"),
        (3, 2, "", "pgtrigger"),
    ],
)
def test_minutes_that_tell_a_story_are_refused(examinees: int, classees: int, justification: str, mur: str) -> None:
    champs = {"examinees": examinees, "classees": classees, "justification": justification}

    def ecrire() -> None:
        Seance.objects.create(offre=OffreFactory(), tenue_le=date(2026, 11, 2), **champs)
        verifier_a_la_validation()

    with pytest.raises(DatabaseError, match=mur), transaction.atomic():
        ecrire()
