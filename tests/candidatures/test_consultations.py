"""Who looked, who was refused: one line a look, and the same 404 as for nothing."""

import re
import uuid
from html import unescape

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Acte, Consultation, Entreprise, Nature, Role, User
from candidatures.models import Candidature
from demandes.models import Consentement, Demande
from tests.factories import (
    SIRETS,
    AppartenanceFactory,
    CandidatureFactory,
    ConsentementFactory,
    EntrepriseFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def vue() -> Candidature:
    """Anne's candidature."""
    return CandidatureFactory()


def connecte(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def equipe(role: Role, prenom: str = "Agathe") -> Client:
    return connecte(UserFactory(role=role, prenom=prenom, nom_naissance="Roux"))


def agent(siret: str = SIRETS[0], nom: str = "Ateliers Vauban") -> User:
    """Somebody of a company's housing service."""
    entreprise = EntrepriseFactory(siret=siret, nom=nom)
    user: User = AppartenanceFactory(entreprise=entreprise, agent__prenom="Camille", agent__nom_naissance="Roy").agent
    return user


def lire(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200, adresse
    return unescape(reponse.content.decode()).replace("\xa0", " ")


def dossier(candidature: Candidature) -> str:
    return reverse("admin:candidatures_candidature_change", args=[candidature.pk])


def fiche(demande: Demande) -> str:
    return reverse("admin:demandes_demande_change", args=[demande.pk])


def salarie(pk: uuid.UUID) -> str:
    return reverse("service_logement:salarie", args=[pk])


# One look, one line


@pytest.mark.parametrize("role", [Role.CONSEILLER, Role.SUPPORT, Role.SUPERVISEUR])
def test_each_opening_by_the_team_is_one_line_that_names_its_object(vue: Candidature, role: Role) -> None:
    client = equipe(role)
    lire(client, dossier(vue))
    lire(client, dossier(vue))
    lire(client, fiche(vue.demande))
    lignes = Consultation.objects.order_by("le").values_list("acte", "objet_nature", "objet_id", "par_role")
    assert list(lignes) == [
        (Acte.OUVERTURE, Nature.CANDIDATURE, vue.pk, role),
        (Acte.OUVERTURE, Nature.CANDIDATURE, vue.pk, role),
        (Acte.OUVERTURE, Nature.DEMANDE, vue.demande_id, role),
    ]


def test_the_page_that_comes_back_with_an_error_is_a_look_too(vue: Candidature) -> None:
    reponse = equipe(Role.CONSEILLER).post(
        reverse("admin:candidatures_candidature_avancer", args=[vue.pk, "invalider"]), {"complement": " "}
    )
    assert reponse.status_code == 422
    assert Consultation.objects.count() == 1


def test_the_history_of_the_admin_is_no_way_round(vue: Candidature) -> None:
    client = equipe(Role.SUPERVISEUR)
    for modele, pk in (("candidatures_candidature", vue.pk), ("demandes_demande", vue.demande_id)):
        reponse = client.get(reverse(f"admin:{modele}_history", args=[pk]), follow=True)
        assert reponse.redirect_chain[-1][0] == reverse(f"admin:{modele}_change", args=[pk])
        assert Consultation.objects.latest("le").objet_id == pk
    assert Consultation.objects.count() == 2


def test_lists_and_searches_show_names_and_write_nothing(vue: Candidature) -> None:
    ConsentementFactory(demande=vue.demande)
    client = equipe(Role.SUPERVISEUR)
    for liste in ("admin:candidatures_candidature_changelist", "admin:demandes_demande_changelist"):
        assert "Anne Porte" in lire(client, f"{reverse(liste)}?q=porte")
    lire(client, reverse("admin:index"))
    assert "Anne Porte" in lire(connecte(agent()), reverse("service_logement:salaries"))
    assert not Consultation.objects.exists()


def test_nobodys_look_at_his_own_demand_is_recorded(vue: Candidature) -> None:
    client = connecte(vue.demande.demandeur)
    lire(client, reverse("candidatures:deposee", args=[vue.pk]))
    lire(client, reverse("demandes:situation"))
    assert not Consultation.objects.exists()


def test_no_line_can_be_changed_or_deleted(vue: Candidature) -> None:
    lire(equipe(Role.CONSEILLER), dossier(vue))
    with pytest.raises(DatabaseError), transaction.atomic():
        Consultation.objects.update(acte=Acte.EXPORT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Consultation.objects.all().delete()


# A refusal


def portes_d_un_agent(vue: Candidature, pk: uuid.UUID | None = None) -> list[tuple[str, str]]:
    cle = pk or vue.demande_id
    return [("get", salarie(cle)), ("post", f"{salarie(cle)}emploi/")]


def portes_d_un_demandeur(vue: Candidature, pk: uuid.UUID | None = None) -> list[tuple[str, str]]:
    cle = pk or vue.pk
    return [
        ("get", reverse("candidatures:deposee", args=[cle])),
        ("post", reverse("candidatures:avancer", args=[cle, "annuler"])),
    ]


@pytest.mark.parametrize("qui", ["agent", "demandeur"])
def test_what_one_may_not_see_answers_as_what_does_not_exist_and_leaves_a_line(vue: Candidature, qui: str) -> None:
    user, portes = (agent(), portes_d_un_agent) if qui == "agent" else (UserFactory(), portes_d_un_demandeur)
    client, inconnu = connecte(user), uuid.uuid4()
    client.get(reverse("aide"))  # what a session asks for only once is asked
    for (methode, existant), (_, absent) in zip(portes(vue), portes(vue, inconnu), strict=True):
        avant = Consultation.objects.count()
        with CaptureQueriesContext(connection) as pour_rien:
            rien = getattr(client, methode)(absent)
        assert Consultation.objects.count() == avant
        with CaptureQueriesContext(connection) as pour_un_refus:
            refus = getattr(client, methode)(existant)
        assert refus.status_code == rien.status_code == 404
        assert sans_jeton(refus.content) == sans_jeton(rien.content)
        assert 0 <= len(pour_un_refus) - len(pour_rien) <= 4
        trace = Consultation.objects.latest("le")
        assert (trace.acte, trace.par_id, trace.par_role) == (Acte.REFUS, user.pk, user.role)
        assert trace.demandeur_id == vue.demande.demandeur_id
        assert Consultation.objects.count() == avant + 1


def sans_jeton(page: bytes) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.decode())


@pytest.mark.django_db(transaction=True)
def test_the_line_of_a_refusal_is_committed_although_the_answer_is_404() -> None:
    vue = CandidatureFactory()
    assert connecte(agent()).get(salarie(vue.demande_id)).status_code == 404
    connection.close()
    assert Consultation.objects.get().acte == Acte.REFUS


def test_a_leave_withdrawn_turns_the_next_look_into_a_refusal(vue: Candidature) -> None:
    accord: Consentement = ConsentementFactory(demande=vue.demande)
    client = connecte(agent())
    lire(client, salarie(vue.demande_id))
    accord.retire_le = accord.donne_le
    accord.save()
    assert client.get(salarie(vue.demande_id)).status_code == 404
    assert list(Consultation.objects.order_by("le").values_list("acte", flat=True)) == [Acte.OUVERTURE, Acte.REFUS]


def test_an_agent_of_two_companies_looks_in_the_name_of_the_one_that_has_the_leave(vue: Candidature) -> None:
    camille = agent(SIRETS[1], "Autre Maison")
    AppartenanceFactory(agent=camille, entreprise=EntrepriseFactory(siret=SIRETS[0], nom="Ateliers Vauban"))
    ConsentementFactory(demande=vue.demande, entreprise=Entreprise.objects.get(siret=SIRETS[0]))
    lire(connecte(camille), salarie(vue.demande_id))
    assert Consultation.objects.get().par_nom == "Camille Roy, Ateliers Vauban"
