"""Anne, who asks for Paris 11e: the 20e touches it, the 15e is elsewhere in the département.

Pytest reads this file before Django is set up: models are imported where they serve.
"""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from demandes.models import Commune, Demande


@pytest.fixture
def onzieme(db: None) -> "Commune":
    from offres import baremes
    from tests.factories import CommuneFactory

    baremes.charger()
    return CommuneFactory(code="75111", codes_postaux=["75011"])


@pytest.fixture
def demande(onzieme: "Commune") -> "Demande":
    from demandes.models import Voisinage
    from tests.factories import CommuneFactory, DemandeFactory

    vingtieme = CommuneFactory(code="75120", nom="Paris 20e Arrondissement", codes_postaux=["75020"])
    CommuneFactory(code="75115", nom="Paris 15e Arrondissement", codes_postaux=["75015"])
    Voisinage.objects.create(commune=onzieme, voisine=vingtieme)
    return DemandeFactory(souhaits=(onzieme,), valide=True)


@pytest.fixture
def anne(client: Client, demande: "Demande") -> Client:
    client.force_login(demande.demandeur)
    return client
