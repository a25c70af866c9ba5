"""The leave: given by the applicant alone, until a day he may choose, taken back in one click, and never rewritten."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import CodeTexte, Texte
from candidatures.models import Evenement
from demandes.consentement import donner_son_accord
from demandes.models import Consentement, Demande, Emploi
from tests.accounts.test_textes import publier
from tests.factories import (
    SIRETS,
    CandidatureFactory,
    ConsentementFactory,
    DemandeFactory,
    EntrepriseFactory,
    UserFactory,
)
from tests.service_logement.gens import LISTE, agent_de_vauban, connecte, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def demande(client: Client) -> Demande:
    """Zoé's, who works for Ateliers Vauban and is signed in."""
    EntrepriseFactory(siret=SIRETS[0])
    sienne: Demande = DemandeFactory(demandeur=UserFactory(prenom="Zoé", nom_naissance="Porte"), valide=True)
    client.force_login(sienne.demandeur)
    return sienne


def envoyer(client: Client, **champs: object) -> str:
    reponse = client.post(reverse("demandes:consentement"), champs, follow=True)
    return " ".join(reponse.content.decode().split())


def lire(client: Client) -> str:
    return " ".join(client.get(reverse("mon_entreprise")).content.decode().split())


def dans(jours: int) -> str:
    return f"{timezone.localdate() + timedelta(days=jours):%d/%m/%Y}"


def test_the_page_tells_before_and_after_and_withdraws_in_one_click(client: Client, demande: Demande) -> None:
    avant = lire(client)
    assert "Ateliers Vauban ne voit rien" in avant
    assert "Vous ne perdez rien." in avant
    assert " checked" not in avant
    agent = agent_de_vauban()
    apres = envoyer(client, accord="on", suite="entreprise")
    assert "Ateliers Vauban peut m’aider" in apres
    assert "la suppression de votre demande d’AL’in, ou avant si vous le retirez" in apres
    assert "texte version 1" in apres
    assert "Camille Roux" in apres
    fenetre = connecte(agent)
    assert fenetre.get(page(demande)).status_code == 200
    assert "Camille Roux, Ateliers Vauban" in lire(client)
    retire = envoyer(client, suite="entreprise")
    assert "votre entreprise ne voit plus rien, dès maintenant" in retire
    assert f"Retiré le {dans(0)}." in retire
    refuse = fenetre.get(page(demande))
    assert refuse.status_code == 404
    assert "peut le retirer à tout moment" in refuse.content.decode()
    assert "Retour aux salariés" in refuse.content.decode()
    assert "Zoé" not in fenetre.get(LISTE).content.decode()


def test_a_leave_ends_by_itself_on_the_day_chosen(client: Client, demande: Demande) -> None:
    assert " compris" in envoyer(client, accord="on", fin_le=dans(10), suite="entreprise")
    assert Consentement.objects.en_cours().get().fin_le == timezone.localdate() + timedelta(days=10)
    ConsentementFactory(demande=DemandeFactory(valide=True), fin_le=timezone.localdate() - timedelta(days=1))
    assert Consentement.objects.non_retires().count() == 2
    assert Consentement.objects.en_cours().get().demande == demande


@pytest.mark.parametrize(("jour", "phrase"), [("hier", "est passée"), ("31/02/2030", "n’existe pas")])
def test_an_end_that_is_past_or_does_not_exist_is_refused_and_nothing_is_given(
    jour: str, phrase: str, client: Client, demande: Demande
) -> None:
    assert phrase in envoyer(client, accord="on", fin_le=dans(-1) if jour == "hier" else jour, suite="1")
    assert not Consentement.objects.exists()


def test_an_end_that_is_refused_stays_as_typed_and_the_box_is_never_ticked_for_him(
    client: Client, demande: Demande
) -> None:
    texte = envoyer(client, accord="on", fin_le=dans(-1), suite="entreprise")
    assert "Il y a un point à corriger" in texte
    assert dans(-1) in texte
    assert "checked" not in texte
    assert not Consentement.objects.exists()


def test_another_end_is_another_line_and_the_same_leave_twice_is_one(client: Client, demande: Demande) -> None:
    for fin in ("", "", dans(5), dans(5), dans(9)):
        envoyer(client, accord="on", fin_le=fin, suite="entreprise")
    assert Consentement.objects.count() == 3
    assert Consentement.objects.en_cours().get().fin_le == timezone.localdate() + timedelta(days=9)
    assert "Mes accords d’avant" in lire(client)


def test_after_an_end_that_has_passed_a_new_leave_may_be_given(demande: Demande) -> None:
    hier = timezone.localdate() - timedelta(days=1)
    ancien = ConsentementFactory(demande=demande, fin_le=hier)
    donner_son_accord(demande, ancien.entreprise)
    ancien.refresh_from_db()
    assert ancien.fini_le == hier
    assert Consentement.objects.en_cours().count() == 1


@pytest.mark.parametrize(
    "changement",
    ["fin_le = now()", "donne_le = now() - interval '1 year'", "texte_id = texte_id + 1", "retire_le = NULL"],
)
def test_the_history_of_leaves_is_not_rewritten_even_by_raw_sql(changement: str) -> None:
    accord = ConsentementFactory(retire_le=timezone.now())
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        connection.cursor().execute(f"UPDATE demandes_consentement SET {changement} WHERE id = %s", [accord.pk])


