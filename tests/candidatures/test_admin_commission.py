"""The pages of a commission: the form of a whole sitting, and the sheet on paper and in a file."""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from candidatures import workflow
from candidatures.models import Candidature, Evenement, Seance
from candidatures.statuts import Action, Statut
from offres.models import Offre
from tests.candidatures.espace import LISTE, acte, connecte, envoyer, lire, page_de
from tests.candidatures.test_commission import inscrites, rangs
from tests.factories import CandidatureFactory, DemandeFactory

pytestmark = pytest.mark.django_db
A, S = Action, Statut


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
