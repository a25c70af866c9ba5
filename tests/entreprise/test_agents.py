"""Bringing an agent in, by a mail bound to his address, and showing him out at once."""

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.invitations import InvitationRefusee, empreinte, inviter, presenter, retirer_l_acces
from accounts.models import Appartenance, Courriel, Entreprise, Invitation, RoleDAgent, User
from tests.factories import SIRETS, AppartenanceFactory, EntrepriseFactory, UserFactory
from tests.service_logement.gens import LISTE, connecte, salarie

pytestmark = pytest.mark.django_db
AGENTS = "/service-logement/agents/"
ADRESSE = "lea.petit@vauban.example"
SAISIE = {"prenom": "Léa", "nom_naissance": "Petit", "email": ADRESSE, "role": "agent"}


@pytest.fixture
def vauban() -> Entreprise:
    entreprise: Entreprise = EntrepriseFactory(siret=SIRETS[0])
    return entreprise


@pytest.fixture
def gestionnaire(vauban: Entreprise) -> User:
    poste: Appartenance = AppartenanceFactory(entreprise=vauban, role=RoleDAgent.GESTIONNAIRE)
    return poste.agent


def suivre(client: Client, adresse: str, **champs: object) -> str:
    return " ".join(client.post(adresse, champs, follow=True).content.decode().split())


def lire(client: Client, adresse: str, statut: int = 200) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == statut
    return " ".join(reponse.content.decode().split())


def lien_recu() -> str:
    """The address in the last mail of an invitation."""
    texte = Courriel.objects.filter(gabarit="invitation_agent").latest("cree_le").texte
    trouve = re.search(r"http://testserver(/invitation/\S+/)", texte)
    assert trouve
    return trouve[1]


def invite(gestionnaire: User, vauban: Entreprise, **champs: str) -> str:
    inviter(vauban, par=gestionnaire, **{**SAISIE, **champs})
    return lien_recu()


def test_a_manager_invites_and_the_invited_chooses_a_password_from_a_mail_to_that_address(gestionnaire: User) -> None:
    assert f"Une invitation part pour {ADRESSE}" in suivre(connecte(gestionnaire), AGENTS, **SAISIE)
    lien, visiteur = lien_recu(), Client()
    assert lien.split("/")[2] not in str(Invitation.objects.values().get())  # unreadable in the table
    page = lire(visiteur, lien)
    assert "Ateliers Vauban" in page
    assert ADRESSE not in page  # whoever was only forwarded the mail does not learn it
    assert "qui vous a été envoyé" in suivre(visiteur, lien)
    lea = User.objects.get(email=ADRESSE)
    assert (lea.role, lea.has_usable_password(), str(lea)) == ("service_logement", False, "Léa Petit")
    assert Courriel.objects.get(gabarit="demande_acces").destinataire == ADRESSE
    assert "a déjà servi" in lire(Client(), lien, 410)
    lea.set_password("Demo2026alin")
    lea.save()
    assert connecte(lea).get(LISTE).headers["Location"] == reverse("mfa_index")  # no page before the second factor


def test_an_expired_invitation_is_sent_again_with_one_button(gestionnaire: User, vauban: Entreprise) -> None:
    ancien = invite(gestionnaire, vauban)
    Invitation.objects.update(expire_le=timezone.now() - timedelta(hours=1))
    page = lire(connecte(gestionnaire), AGENTS)
    formulaire = page[page.index('name="entreprise" value=') : page.index("Inviter à nouveau")]
    champs = dict(re.findall(r'name="(\w+)" value="([^"]*)"', formulaire))
    assert champs == {**SAISIE, "entreprise": str(vauban.pk)}
    assert f"Une invitation part pour {ADRESSE}" in suivre(connecte(gestionnaire), AGENTS, **champs)
    assert "annulée, ou remplacée" in lire(Client(), ancien, 410)
    assert "Valable jusqu’au" in lire(Client(), lien_recu())


@pytest.mark.parametrize(
    ("changement", "phrase"),
    [
        ({"expire_le": timezone.now() - timedelta(hours=1)}, "a expiré le"),
        ({"annulee_le": timezone.now()}, "a été annulée, ou remplacée"),
        ({"acceptee_le": timezone.now()}, "a déjà servi"),
    ],
)
def test_a_link_that_opens_no_more_says_why_and_whom_to_ask(
    changement: dict[str, object], phrase: str, gestionnaire: User, vauban: Entreprise
) -> None:
    lien = invite(gestionnaire, vauban)
    Invitation.objects.update(**changement)
    page = lire(Client(), lien, 410)
    assert phrase in page
    assert "Camille Roux" in page
    assert Client().post(lien).status_code == 410
    assert not User.objects.filter(email=ADRESSE).exists()


def test_a_forwarded_invitation_gives_nothing_to_somebody_else(gestionnaire: User, vauban: Entreprise) -> None:
    lien, autre = invite(gestionnaire, vauban), UserFactory(service_logement=True)
    assert "Un e-mail transféré ne donne pas d’accès" in lire(connecte(autre), lien, 410)
    assert connecte(autre).post(lien).status_code == 410
    assert not Appartenance.objects.filter(agent=autre).exists()


def test_a_dismissed_manager_leaves_no_invitation_open_behind_him(gestionnaire: User, vauban: Entreprise) -> None:
    lien = invite(gestionnaire, vauban, role=RoleDAgent.GESTIONNAIRE)
    retirer_l_acces(gestionnaire.appartenances.get(), par=UserFactory(conseiller=True))
    assert "ne gère plus le service logement" in lire(Client(), lien, 410)
    assert Client().post(lien).status_code == 410
    assert not User.objects.filter(email=ADRESSE).exists()