def test_a_leave_goes_with_its_demand_only() -> None:
    accord = ConsentementFactory()
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="goes with its demand only"), transaction.atomic():
        Consentement.objects.filter(pk=accord.pk).delete()
    connection.cursor().execute("SET CONSTRAINTS ALL DEFERRED")
    accord.demande.delete()
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert not Consentement.objects.exists()


def test_a_company_taken_over_loses_the_leave_and_the_page_says_so(client: Client, demande: Demande) -> None:
    envoyer(client, accord="on", suite="entreprise")
    vauban = Consentement.objects.get().entreprise
    vauban.successeur = EntrepriseFactory(siret=SIRETS[1], nom="Grande Maison")
    vauban.radiee_le = timezone.localdate()
    vauban.save()
    texte = lire(client)
    assert "Ateliers Vauban est devenue Grande Maison" in texte
    assert "Votre accord ne passe pas de l’une à l’autre" in texte
    assert "Grande Maison ne voit rien" in texte
    envoyer(client, accord="on", suite="entreprise")
    assert Consentement.objects.en_cours().get().entreprise.nom == "Grande Maison"


def champs_de(texte: str, nom_du_bouton: str) -> dict[str, str]:
    """What the form of this button sends, untouched, the box ticked."""
    avant = texte[: texte.index(nom_du_bouton)]
    caches = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', avant[avant.rindex("<form") :])
    return dict(caches) | {"accord": "on"}


@pytest.mark.parametrize(
    ("adresse", "bouton"),
    [
        ("mon_entreprise", "Donner mon accord"),
        ("demandes:employeur", "Étape suivante"),
        ("demandes:situation", "J’autorise le service logement"),
    ],
)
def test_a_page_left_open_never_gives_the_leave_to_a_company_it_did_not_name(
    adresse: str, bouton: str, client: Client, demande: Demande
) -> None:
    champs = champs_de(client.get(reverse(adresse)).content.decode(), bouton)
    EntrepriseFactory(siret=SIRETS[1], nom="Grande Maison")
    Emploi.objects.update(siret=SIRETS[1], nom_employeur="Grande Maison")  # in another window
    assert "a changé depuis que vous avez ouvert la page" in envoyer(client, **champs)
    assert not Consentement.objects.exists()
    assert "peut maintenant vous aider" in envoyer(
        client, **champs_de(client.get(reverse(adresse)).content.decode(), bouton)
    )


@pytest.mark.parametrize(
    ("adresse", "bouton", "avant"),
    [
        ("mon_entreprise", "Donner mon accord", False),
        ("demandes:employeur", "Étape suivante", False),
        ("mon_entreprise", "Enregistrer la date", True),
    ],
)
def test_a_leave_is_never_kept_under_words_that_the_page_did_not_show(
    adresse: str, bouton: str, avant: bool, client: Client, demande: Demande
) -> None:
    if avant:
        envoyer(client, accord="on")
    champs = champs_de(client.get(reverse(adresse)).content.decode(), bouton)
    nouveau = publier(CodeTexte.CONSENTEMENT, "J’autorise tout autre chose.")
    assert "a changé depuis que vous avez ouvert la page" in envoyer(client, **champs, fin_le=dans(30))
    assert not Consentement.objects.filter(texte=nouveau).exists()
    page_lue = client.get(reverse(adresse)).content.decode()
    assert "J’autorise tout autre chose." in page_lue
    envoyer(client, **champs_de(page_lue, bouton), fin_le=dans(30))
    assert Consentement.objects.en_cours().get().texte == nouveau


def test_the_switch_shows_the_words_it_makes_one_agree_to(client: Client, demande: Demande) -> None:
    page = client.get(reverse("demandes:situation")).content.decode()
    en_vigueur = Texte.objects.en_vigueur().get(code=CodeTexte.CONSENTEMENT)
    assert en_vigueur.contenu in page
    champs = champs_de(page, "J’autorise le service logement")
    assert champs["texte"] == str(en_vigueur.pk)
    publier(CodeTexte.CONSENTEMENT, "J’autorise tout autre chose.")
    assert "a changé depuis que vous avez ouvert la page" in envoyer(client, **champs)
    assert not Consentement.objects.exists()


def test_a_leave_under_earlier_words_is_neither_renewed_nor_ended_by_the_next_step(
    client: Client, demande: Demande
) -> None:
    envoyer(client, accord="on")
    publier(CodeTexte.CONSENTEMENT, "J’autorise tout autre chose.")
    page = client.get(reverse("demandes:employeur")).content.decode()
    assert "sous les mots que vous aviez lus" in page
    assert 'name="accord"' not in page
    assert reverse("demandes:pieces") in page


def test_what_the_service_did_is_told_with_the_name_of_who_did_it(client: Client, demande: Demande) -> None:
    agent = agent_de_vauban()
    candidature = CandidatureFactory(demande=demande)
    Evenement.objects.create(
        candidature_id=candidature.pk, offre_id=candidature.offre_id, action="postuler", vers="deposee",
        par_id=agent.pk, par_role=agent.role,
    )  # fmt: skip
    texte = lire(client)
    assert "Candidature déposée en votre nom" in texte
    assert f"{candidature.offre} · Camille Roux" in texte


def test_who_never_consents_finds_the_same_offers_and_a_page_that_asks_nothing(client: Client) -> None:
    sans = DemandeFactory()
    client.force_login(sans.demandeur)
    texte = lire(client)
    assert "Aucune entreprise ne voit votre demande" in texte
    assert "Indiquer mon employeur" in texte
