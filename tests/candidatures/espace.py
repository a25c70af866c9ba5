"""How the tests of the advisers' workplace sign in, read a page and fill in an act."""

import re
from typing import Any

from django.test import Client
from django.utils import timezone

from candidatures.models import Candidature
from candidatures.statuts import TRANSITIONS, Action, Precision
from tests.factories import CandidatureFactory, CommuneFactory, DemandeFactory, UserFactory

LISTE = "/admin/candidatures/candidature/"


def page_de(candidature: Candidature) -> str:
    return f"{LISTE}{candidature.pk}/change/"


def acte(candidature: Candidature, action: Action) -> str:
    return f"{LISTE}{candidature.pk}/{action}/"


def retrait(candidature: Candidature) -> str:
    return f"{LISTE}offre/{candidature.offre_id}/retirer/"


def connecte(**traits: object) -> Client:
    client = Client()
    client.force_login(UserFactory(**traits))
    return client


def lire(client: Client, adresse: str) -> str:
    """The page, spaces evened out (but the narrow ones, which count)."""
    reponse = client.get(adresse, follow=True)
    assert reponse.status_code == 200, adresse
    return re.sub(r"[ \n]+", " ", reponse.content.decode())


def envoyer(client: Client, adresse: str, statut: int = 200, **champs: str) -> str:
    """The page that follows this form."""
    reponse = client.post(adresse, champs, follow=True)
    assert reponse.status_code == statut, adresse
    return reponse.content.decode()


def candidature(prenom: str = "Anne", **champs: object) -> Candidature:
    demande = DemandeFactory(valide=True, demandeur=UserFactory(prenom=prenom), souhaits=(CommuneFactory(),))
    return CandidatureFactory(demande=demande, **champs)


def champs_dus(action: Action) -> dict[str, Any]:
    """What an adviser types for this act."""
    regle = TRANSITIONS[action]
    champs = {"complement": "Voir avec le bailleur"} if regle.motif_obligatoire else {}
    if regle.precision is Precision.RANG:
        return champs | {"rang": "2"}
    return champs | ({str(regle.precision): timezone.localdate().isoformat()} if regle.precision else {})