def test_an_agent_of_another_company_signs_in_then_sees_both_each_named(gestionnaire: User, vauban: Entreprise) -> None:
    autre = EntrepriseFactory(siret=SIRETS[1], nom="Grande Maison")
    camille = AppartenanceFactory(entreprise=autre, agent=UserFactory(service_logement=True, email=ADRESSE)).agent
    lien = invite(gestionnaire, vauban)
    assert "connectez-vous d’abord" in lire(Client(), lien)
    assert Client().post(lien).status_code == 410
    fenetre = connecte(camille)
    assert "Votre accès est ouvert." in suivre(fenetre, lien)
    for page in (LISTE, AGENTS):
        assert "Ateliers Vauban" in lire(fenetre, page)
        assert "Grande Maison" in lire(fenetre, page)


def test_an_applicants_account_does_not_become_an_agents(gestionnaire: User, vauban: Entreprise) -> None:
    """And the manager does not learn that this address looks for a dwelling."""
    demandeur = UserFactory(email=ADRESSE)
    lien = invite(gestionnaire, vauban)
    assert connecte(demandeur).post(lien).status_code == 410
    demandeur.refresh_from_db()
    assert demandeur.role == "demandeur"
    assert not Appartenance.objects.filter(agent=demandeur).exists()


def test_withdrawing_the_access_closes_the_open_page_and_ends_the_session(
    gestionnaire: User, vauban: Entreprise
) -> None:
    poste = AppartenanceFactory(entreprise=vauban, agent=UserFactory(service_logement=True, nom_naissance="Petit"))
    salarie("Durand")
    ouverte = connecte(poste.agent)
    assert "Durand" in lire(ouverte, LISTE)
    UserSession.objects.create(
        user=poste.agent, ip="127.0.0.1", user_agent="x", session_key=ouverte.session.session_key
    )  # fmt: skip
    texte = suivre(connecte(gestionnaire), f"{AGENTS}{poste.pk}/retirer/")
    assert "Camille Petit n’a plus accès à Ateliers Vauban, dès maintenant." in texte
    assert "/connexion/" in ouverte.get(LISTE).headers["Location"]
    assert "Durand" not in lire(connecte(poste.agent), LISTE)


def test_a_plain_agent_neither_invites_nor_dismisses(gestionnaire: User, vauban: Entreprise) -> None:
    agent = AppartenanceFactory(entreprise=vauban).agent
    fenetre = connecte(agent)
    page = lire(fenetre, AGENTS)
    assert "Inviter un agent" not in page
    assert gestionnaire.email in page  # his colleagues, by name and address
    fenetre.post(AGENTS, SAISIE)
    poste = Appartenance.objects.get(agent=gestionnaire)
    assert fenetre.post(f"{AGENTS}{poste.pk}/retirer/").status_code == 404
    assert not Invitation.objects.exists()
    assert Appartenance.objects.en_poste().count() == 2


def test_the_last_manager_does_not_dismiss_himself(gestionnaire: User) -> None:
    poste = Appartenance.objects.get()
    assert "Un autre gestionnaire" in suivre(connecte(gestionnaire), f"{AGENTS}{poste.pk}/retirer/")
    assert Appartenance.objects.en_poste().exists()


def test_a_second_invitation_replaces_the_first_and_may_be_cancelled(gestionnaire: User, vauban: Entreprise) -> None:
    premier, second = invite(gestionnaire, vauban), invite(gestionnaire, vauban)
    assert "remplacée par une plus récente" in lire(Client(), premier, 410)
    lire(Client(), second)
    en_attente = Invitation.objects.ouvertes().get()
    assert en_attente.empreinte == empreinte(second.split("/")[2])
    suivre(connecte(gestionnaire), f"{AGENTS}invitations/{en_attente.pk}/annuler/")
    with pytest.raises(InvitationRefusee, match="annulée"):
        presenter(second.split("/")[2], connecte=None)


def test_an_adviser_invites_the_first_manager_and_closes_a_company(vauban: Entreprise, client: Client) -> None:
    client.force_login(UserFactory(conseiller=True))
    fiche = reverse("admin:accounts_entreprise_change", args=[vauban.pk])
    assert "Inviter un agent" in lire(client, fiche)
    adresse = reverse("admin:accounts_entreprise_inviter", args=[vauban.pk])
    assert f"Une invitation part pour {ADRESSE}" in suivre(client, adresse, **{**SAISIE, "role": "gestionnaire"})
    assert Invitation.objects.get().role == RoleDAgent.GESTIONNAIRE
    champs = {
        **{"siret": vauban.siret, "nom": vauban.nom, "nature": "entreprise", "effectif": 10, "cliente": "on"},
        **{"radiee_le": timezone.localdate().isoformat(), "successeur": EntrepriseFactory(siret=SIRETS[1]).siret},
        **{"appartenances-TOTAL_FORMS": 0, "appartenances-INITIAL_FORMS": 0},
    }
    suivre(client, fiche, **champs)
    vauban.refresh_from_db()
    assert vauban.successeur == Entreprise.objects.get(siret=SIRETS[1])
    assert not vauban.est_ouverte
    assert "n’a plus de service logement" in lire(Client(), lien_recu(), 410)


def test_the_agent_of_a_company_that_closed_reads_why_he_sees_nobody(gestionnaire: User, vauban: Entreprise) -> None:
    salarie("Durand")
    fenetre = connecte(gestionnaire)
    assert "Durand" in lire(fenetre, LISTE)
    vauban.radiee_le, vauban.successeur = timezone.localdate(), EntrepriseFactory(siret=SIRETS[1], nom="Grande Maison")
    vauban.save()
    assert "Durand" not in lire(fenetre, LISTE)
    page = lire(fenetre, AGENTS)
    assert "Ateliers Vauban est devenue Grande Maison" in page
    assert "Inviter un agent" not in page
