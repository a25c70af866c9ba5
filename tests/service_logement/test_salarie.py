"""One employee's page: what an employer reads, what is hidden, what is recorded (guide #3)."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Consultation, User
from candidatures import workflow
from candidatures.models import Candidature, Motif
from candidatures.salaries.dossier import MOTIF_RESERVE, pour_l_employeur
from candidatures.salaries.liste import anciennete
from candidatures.statuts import Action, Statut
from demandes.confirmation import ConfirmationRefusee, confirmer_l_emploi
from demandes.models import Demande, Emploi
from demandes.sne import dossier as sne
from tests.candidatures.seances import tenir_une_seance
from tests.factories import (
    SIRETS,
    CandidatureFactory,
    OffreFactory,
    UserFactory,
    adulte,
    dossier,
)
from tests.service_logement.gens import LISTE, connecte, lire, page, salarie

pytestmark = pytest.mark.django_db


def refuser(demande: Demande, motif: str) -> Candidature:
    """A candidature that went all the way to the commission, which said no."""
    conseiller, jour = UserFactory(conseiller=True), timezone.localdate()
    candidature = workflow.postuler(demande, OffreFactory(), par=demande.demandeur)
    workflow.avancer(candidature, Action.VALIDER, par=conseiller)
    workflow.avancer(candidature, Action.TRANSMETTRE, par=conseiller)
    workflow.avancer(candidature, Action.PASSER_EN_COMMISSION, par=conseiller, precision=jour)
    return tenir_une_seance(candidature, Action.NON_ATTRIBUER, par=conseiller, motif=motif)


def test_the_page_of_an_employee_tells_the_demand_and_the_history(client: Client, anne: Demande) -> None:
    refuser(anne, "Un candidat plus ancien a été retenu")
    conseiller = UserFactory(conseiller=True)
    en_cours = workflow.postuler(anne, OffreFactory(), par=anne.demandeur)
    workflow.avancer(en_cours, Action.VALIDER, par=conseiller)
    texte = lire(client, page(anne))
    assert "Anne Porte" in texte
    assert "DENIS GIGI" in texte
    assert "Validée par Action Logement" in texte
    assert "Entrez dans les lieux" in texte
    assert "Candidature déposée" in texte
    assert "Historique des candidatures&nbsp;: 1" in texte
    assert "Un candidat plus ancien a été retenu" in texte
    assert "Votre consultation vient d’être enregistrée" in texte


def test_each_opening_is_recorded_and_the_employee_reads_who(client: Client, agent: User, anne: Demande) -> None:
    client.get(page(anne))
    client.get(page(anne))
    assert Consultation.objects.du_demandeur(anne.demandeur).count() == 2
    navigateur = connecte(anne.demandeur)
    texte = lire(navigateur, reverse("accounts:consultations"))
    assert f"{agent}, Ateliers Vauban" in texte
    assert "Service logement d’entreprise" in texte
    assert "La demande et l’historique des candidatures" in texte


def test_the_list_alone_records_nothing(client: Client, anne: Demande) -> None:
    lire(client, LISTE)
    assert not Consultation.objects.exists()


def test_what_an_employer_must_not_read_is_not_on_the_page(client: Client) -> None:
    sensible = dossier(
        demandeur=adulte(
            nationalite="3",
            nir="28905",
            invalidite=True,
            ressources=(sne.Ressource("SAL", 1735), sne.Ressource("AAH", 912), sne.Ressource("PINV", 433)),
            rfr_n2=32_941,
        ),
        motifs=("06", "07", "08", "13"),
        handicap=True,
        recours_dalo=sne.Dalo("ACTIF"),
        nombre_a_naitre=1,
        naissance_prevue_le=date(2027, 3, 1),
    )
    demande = salarie("Porte", "Anne", dossier=sensible)
    texte, _, _ = lire(client, page(demande)).partition("</main>")
    visible = texte.partition("La demande de logement")[2].partition("</p>")[2]
    for cache in (
        "iolence",
        "andicap",
        "anté",
        "édica",
        "28905",
        "ationalité",
        "Hors Union",
        "32\u202f941",
        "revenu fiscal",
        "nvalidité",
        "naître",
        "DALO",
        "912",
        "433",
        "écurité sociale",
    ):
        assert cache not in visible, cache
    assert "Motif 1" in visible
    assert "Motif 2" not in visible
    assert "1\u202f735" in visible


def test_the_words_of_another_reason_are_not_the_employer_s_to_read(client: Client) -> None:
    demande = salarie("Porte", "Anne", dossier=dossier(motifs=("13", "23"), autre_motif="Je fuis un mari violent"))
    texte = lire(client, page(demande))
    assert "Motif 2" in texte
    assert "mari violent" not in texte
    assert "ce qui précise un « autre motif »" in texte


def test_the_page_says_what_it_hides(client: Client, anne: Demande) -> None:
    texte = lire(client, page(anne))
    assert "Ce que l’employeur ne voit jamais" in texte
    for mot in ("violences", "handicap", "santé", "titres de séjour", "revenus fiscaux"):
        assert mot in texte


@pytest.mark.parametrize(
    "motif",
    [
        "Logement inadapté au handicap",
        "Conditions de séjour non remplies (IRRSEJ)",
        "Fournir un certificat médical",
        "Jugement sur les violences à fournir",
        "Notification MDPH ou RQTH à fournir",
        "Perçoit l’AAH",
        "Recours DALO en cours",
        "Jugement d’expulsion à fournir",
        "Nationalité à justifier",
        "Propriétaire d’un logement",
        "Pension alimentaire non justifiée",
        "Ressources de 24512,00€, au-dessus du plafond",
    ],
)
def test_a_reason_that_tells_of_health_or_residence_is_masked(client: Client, anne: Demande, motif: str) -> None:
    refuser(anne, motif)
    texte = lire(client, page(anne))
    assert motif not in texte
    assert MOTIF_RESERVE in texte
    assert pour_l_employeur("Loyer trop élevé au regard de vos revenus") != MOTIF_RESERVE


def test_a_reason_marked_by_the_team_is_masked_whatever_its_words(client: Client, anne: Demande) -> None:
    Motif.objects.create(action=Action.NON_ATTRIBUER, libelle="Situation particulière", sensible=True)
    refuser(anne, "Situation particulière")
    texte = lire(client, page(anne))
    assert "Situation particulière" not in texte
    assert MOTIF_RESERVE in texte


def test_the_page_of_an_employee_costs_as_much_for_a_long_history(client: Client, anne: Demande) -> None:
    def requetes() -> int:
        with CaptureQueriesContext(connection) as prises:
            lire(client, page(anne))
        return len(prises)

    CandidatureFactory(demande=anne, statut=Statut.ANNULEE)
    requetes()
    pour_une = requetes()
    for _ in range(6):
        CandidatureFactory(demande=anne, statut=Statut.NON_ATTRIBUEE)
    assert requetes() == pour_une


# « Confirmer l’emploi »


def test_an_agent_confirms_the_employment_and_the_employee_reads_it(client: Client, agent: User, anne: Demande) -> None:
    assert "Confirmer l’emploi" in lire(client, page(anne))
    reponse = client.post(f"{page(anne)}emploi/", {"reponse": "oui"}, follow=True)
    texte = reponse.content.decode()
    assert "L’emploi de Anne Porte est confirmé." in texte
    assert "Emploi confirmé le" in texte
    assert Emploi.objects.get(demande=anne).confirme_le is not None
    assert Consultation.objects.filter(objet="l’emploi, pour le confirmer", par_id=agent.pk).count() == 1


def test_confirming_twice_changes_nothing(client: Client, anne: Demande) -> None:
    client.post(f"{page(anne)}emploi/", {"reponse": "oui"})
    quand = Emploi.objects.get(demande=anne).confirme_le
    client.post(f"{page(anne)}emploi/", {"reponse": "oui"})
    assert Emploi.objects.get(demande=anne).confirme_le == quand
    assert Consultation.objects.filter(objet="l’emploi, pour le confirmer").count() == 1


def test_an_employment_elsewhere_cannot_be_confirmed(client: Client, agent: User, anne: Demande) -> None:
    Emploi.objects.filter(demande=anne).update(siret=SIRETS[1])
    with pytest.raises(ConfirmationRefusee):
        confirmer_l_emploi(anne, par=agent)
    texte = client.post(f"{page(anne)}emploi/", {"reponse": "oui"}, follow=True).content.decode()
    assert "n’a pas déclaré d’emploi dans votre entreprise" in texte


@pytest.mark.parametrize(
    ("depuis", "mots"),
    [
        (date(2026, 11, 20), "moins d’un mois"),
        (date(2025, 12, 25), "10 mois"),
        (date(2025, 11, 22), "1 an"),
        (date(2023, 7, 22), "3 ans 4 mois"),
    ],
)
def test_the_seniority_is_written_in_words(depuis: date, mots: str) -> None:
    assert anciennete(depuis, date(2026, 11, 22)) == mots
