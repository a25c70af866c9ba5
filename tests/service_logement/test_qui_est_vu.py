"""The list of a company's housing service: who is seen, and what of them (guide #3)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Acte, Appartenance, Consultation, Entreprise, Role, User
from candidatures.statuts import Statut
from demandes.confirmation import confirmer_l_emploi
from demandes.consentement import donner_son_accord, retirer_son_accord
from demandes.models import Demande
from tests.factories import (
    SIRETS,
    AppartenanceFactory,
    CandidatureFactory,
    DemandeFactory,
    EntrepriseFactory,
    UserFactory,
    adulte,
    dossier,
)
from tests.service_logement.gens import LISTE, connecte, lire, page, salarie

pytestmark = pytest.mark.django_db


def test_the_list_shows_the_employees_who_consented(client: Client, anne: Demande) -> None:
    texte = lire(client, LISTE)
    assert "Anne Porte" in texte
    assert anne.numero_unique in texte
    assert "3&nbsp;pers." in texte
    assert "T2, T3 ou T4" in texte
    assert "Sans candidature" in texte
    assert "Chaque consultation est enregistrée et visible par le salarié" in texte


def test_an_anonymous_visitor_is_sent_to_the_login(anne: Demande) -> None:
    for adresse in (LISTE, page(anne)):
        reponse = Client().get(adresse)
        assert reponse.status_code == 302
        assert reponse["Location"].startswith("/connexion/")


@pytest.mark.parametrize("role", [Role.DEMANDEUR, Role.CONSEILLER, Role.SUPPORT, Role.SUPERVISEUR])
def test_another_role_is_refused(role: Role, anne: Demande) -> None:
    intrus = connecte(UserFactory(role=role))
    assert intrus.get(LISTE).status_code == 403
    assert intrus.get(page(anne)).status_code == 403
    assert intrus.post(f"{page(anne)}emploi/").status_code == 403


def test_the_reading_pages_refuse_a_post_and_the_reminder_a_get(client: Client, anne: Demande) -> None:
    assert client.post(LISTE).status_code == 405
    assert client.post(page(anne)).status_code == 405
    assert client.post(f"{page(anne)}offres/").status_code == 405
    assert client.get(f"{page(anne)}rappel/").status_code == 405


def test_an_employee_who_did_not_consent_is_neither_listed_nor_opened(client: Client) -> None:
    demande = DemandeFactory(demandeur=UserFactory(nom_naissance="Discret"), valide=True)
    assert "Discret" not in lire(client, LISTE)
    assert client.get(page(demande)).status_code == 404
    assert client.post(f"{page(demande)}emploi/").status_code == 404
    assert list(Consultation.objects.values_list("acte", flat=True)) == [Acte.REFUS, Acte.REFUS]


def test_the_leave_withdrawn_closes_everything_on_the_very_next_request(client: Client, anne: Demande) -> None:
    voisin = salarie("Voisin")
    assert client.get(page(anne)).status_code == 200
    retirer_son_accord(anne)
    assert client.get(page(anne)).status_code == 404
    assert client.post(f"{page(anne)}emploi/").status_code == 404
    texte = lire(client, LISTE)
    assert "Anne Porte" not in texte
    assert "Voisin" in texte
    assert client.get(page(voisin)).status_code == 200


def test_another_company_sees_nothing(anne: Demande) -> None:
    etranger = UserFactory(service_logement=True, prenom="Yann", nom_naissance="Guével")
    AppartenanceFactory(agent=etranger, entreprise=EntrepriseFactory(siret=SIRETS[1], nom="Autre société"))
    navigateur = connecte(etranger)
    assert "Anne Porte" not in lire(navigateur, LISTE)
    assert navigateur.get(page(anne)).status_code == 404
    assert navigateur.post(f"{page(anne)}emploi/").status_code == 404


def test_an_agent_who_left_the_company_sees_nothing_any_more(client: Client, agent: User, anne: Demande) -> None:
    Appartenance.objects.filter(agent=agent).update(fin_le=timezone.localdate())
    assert client.get(page(anne)).status_code == 404
    assert "Votre compte n’est rattaché à aucune entreprise" in lire(client, LISTE)


def test_a_leave_given_to_another_company_ends_the_first_one(client: Client, anne: Demande) -> None:
    donner_son_accord(anne, EntrepriseFactory(siret=SIRETS[1], nom="Autre société"))
    assert client.get(page(anne)).status_code == 404


def test_the_list_without_anyone_says_why(client: Client) -> None:
    assert "Aucun salarié ne vous a encore donné son accord" in lire(client, LISTE)


@pytest.mark.parametrize(
    ("cherche", "trouve"),
    [
        ("porte", True),
        ("ANNE", True),
        ("anne porte", True),
        ("nne", True),
        ("dupont", False),
        ("anne dupont", False),
    ],
)
def test_the_search_finds_by_name(client: Client, anne: Demande, cherche: str, trouve: bool) -> None:
    assert ("Anne Porte" in lire(client, f"{LISTE}?q={cherche}")) is trouve


def test_the_search_ignores_accents_and_finds_by_number(client: Client) -> None:
    demande = salarie("Bélanger", "Zoé")
    assert "Zoé Bélanger" in lire(client, f"{LISTE}?q=zoe+belanger")
    assert "Zoé Bélanger" in lire(client, f"{LISTE}?q=ZOÉ")
    assert "Zoé Bélanger" in lire(client, f"{LISTE}?q={demande.numero_unique[:12].lower()}")


def test_nothing_found_says_so_and_leads_back(client: Client, anne: Demande) -> None:
    texte = lire(client, f"{LISTE}?q=inconnu&etat=sans")
    assert "Aucun salarié ne correspond." in texte
    assert "Voir tous les salariés" in texte


def test_whoever_searches_or_turns_the_page_reads_the_list_at_once(client: Client, anne: Demande) -> None:
    figures = "salarié vous a donné son accord"
    assert figures in lire(client, LISTE)
    assert figures not in lire(client, f"{LISTE}?q=anne")


def test_the_list_has_pages_of_25_that_keep_the_filter(client: Client) -> None:
    for rang in range(27):
        salarie(f"Durand{rang:02d}")
    premiere, seconde = lire(client, f"{LISTE}?q=durand"), lire(client, f"{LISTE}?q=durand&page=2")
    assert "Durand24" in premiere
    assert "Durand25" not in premiere
    assert "Durand26" in seconde
    assert "Page 2 sur 2" in seconde
    assert "?q=durand&amp;page=2" in premiere
    assert "Durand26" in lire(client, f"{LISTE}?page=999")


def test_a_candidature_shows_its_step_and_its_next_date(client: Client, anne: Demande) -> None:
    visite_le = timezone.localdate() + timedelta(days=3)
    CandidatureFactory(demande=anne, statut=Statut.VISITE, visite_le=visite_le)
    texte = lire(client, LISTE)
    assert "Visite proposée" in texte
    assert "étape 4 sur 7" in texte
    assert texte.count('class="f"') == 3
    assert texte.count('class="c"') == 1
    assert f'{visite_le:%d/%m/%Y}</time> <span class="sous">visite</span>' in texte


def test_a_date_that_is_past_is_not_announced(client: Client, anne: Demande) -> None:
    CandidatureFactory(demande=anne, statut=Statut.VISITE, visite_le=timezone.localdate() - timedelta(days=2))
    assert '<span class="doux">aucune</span>' in lire(client, LISTE)


def test_a_renewal_to_come_is_recalled(client: Client) -> None:
    renouvelee = timezone.localdate() - timedelta(days=350)
    salarie("Bientot", dossier=dossier(date_renouvellement=renouvelee))
    assert "Demande à renouveler" in lire(client, f"{LISTE}?a_faire=renouvellement")


def test_the_figures_count_what_the_company_may_see(client: Client, agent: User, anne: Demande) -> None:
    CandidatureFactory(demande=anne)
    retirer_son_accord(anne)
    donner_son_accord(anne, Entreprise.objects.get(siret=SIRETS[0]))  # taken back and given again: counted once
    loge = salarie("Loge")
    CandidatureFactory(demande=loge, statut=Statut.BAIL_SIGNE, bail_le=timezone.localdate())
    confirmer_l_emploi(loge, par=agent)
    CandidatureFactory()  # of someone else
    texte = " ".join(lire(client, LISTE).split())
    assert "<dt>salariés vous ont donné leur accord</dt><dd>2</dd>" in texte
    assert "<dt>candidature en cours</dt><dd>1</dd>" in texte
    assert f"<dt>bail signé en {timezone.localdate().year}</dt><dd>1</dd>" in texte
    assert '<dt>emploi à confirmer</dt><dd><a href="?a_faire=emploi">1<' in texte


def requetes(client: Client, adresse: str) -> int:
    with CaptureQueriesContext(connection) as prises:
        lire(client, adresse)
    return len(prises)


def test_twenty_employees_cost_no_more_queries_than_two(client: Client) -> None:
    for _ in range(2):
        CandidatureFactory(demande=salarie("Durand"))
    lire(client, LISTE)
    pour_deux = requetes(client, LISTE)
    for _ in range(18):
        CandidatureFactory(demande=salarie("Durand"))
    assert requetes(client, LISTE) == pour_deux


def test_a_search_neither_shows_nor_counts_the_figures_of_the_company(client: Client, anne: Demande) -> None:
    CandidatureFactory(demande=anne)
    assert "Mois par mois" in lire(client, LISTE)
    assert "Dans l’entreprise, sans nom" in lire(client, LISTE)
    recherche = lire(client, f"{LISTE}?q=anne")
    assert "PORTE" in recherche.upper()
    assert "Mois par mois" not in recherche
    assert "sans nom" not in recherche
    assert requetes(client, f"{LISTE}?q=anne") < requetes(client, LISTE)


@pytest.mark.parametrize(
    ("nom", "nom_d_usage", "prenom"),
    [
        ("ROUX", "ROUX", "CAMILLE"),
        ("DUPONT", "ROUX", "CAMILLE MARIE"),  # the married name, one of several first names
        ("ROUX", "DUPONT", "Camïlle"),
    ],
)
def test_an_agent_opens_no_demand_that_he_makes_with_somebody_else(
    client: Client, agent: User, nom: str, nom_d_usage: str, prenom: str
) -> None:
    conjoint = replace(adulte(), nom=nom_d_usage, nom_naissance=nom, prenom=prenom)
    sienne = salarie("Porte", dossier=dossier(cotitulaires=(conjoint,)))
    candidature = CandidatureFactory(demande=sienne)
    annuler = f"{page(sienne)}candidatures/{candidature.pk}/annuler/"
    for suite in ("", "emploi/", "offres/", f"offres/{candidature.offre_id}/"):
        assert client.get(f"{page(sienne)}{suite}").status_code == 404
    for suite in ("emploi/", "note/", "rappel/", f"offres/{candidature.offre_id}/"):
        assert client.post(f"{page(sienne)}{suite}", {"reponse": "oui", "texte": "Bonjour"}).status_code == 404
    assert client.post(annuler).status_code == 404
    assert set(Consultation.objects.values_list("acte", flat=True)) == {Acte.REFUS}
    collegue = AppartenanceFactory(
        agent=UserFactory(service_logement=True, prenom="Yann", nom_naissance="Guével"),
        entreprise=agent.entreprises.get(),
    ).agent
    assert connecte(collegue).get(page(sienne)).status_code == 200
