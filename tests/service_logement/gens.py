"""How the tests of a company's housing service make its people and read its pages."""

from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from demandes.models import Demande
from tests.factories import (
    SIRETS,
    AppartenanceFactory,
    ConsentementFactory,
    DemandeFactory,
    EntrepriseFactory,
    UserFactory,
)

LISTE = "/service-logement/"


def page(demande: Demande) -> str:
    return reverse("service_logement:salarie", args=[demande.pk])


def salarie(nom: str, prenom: str = "Paul", **champs: Any) -> Demande:
    demandeur = UserFactory(prenom=prenom, nom_naissance=nom)
    return ConsentementFactory(demande=DemandeFactory(demandeur=demandeur, valide=True, **champs)).demande


def lire(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200
    return reponse.content.decode()


def agent_de_vauban() -> User:
    """Camille Roux, who works for the housing service of Ateliers Vauban."""
    camille = UserFactory(service_logement=True, prenom="Camille", nom_naissance="Roux")
    AppartenanceFactory(agent=camille, entreprise=EntrepriseFactory(siret=SIRETS[0]))
    return camille


def connecte(user: User) -> Client:
    navigateur = Client()
    navigateur.force_login(user)
    return navigateur
