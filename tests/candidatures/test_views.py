"""Applying and following over HTTP: the five questions, and the clicks of impatient people."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from candidatures.models import Candidature
from candidatures.statuts import Action, Statut
from demandes.models import Demande
from offres import baremes
from tests.factories import CandidatureFactory, DemandeFactory, OffreFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _baremes(db: None) -> None:
    baremes.charger()


@pytest.fixture
def demande(client: Client) -> Demande:
    """A validated demand, whose owner is signed in."""
    sienne: Demande = DemandeFactory(valide=True)
    client.force_login(sienne.demandeur)
    return sienne


def lire(client: Client, adresse: str) -> str:
    return " ".join(client.get(adresse, follow=True).content.decode().split())


def adresse_de(candidature: Candidature, action: str) -> str:
    return reverse("candidatures:avancer", args=[candidature.pk, action])


def test_applying_asks_to_confirm_then_says_it_is_done(client: Client, demande: Demande) -> None:
    offre = OffreFactory()
    adresse = reverse("candidatures:postuler", args=[offre.pk])
    assert "Confirmer" in lire(client, adresse)
    assert not Candidature.objects.exists()
    reponse = client.post(adresse, follow=True)
    assert "Ce logement a bien été ajouté à vos candidatures" in reponse.content.decode()
    assert Candidature.objects.get().demande == demande


def test_a_double_click_a_reload_and_the_back_button_give_the_same_candidature(
    client: Client, demande: Demande
) -> None:
    adresse = reverse("candidatures:postuler", args=[OffreFactory().pk])
    arrivees = {client.post(adresse)["Location"] for _ in range(3)}
    assert len(arrivees) == 1
    assert Candidature.objects.count() == 1


def test_a_second_tab_on_another_offer_is_led_to_the_existing_candidature(client: Client, demande: Demande) -> None:
    CandidatureFactory(demande=demande)
    reponse = client.post(reverse("candidatures:postuler", args=[OffreFactory().pk]), follow=True)
    assert reponse.redirect_chain[-1][0] == reverse("candidatures:liste")
    assert "Vous avez déjà une candidature active" in reponse.content.decode()


@pytest.mark.parametrize("traits", [{"expiree": True}, {"retiree": True}, {"trop_grande": True}, {"trop_chere": True}])
def test_an_offer_one_may_not_have_sends_back_to_it_with_the_reason(
    traits: dict[str, bool], client: Client, demande: Demande
) -> None:
    offre = OffreFactory(**traits)
    reponse = client.post(reverse("candidatures:postuler", args=[offre.pk]), follow=True)
    assert reponse.redirect_chain[-1][0] == offre.get_absolute_url()
    assert 'class="avis error"' in reponse.content.decode()
    assert not Candidature.objects.exists()


def test_an_unknown_offer_is_not_found(client: Client, demande: Demande) -> None:
    assert client.post(reverse("candidatures:postuler", args=[uuid4()])).status_code == 404


def test_before_validating_the_file_one_is_led_to_the_missing_step(client: Client) -> None:
    demande = DemandeFactory()
    client.force_login(demande.demandeur)
    reponse = client.post(reverse("candidatures:postuler", args=[OffreFactory().pk]))
    assert reponse["Location"] == reverse(demande.etape)
    assert not Candidature.objects.exists()


def test_a_post_without_its_token_is_refused_with_a_sentence(demande: Demande) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(demande.demandeur)
    reponse = client.post(reverse("candidatures:postuler", args=[OffreFactory().pk]))
    assert reponse.status_code == 403
    assert "Votre page a expiré" in reponse.content.decode()
    assert not Candidature.objects.exists()


def test_the_card_says_where_it_stands(client: Client, demande: Demande) -> None:
    candidature = CandidatureFactory(demande=demande)
    page = lire(client, reverse("candidatures:liste"))
    assert "Il y a actuellement 1 candidature déposée sur cette offre" in page
    assert "En attente" in page
    assert f'datetime="{candidature.offre.date_limite.isoformat()}"' in page
    for etape in ("Je postule", "Validations", "Envoi bailleur", "Visite", "Commission logement", "Résultat"):
        assert etape in page
    assert "Entrez dans les lieux" in page


@pytest.mark.parametrize(
    ("statut", "visible"),
    [
        (Statut.DEPOSEE, True),
        (Statut.VALIDEE, True),
        (Statut.TRANSMISE, False),
        (Statut.VISITE, False),
        (Statut.PROPOSEE, False),
    ],
)
def test_cancelling_is_offered_until_transmission_and_never_after(
    statut: Statut, visible: bool, client: Client, demande: Demande
) -> None:
    candidature = CandidatureFactory(demande=demande, statut=statut)
    assert ("Annuler cette candidature" in lire(client, reverse("candidatures:liste"))) is visible
    client.post(adresse_de(candidature, "annuler"))
    candidature.refresh_from_db()
    assert (candidature.statut == Statut.ANNULEE) is visible


def test_cancelling_after_transmission_is_told_why(client: Client, demande: Demande) -> None:
    candidature = CandidatureFactory(demande=demande, statut=Statut.TRANSMISE)
    reponse = client.post(adresse_de(candidature, "annuler"), follow=True)
    assert "ne peut plus être annulée" in reponse.content.decode()


def test_past_candidatures_keep_their_outcome_and_their_reason(client: Client, demande: Demande) -> None:
    CandidatureFactory(demande=demande, statut=Statut.INVALIDEE, motif="Bulletin de mai manquant.")
    page = lire(client, reverse("candidatures:liste"))
    assert "Historique de mes candidatures" in page
    assert "Non validée" in page
    assert "Bulletin de mai manquant." in page


def test_the_page_costs_the_same_for_two_past_candidatures_and_for_twenty(
    client: Client, demande: Demande, django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cout() -> int:
        with CaptureQueriesContext(connection) as requetes:
            client.get(reverse("candidatures:liste"))
        return len(requetes)

    for _ in range(2):
        CandidatureFactory(demande=demande, statut=Statut.ANNULEE)
    pour_deux = cout()
    for _ in range(18):
        CandidatureFactory(demande=demande, statut=Statut.ANNULEE)
    assert cout() == pour_deux


@pytest.mark.parametrize("action", Action.values)
def test_a_stranger_gets_not_found_whatever_he_tries(action: str, client: Client, demande: Demande) -> None:
    autre = CandidatureFactory()
    assert client.post(adresse_de(autre, action)).status_code == 404
    assert client.get(reverse("candidatures:deposee", args=[autre.pk])).status_code == 404


def test_an_action_that_does_not_exist_is_not_found(client: Client, demande: Demande) -> None:
    assert client.post(adresse_de(CandidatureFactory(demande=demande), "tout-valider")).status_code == 404


@pytest.mark.parametrize("action", ["valider", "transmettre", "signer", "radier"])
def test_an_advisers_act_by_the_applicant_changes_nothing(action: str, client: Client, demande: Demande) -> None:
    candidature = CandidatureFactory(demande=demande)
    client.post(adresse_de(candidature, action), {"motif": "x"})
    candidature.refresh_from_db()
    assert candidature.statut == Statut.DEPOSEE


PAGES = ("candidatures:liste", "candidatures:supprimer_demande")


@pytest.mark.parametrize("page", PAGES)
def test_anonymous_is_sent_to_the_door(page: str, client: Client) -> None:
    assert client.get(reverse(page))["Location"].startswith("/connexion/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("trait", ["conseiller", "support", "superviseur", "service_logement"])
def test_the_applicants_pages_are_his_alone(page: str, trait: str, client: Client) -> None:
    client.force_login(UserFactory(**{trait: True}))
    assert client.get(reverse(page)).status_code == 403


def test_deleting_the_demand_asks_first_then_leads_back_to_the_import(client: Client, demande: Demande) -> None:
    adresse = reverse("candidatures:supprimer_demande")
    assert demande.numero_unique in lire(client, adresse)
    assert Demande.objects.exists()
    reponse = client.post(adresse)
    assert reponse["Location"] == reverse("demandes:numero")
    assert not Demande.objects.exists()
    assert User.objects.filter(pk=demande.demandeur.pk).exists()


def test_deleting_the_demand_after_transmission_is_refused_with_the_reason(client: Client, demande: Demande) -> None:
    CandidatureFactory(demande=demande, statut=Statut.TRANSMISE)
    page = client.post(reverse("candidatures:supprimer_demande"), follow=True).content.decode()
    assert "chez le bailleur" in page
    assert Demande.objects.exists()
