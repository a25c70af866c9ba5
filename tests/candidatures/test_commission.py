"""The commission: all the decisions of one dwelling in one gesture, its sheet, and the walls of the database below."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Courriel, User
from candidatures import commission, workflow
from candidatures.commission import Choix, SeanceRefusee
from candidatures.models import Candidature, Evenement, Seance
from candidatures.motifs import MOTIFS
from candidatures.statuts import Action, Statut
from offres.models import Offre
from tests.candidatures.espace import LISTE, acte, connecte, envoyer, lire, page_de
from tests.candidatures.refus import refus
from tests.factories import CandidatureFactory, DemandeFactory, OffreFactory, UserFactory

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


# The pages


def adresse(offre: Offre, page: str = "commission/") -> str:
    return f"{LISTE}offre/{offre.pk}/{page}"


def saisie(candidatures: Sequence[Candidature], *decisions: dict[str, str], **entete: str) -> dict[str, Any]:
    champs: dict[str, Any] = {"tenue_le": timezone.localdate().isoformat(), "dossier": [c.pk for c in candidatures]}
    for candidature, decision in zip(candidatures, decisions, strict=False):
        champs |= {f"{candidature.pk}-{champ}": valeur for champ, valeur in decision.items()}
    return champs | entete


PREMIER = {"decision": "attribuer"}
DEUXIEME = {"decision": "classer", "rang": "2"}
REFUSE = {"decision": "non-attribuer", "complement": "Un dossier plus ancien"}


def test_an_adviser_enters_a_whole_sitting_in_one_form() -> None:
    offre, candidatures = inscrites(3)
    client = connecte(conseiller=True)
    assert lire(client, adresse(offre)).count("Attribuée sous condition (rang 1)") >= 3
    page = envoyer(client, adresse(offre), **saisie(candidatures, PREMIER, DEUXIEME, REFUSE))
    assert "Séance enregistrée : 3 décisions." in page
    assert rangs(candidatures) == [(S.ATTRIBUEE, 1), (S.CLASSEE, 2), (S.NON_ATTRIBUEE, None)]
    assert candidatures[2].motif == "Un dossier plus ancien"


def test_what_was_typed_is_kept_and_whoever_is_at_fault_is_named() -> None:
    offre, candidatures = inscrites(2)
    troisieme = CandidatureFactory(
        offre=offre, statut=S.EN_COMMISSION, demande=DemandeFactory(valide=True, demandeur__prenom="Lise")
    )
    client = connecte(conseiller=True)
    champs = saisie([*candidatures, troisieme], PREMIER, REFUSE, {"decision": "classer", "rang": "3"})
    page = envoyer(client, adresse(offre), 422, **champs)
    assert "Lise Porte : Personne n’a le rang 2 : les rangs se suivent à partir de 1." in page
    assert "Un dossier plus ancien</textarea>" in page
    assert not Evenement.objects.exists()


def test_a_dossier_moved_since_the_page_was_opened_is_told_and_nothing_is_lost() -> None:
    offre, candidatures = inscrites(3)
    workflow.avancer(candidatures[1], A.RADIER, par=User.objects.automate(), motif="Radiée")
    champs = saisie(candidatures, PREMIER, DEUXIEME, REFUSE)
    page = envoyer(connecte(conseiller=True), adresse(offre), 422, **champs)
    assert "Ce dossier a changé entre-temps : il est maintenant « Demande radiée »." in page
    assert "Un dossier plus ancien</textarea>" in page
    assert rangs([candidatures[0]]) == [(S.EN_COMMISSION, None)]


@pytest.mark.parametrize(
    ("decision", "phrase"),
    [
        ({"decision": "declarer-irrecevable", "complement": "Trop riche"}, "la loi en donne la liste"),
        ({"decision": "conditionner", "complement": "Avis"}, "Indiquez le jour."),
        ({"decision": "conditionner", "piece_attendue_le": "2020-01-01", "complement": "Avis"}, "avant le dépôt"),
        ({"decision": "non-attribuer"}, "Donnez le motif"),
        ({"decision": "classer", "rang": "deux"}, "Écrivez un nombre"),
        ({"decision": "classer", "rang": "1"}, "pour le rang 1, choisissez « Attribuer »"),
        ({"decision": "danser"}, "Choisissez l’une des décisions."),
    ],
)
def test_each_decision_asks_for_what_it_owes(decision: dict[str, str], phrase: str) -> None:
    offre, candidatures = inscrites(3)
    page = envoyer(connecte(conseiller=True), adresse(offre), 422, **saisie(candidatures, decision))
    assert phrase in page


def test_a_sitting_of_tomorrow_or_without_a_decision_is_refused() -> None:
    offre, candidatures = inscrites(3)
    client, demain = connecte(conseiller=True), (timezone.localdate() + timedelta(days=1)).isoformat()
    page = envoyer(client, adresse(offre), 422, **saisie(candidatures, PREMIER, tenue_le=demain))
    assert "n’a pas encore eu lieu" in page
    assert "Aucune décision n’est saisie." in envoyer(client, adresse(offre), 422, **saisie(candidatures))


def test_a_double_click_holds_one_sitting() -> None:
    offre, candidatures = inscrites(3)
    client, champs = connecte(conseiller=True), saisie(candidatures, PREMIER, DEUXIEME, REFUSE)
    envoyer(client, adresse(offre), **champs)
    assert "Ce dossier a changé entre-temps" in envoyer(client, adresse(offre), 422, **champs)
    assert Seance.objects.count() == 1


def test_the_dossier_sends_to_the_sitting_and_does_not_decide_alone() -> None:
    offre, (une, *_) = inscrites(3)
    client = connecte(conseiller=True)
    assert f'href="{adresse(offre)}">Saisir la séance</a>' in lire(client, page_de(une))
    assert "se saisissent ensemble" in envoyer(client, acte(une, A.ATTRIBUER))
    assert rangs([une]) == [(S.EN_COMMISSION, None)]


def test_the_sheet_gives_the_oldest_demand_first_on_paper_and_in_a_file() -> None:
    offre, candidatures = inscrites(3)
    CandidatureFactory(offre=offre)  # not with the bailleur yet
    candidatures[2].demande.deposee_le = date(2015, 1, 1)
    candidatures[2].demande.save()
    candidatures[0].demande.demandeur.prenom = "=HYPERLINK(1)"
    candidatures[0].demande.demandeur.save()
    client = connecte(conseiller=True)
    page = lire(client, adresse(offre, "feuille/"))
    numeros = [candidatures[n].demande.numero_unique for n in (2, 0, 1)]
    assert all(page.index(un) < page.index(autre) for un, autre in pairwise(numeros))
    reponse = client.get(adresse(offre, "feuille.csv"))
    texte = b"".join(reponse).decode("utf-8-sig")
    lignes = list(csv.DictReader(io.StringIO(texte), delimiter=";"))
    assert [ligne["numéro unique"] for ligne in lignes] == numeros
    assert lignes[1]["nom"].startswith("'=HYPERLINK")


def test_the_pages_of_a_commission_cost_the_same_for_two_dossiers_and_for_twenty(
    django_assert_max_num_queries: Any,
) -> None:
    offre, _ = inscrites(20)
    client: Client = connecte(conseiller=True)
    for page in ("commission/", "feuille/"):
        with django_assert_max_num_queries(14):
            lire(client, adresse(offre, page))
