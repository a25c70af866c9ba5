"""Impatient people: the same form sent several times at once makes one thing, and never an error page."""

import re
from functools import partial

import pytest
from django.test import Client

from accounts.invitations import inviter
from accounts.models import Appartenance, Courriel, Invitation, RoleDAgent, User
from candidatures.exports import ExportDeSalaries
from candidatures.models import Candidature
from candidatures.notes import NoteAuConseiller
from demandes.models import Emploi
from offres import baremes
from tests.ensemble import ensemble
from tests.factories import (
    SIRETS,
    AppartenanceFactory,
    CommuneFactory,
    DemandeFactory,
    EntrepriseFactory,
    OffreFactory,
)
from tests.service_logement.gens import agent_de_vauban, salarie

pytestmark = pytest.mark.django_db(transaction=True)

COMPTE = {
    "civilite": "monsieur",
    "nom_naissance": "Dupont",
    "prenom": "Jean",
    "telephone": "0606060606",
    "email": "dupontjean@exemple.fr",
    "donnees_acceptees": "on",
}
EMPLOI = {"titulaire": "demandeur", "siret": "12345678200010", "nom_employeur": "Ateliers Vauban"}


def test_creating_an_account_four_times_at_once_makes_one_account() -> None:
    reponses = ensemble(*(partial(Client().post, "/creer-mon-compte/", COMPTE) for _ in range(4)))
    assert {(r.status_code, r["Location"]) for r in reponses} == {(302, "/creer-mon-compte/validation/")}
    assert User.objects.filter(email=COMPTE["email"]).count() == 1


def test_validating_the_employer_four_times_at_once_saves_one_job() -> None:
    demande = DemandeFactory()
    clients = [Client() for _ in range(4)]
    for client in clients:
        client.force_login(demande.demandeur)
    reponses = ensemble(*(partial(client.post, "/ma-demande/entreprise/", EMPLOI) for client in clients))
    assert {r.status_code for r in reponses} == {302}
    assert Emploi.objects.get(demande=demande).siret == EMPLOI["siret"]


def plusieurs(user: User, combien: int = 4) -> list[Client]:
    """As many windows of one person."""
    clients = [Client() for _ in range(combien)]
    for client in clients:
        client.force_login(user)
    return clients


def presser(user: User, adresse: str, **champs: str) -> set[int]:
    return {r.status_code for r in ensemble(*(partial(c.post, adresse, champs) for c in plusieurs(user)))}


def test_inviting_an_agent_four_times_at_once_leaves_one_invitation_open() -> None:
    poste = AppartenanceFactory(entreprise=EntrepriseFactory(siret=SIRETS[0]), role=RoleDAgent.GESTIONNAIRE)
    saisie = {"prenom": "Léa", "nom_naissance": "Petit", "email": "lea.petit@vauban.example", "role": "agent"}
    assert presser(poste.agent, "/service-logement/agents/", **saisie) == {302}
    assert Invitation.objects.ouvertes().count() == 1


def test_accepting_an_invitation_four_times_at_once_makes_one_account_with_one_place() -> None:
    poste = AppartenanceFactory(entreprise=EntrepriseFactory(siret=SIRETS[0]), role=RoleDAgent.GESTIONNAIRE)
    inviter(poste.entreprise, email="lea@vauban.example", prenom="Léa", nom_naissance="Petit", par=poste.agent)
    lien = re.search(r"/invitation/\S+/", Courriel.objects.get(gabarit="invitation_agent").texte)
    assert lien is not None
    reponses = ensemble(*(partial(Client().post, lien[0]) for _ in range(4)))
    assert sorted(r.status_code for r in reponses) == [302, 410, 410, 410]
    assert Appartenance.objects.filter(agent__email="lea@vauban.example").count() == 1


def test_an_agent_who_clicks_four_times_applies_once_writes_one_note_and_asks_for_one_file() -> None:
    baremes.charger()
    demande, agent = salarie("Porte", "Anne", souhaits=(CommuneFactory(),)), agent_de_vauban()
    offre = OffreFactory()
    assert presser(agent, f"/service-logement/{demande.pk}/offres/{offre.pk}/") == {302}
    assert Candidature.objects.filter(demande=demande).count() == 1
    assert presser(agent, f"/service-logement/{demande.pk}/note/", texte="Mutation le 1er mars.") == {302}
    assert NoteAuConseiller.objects.count() == 1
    assert presser(agent, "/service-logement/exports/", format="csv") == {302}
    assert ExportDeSalaries.objects.count() == 1
    assert presser(agent, f"/service-logement/{demande.pk}/emploi/", reponse="oui") == {302}
