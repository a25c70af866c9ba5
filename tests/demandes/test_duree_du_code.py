"""The code lives exactly 24 hours, whatever the clock does meanwhile."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from demandes import importation
from demandes.importation import CodeRefuse
from demandes.tasks import expirer_codes
from tests.demandes.importer import NAISSANCE, NUMERO, code_recu
from tests.factories import UserFactory
from tests.registre import Registre

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")
DEPARTS = {
    "midnight": datetime(2026, 11, 22, 23, 59, 30, tzinfo=PARIS),
    "month end": datetime(2026, 11, 30, 18, tzinfo=PARIS),
    "year end": datetime(2026, 12, 31, 23, 30, tzinfo=PARIS),
    "28 February of a leap year": datetime(2028, 2, 28, 12, tzinfo=PARIS),
    "29 February": datetime(2028, 2, 29, 12, tzinfo=PARIS),
    "an hour less": datetime(2027, 3, 27, 14, tzinfo=PARIS),
    "an hour more": datetime(2026, 10, 24, 14, tzinfo=PARIS),
    "the hour that comes twice": datetime(2026, 10, 25, 2, 30, tzinfo=PARIS),
}


@pytest.mark.parametrize("depart", DEPARTS.values(), ids=DEPARTS)
def test_a_code_is_good_to_the_last_second_of_its_24_hours_and_no_longer(depart: datetime, registre: Registre) -> None:
    user = UserFactory()
    with time_machine.travel(depart, tick=False) as horloge:
        ouverte = importation.demander_le_code(NUMERO, NAISSANCE, par=user)
        code = code_recu()
        horloge.shift(timedelta(hours=24))
        with pytest.raises(CodeRefuse, match="n’est plus valable"):
            importation.verifier_le_code(ouverte, code)
        horloge.shift(timedelta(seconds=-1))
        expirer_codes()
        importation.verifier_le_code(ouverte, code)


@pytest.mark.parametrize(
    ("depart", "dit"), [("an hour less", "28/03/2027 à 15 h 00"), ("an hour more", "25/10/2026 à 13 h 00")]
)
def test_the_page_says_the_hour_of_paris_on_the_day_the_clocks_change(
    depart: str, dit: str, registre: Registre, client: Client
) -> None:
    with time_machine.travel(DEPARTS[depart], tick=False):
        user = UserFactory()
        client.force_login(user)
        importation.demander_le_code(NUMERO, NAISSANCE, par=user)
        assert dit in client.get(reverse("demandes:code")).content.decode()
