"""Cancelling, accepting, refusing: a page says what follows, then the act is done, once, with its reason."""

import pytest
from django.test import Client
from django.urls import reverse

from candidatures import motifs
from candidatures.models import Candidature
from candidatures.statuts import Statut
from demandes.models import Demande, Priorite
from tests.factories import CandidatureFactory, DemandeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def demande(client: Client) -> Demande:
    """A validated demand, whose owner is signed in."""
    sienne: Demande = DemandeFactory(valide=True)
    client.force_login(sienne.demandeur)
    return sienne


def adresse_de(candidature: Candidature, action: str) -> str:
    return reverse("candidatures:avancer", args=[candidature.pk, action])


def lire(client: Client, adresse: str) -> str:
    return " ".join(client.get(adresse, follow=True).content.decode().split())


def test_cancelling_says_what_is_lost_and_that_being_first_counts_for_nothing(client: Client, demande: Demande) -> None:
    candidature = CandidatureFactory(demande=demande, statut=Statut.VALIDEE)
    assert adresse_de(candidature, "annuler") in lire(client, reverse("candidatures:liste"))
    page = lire(client, adresse_de(candidature, "annuler"))
    assert "rien à voir avec l’ordre d’arrivée" in page
    assert "déjà validé" in page
    assert "Votre demande reste valable" in page
    assert not candidature.journal().exists()
    assert "annulée" in client.post(adresse_de(candidature, "annuler"), follow=True).content.decode()
    assert Candidature.objects.get(pk=candidature.pk).statut == Statut.ANNULEE


def test_accepting_says_to_sign_before_leaving_ones_home_and_that_a_visit_is_free(
    client: Client, demande: Demande
) -> None:
    candidature = CandidatureFactory(demande=demande, statut=Statut.PROPOSEE)
    assert adresse_de(candidature, "accepter") in lire(client, reverse("candidatures:liste"))
    page = lire(client, adresse_de(candidature, "accepter"))
    for phrase in ("signer le bail", "Ne donnez pas congé", "postuler à aucun autre logement", "<strong>gratuite"):
        assert phrase in page
    client.post(adresse_de(candidature, "accepter"))
    candidature.refresh_from_db()
    assert candidature.statut == Statut.ACCEPTEE
    page = lire(client, adresse_de(candidature, "refuser"))
    assert "Je refuse ce logement" in page  # until the lease is signed
    assert "jusqu’au" not in page


def test_refusing_says_that_the_demand_lives_on_and_asks_for_a_reason_of_the_list(
    client: Client, demande: Demande
) -> None:
    motifs.charger()
    candidature = CandidatureFactory(demande=demande, statut=Statut.PROPOSEE)
    adresse = adresse_de(candidature, "refuser")
    page = lire(client, adresse)
    for phrase in ("Votre demande reste valable", "ne se reprend pas", "Si vous êtes reconnu prioritaire", "Surface"):
        assert phrase in page
    for invente in ({}, {"motif": "Parce que"}, {"motif": "\x00"}, {"motif": "x" * 100_000}):
        reponse = client.post(adresse, invente)
        assert reponse.status_code == 422
        assert "Donnez le motif de votre refus" in reponse.content.decode()
    client.post(adresse, {"motif": "Surface"})
    candidature.refresh_from_db()
    assert (candidature.statut, candidature.motif) == (Statut.REFUSEE, "Surface")


def test_whoever_holds_a_right_to_housing_is_told_what_a_refusal_may_cost(client: Client, demande: Demande) -> None:
    demande.priorite = Priorite.DALO
    demande.save(update_fields=["priorite"])
    candidature = CandidatureFactory(demande=demande, statut=Statut.PROPOSEE)
    page = lire(client, adresse_de(candidature, "refuser"))
    assert "Vous êtes reconnu prioritaire (DALO)." in page
    assert "Si vous êtes reconnu prioritaire" not in page


@pytest.mark.parametrize("methode", ["get", "post"])
@pytest.mark.parametrize(
    ("statut", "action", "phrase"),
    [
        (Statut.TRANSMISE, "annuler", "ne peut plus être annulée"),
        (Statut.SANS_REPONSE, "accepter", "n’est plus possible"),
        (Statut.REFUSEE, "refuser", "n’est plus possible"),
        (Statut.DEPOSEE, "valider", "n’est plus possible"),
    ],
)
def test_a_page_opened_too_late_leads_back_with_a_sentence(
    statut: Statut, action: str, phrase: str, methode: str, client: Client, demande: Demande
) -> None:
    candidature = CandidatureFactory(demande=demande, statut=statut)
    reponse = getattr(client, methode)(adresse_de(candidature, action), follow=True)
    assert reponse.redirect_chain == [(reverse("candidatures:liste"), 302)]
    assert phrase in reponse.content.decode()
    candidature.refresh_from_db()
    assert candidature.statut == statut


def test_a_stranger_finds_no_page_to_confirm_anything(client: Client, demande: Demande) -> None:
    autre = CandidatureFactory(statut=Statut.PROPOSEE)
    for action in ("annuler", "accepter", "refuser", "tout-valider"):
        assert client.get(adresse_de(autre, action)).status_code == 404


def test_the_history_keeps_the_journal_of_each_candidature(client: Client, demande: Demande) -> None:
    motifs.charger()
    candidature = CandidatureFactory(demande=demande, statut=Statut.PROPOSEE)
    client.post(adresse_de(candidature, "refuser"), {"motif": "Surface"})
    page = lire(client, reverse("candidatures:liste"))
    assert "Historique de mes candidatures" in page
    assert "La proposition est refusée. «&nbsp;Surface&nbsp;»" in page
