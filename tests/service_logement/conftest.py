"""Camille Roux, agent of Ateliers Vauban, at her browser; Anne Porte, who gave the company her leave.

Pytest reads this file before Django is set up: models are imported where they serve.
"""

from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from accounts.models import User
    from demandes.models import Demande


@pytest.fixture
def agent(db: None) -> "User":
    from tests.service_logement.gens import agent_de_vauban

    return agent_de_vauban()


@pytest.fixture
def client(agent: "User") -> Client:
    from tests.service_logement.gens import connecte

    return connecte(agent)


@pytest.fixture
def anne(db: None) -> "Demande":
    from tests.service_logement.gens import salarie

    return salarie("Porte", "Anne")
