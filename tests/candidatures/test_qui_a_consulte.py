"""« Qui a consulté mon dossier », and what the team reads of the same lines."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.acces import bilan
from accounts.models import Acte, Consultation, Role, User
from candidatures.models import Candidature
from tests.candidatures.test_consultations import agent, connecte, dossier, equipe, lire, salarie
from tests.factories import CandidatureFactory, UserFactory

pytestmark = pytest.mark.django_db
REGISTRE = "/mon-profil/consultations/"
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def vue() -> Candidature:
    """Anne's candidature."""
    candidature: Candidature = CandidatureFactory()
    return candidature


def test_the_owner_reads_who_was_refused_but_not_the_name_of_another_applicant(vue: Candidature) -> None:
    curieux = UserFactory(prenom="Bernard", nom_naissance="Curieux")
    connecte(agent()).get(salarie(vue.demande_id))
    connecte(curieux).get(reverse("candidatures:deposee", args=[vue.pk]))
    lire(equipe(Role.CONSEILLER), dossier(vue))
    page = lire(connecte(vue.demande.demandeur), REGISTRE)
    assert "<strong>Accès refusé :</strong> Camille Roy, Ateliers Vauban, a tenté d’ouvrir votre dossier." in page
    assert "<strong>Accès refusé :</strong> une personne non autorisée a tenté d’ouvrir votre dossier." in page
    assert "Bernard" not in page
    assert not Consultation.objects.filter(par_nom__contains="Bernard").exists()
    assert bilan(Consultation.objects.du_demandeur(vue.demande.demandeur)) == (1, 1, 2)


def test_the_dashboard_tells_the_last_look_not_the_last_refusal(vue: Candidature) -> None:
    connecte(agent()).get(salarie(vue.demande_id))
    client = connecte(vue.demande.demandeur)
    assert "Personne d’autre que vous n’a ouvert votre dossier" in lire(client, reverse("demandes:situation"))
    lire(equipe(Role.CONSEILLER), dossier(vue))
    connecte(agent()).get(salarie(vue.demande_id))
    assert "Dernière consultation : Agathe Roux" in lire(client, reverse("demandes:situation"))


def ecrire(demandeur: User, nombre: int, *, par: User, le: datetime, pas: timedelta = timedelta(minutes=1)) -> None:
    Consultation.objects.bulk_create(
        Consultation(
            le=le + n * pas,
            par_id=par.pk,
            par_nom=str(par),
            par_role=par.role,
            objet=("la demande", "la candidature T3 | Paris (75) | 841 €")[n % 2],
            objet_id=uuid.uuid4(),
            demandeur_id=demandeur.pk,
        )
        for n in range(nombre)
    )


def test_looks_are_grouped_by_day_in_paris_and_by_person(vue: Candidature) -> None:
    agathe = UserFactory(conseiller=True, prenom="Agathe", nom_naissance="Roux")
    karim = UserFactory(support=True, prenom="Karim", nom_naissance="Haddad")
    anne = vue.demande.demandeur
    ecrire(anne, 3, par=agathe, le=datetime(2026, 11, 20, 9, 5, tzinfo=PARIS), pas=timedelta(hours=2))
    ecrire(anne, 1, par=karim, le=datetime(2026, 11, 20, 14, 30, tzinfo=PARIS))
    ecrire(anne, 1, par=agathe, le=datetime(2026, 11, 21, 0, 10, tzinfo=PARIS))  # still the 20th in UTC
    page = lire(connecte(anne), REGISTRE)
    assert page.index("Samedi 21 novembre 2026") < page.index("Vendredi 20 novembre 2026")
    vendredi = page[page.index("Vendredi 20 novembre 2026") :]
    assert vendredi.index("Karim Haddad") < vendredi.index("Agathe Roux")
    assert "3 consultations" in vendredi
    assert "de 9 h 05 à 13 h 05" in vendredi
    assert "à 14 h 30" in vendredi
    assert page.count("La demande</li>") == 3


def test_a_thousand_lines_stay_readable_at_the_same_cost(vue: Candidature) -> None:
    anne, equipiers = vue.demande.demandeur, [UserFactory(conseiller=True, prenom=f"Personne {n}") for n in range(10)]
    client = connecte(anne)

    def requetes() -> int:
        with CaptureQueriesContext(connection) as prises:
            lire(client, REGISTRE)
        return len(prises)

    ecrire(anne, 2, par=equipiers[0], le=datetime(2026, 1, 1, 9, tzinfo=PARIS))
    requetes()
    pour_deux = requetes()
    for n, equipier in enumerate(equipiers):
        for jour in range(5):
            debut = datetime(2026, 2, 1 + jour, 8 + n, tzinfo=PARIS)
            ecrire(anne, 20, par=equipier, le=debut)
    assert Consultation.objects.count() == 1002
    assert requetes() == pour_deux
    premiere, derniere = lire(client, REGISTRE), lire(client, f"{REGISTRE}?page=3")
    assert "1\u202f002" in premiere
    assert premiere.count('class="acces-combien"') == 20
    assert "Page 1 sur 3" in premiere
    assert "Jeudi 1 janvier 2026" in derniere


def test_the_page_says_what_each_role_does_and_why_it_may_look(vue: Candidature) -> None:
    page = lire(connecte(vue.demande.demandeur), REGISTRE)
    for role in (Role.CONSEILLER, Role.SUPPORT, Role.SUPERVISEUR, Role.SERVICE_LOGEMENT):
        assert f"<dt>{role.label}</dt>" in page
    assert "Personne n’a encore ouvert votre dossier" in page
    assert "Il n’a pas de compte : il ouvre le dossier transmis par un lien qui expire." in page


def test_a_supervisor_filters_the_refusals_and_finds_the_account_behind_one(vue: Candidature) -> None:
    curieux = UserFactory(prenom="Bernard", nom_naissance="Curieux")
    connecte(curieux).get(reverse("candidatures:deposee", args=[vue.pk]))
    lire(equipe(Role.CONSEILLER), dossier(vue))
    client = equipe(Role.SUPERVISEUR, "Sonia")
    liste = reverse("admin:accounts_consultation_changelist")
    refus = lire(client, f"{liste}?acte__exact=refus")
    assert "Une personne non autorisée" in refus
    assert "Agathe Roux" not in refus
    assert "Agathe Roux" in lire(client, f"{liste}?q=Roux")
    trace = Consultation.objects.get(acte=Acte.REFUS)
    detail = lire(client, reverse("admin:accounts_consultation_change", args=[trace.pk]))
    assert reverse("admin:accounts_user_change", args=[curieux.pk]) in detail
