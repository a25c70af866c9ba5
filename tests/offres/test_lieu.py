"""What an offer copies from its commune is true whoever wrote either, and however."""

import pytest

from demandes.models import Commune
from offres.models import Offre
from tests.factories import CommuneFactory, OffreFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def meaux() -> Commune:
    return CommuneFactory(code="77284", nom="Meaux", departement__code="77", zone=2, zone_abc="B1")


def copie(offre: Offre) -> tuple[str, str]:
    departement, case = Offre.objects.values_list("departement", "case_de_plafond").get(pk=offre.pk)
    return departement, case


@pytest.mark.parametrize(
    ("financement", "attendue"), [("PLAI", "PLAI:2"), ("PLUS", "PLUS:2"), ("PLS", "PLS:2"), ("LLI", "LLI:B1")]
)
def test_each_financing_is_read_in_its_own_zone(meaux: Commune, financement: str, attendue: str) -> None:
    assert copie(OffreFactory(commune=meaux, financement=financement)) == ("77", attendue)


def test_there_is_no_case_overseas() -> None:
    cayenne = CommuneFactory(code="97302", nom="Cayenne", departement__code="973", zone=3, zone_abc="B1")
    assert copie(OffreFactory(commune=cayenne, financement="PLUS")) == ("973", "")


def test_an_offer_that_moves_takes_its_new_place(meaux: Commune) -> None:
    offre = OffreFactory(financement="PLUS")
    Offre.objects.filter(pk=offre.pk).update(commune=meaux, financement="LLI")
    assert copie(offre) == ("77", "LLI:B1")


def test_an_instance_read_before_does_not_bring_the_old_place_back(meaux: Commune) -> None:
    offre = OffreFactory(commune=meaux, financement="PLUS")
    lue = Offre.objects.get(pk=offre.pk)
    Commune.objects.filter(pk=meaux.pk).update(zone=1)
    lue.save()
    assert copie(offre) == ("77", "PLUS:1")


def test_nobody_writes_the_copy_himself(meaux: Commune) -> None:
    offre = OffreFactory(commune=meaux, financement="PLUS")
    Offre.objects.filter(pk=offre.pk).update(departement="75", case_de_plafond="PLUS:1")
    assert copie(offre) == ("77", "PLUS:2")


def test_the_offers_of_a_commune_follow_it(meaux: Commune) -> None:
    offres = [OffreFactory(commune=meaux, financement=f) for f in ("PLUS", "LLI")]
    ailleurs = OffreFactory(financement="PLUS")
    avant = copie(ailleurs)
    Commune.objects.filter(pk=meaux.pk).update(zone=3, zone_abc="B2")
    assert [copie(offre) for offre in offres] == [("77", "PLUS:3"), ("77", "LLI:B2")]
    assert copie(ailleurs) == avant
