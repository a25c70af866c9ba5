"""The communes of France as they are in the database (demandes/donnees/SOURCES.md lists the checks)."""

from collections.abc import Iterator
from time import monotonic

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from demandes import reference
from demandes.models import Commune, Departement, TableDeReference, TypeCommune, Voisinage, Zones

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("france")]

LIMITROPHES_DE_PARIS = {
    "92012", "92024", "92040", "92044", "92046", "92049", "92051", "92062", "92064", "92073", "92075",
    "93001", "93006", "93045", "93048", "93055", "93061", "93066", "93070",
    "94018", "94033", "94037", "94041", "94042", "94043", "94052", "94067", "94069", "94080",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def duree_du_chargement(django_db_setup, django_db_blocker) -> Iterator[float]:
    """Everything loaded once, in a transaction that all these tests share; in seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        debut = monotonic()
        assert reference.charger() is True
        duree = monotonic() - debut
        connection.check_constraints()  # once, and not again at the end of each test
        yield duree
        transaction.set_rollback(True)


def test_all_of_france_is_there():
    assert Departement.objects.count() == 101
    assert Commune.objects.filter(type=TypeCommune.COMMUNE).count() == 34_875
    assert Commune.objects.filter(type=TypeCommune.ARRONDISSEMENT).count() == 45
    assert Voisinage.objects.count() == 204_716
    with connection.cursor() as curseur:  # keys are checked at commit by plans that know it too
        curseur.execute("SELECT reltuples FROM pg_class WHERE oid = 'demandes_commune'::regclass")
        assert curseur.fetchone()[0] > 30_000


def test_neighbours_are_those_of_the_map():
    assert voisines("75056") == LIMITROPHES_DE_PARIS
    assert voisines("75111") == {"75103", "75104", "75110", "75112", "75120"}
    assert voisines("75120") == {"75111", "75112", "75119", "93006", "93045", "93048", "94067"}
    assert voisines("29155") == set()  # Ouessant


def test_the_first_zone_of_ceilings_is_paris_and_the_29_communes_around_it():
    zone_1 = set(Commune.objects.filter(zone=1, type=TypeCommune.COMMUNE).values_list("code", flat=True))

    assert zone_1 == LIMITROPHES_DE_PARIS | {"75056"}
    assert set(Commune.objects.filter(zone=2).values_list("departement_id", flat=True)) == {
        "77", "78", "91", "92", "93", "94", "95",
    }  # fmt: skip


def test_an_arrondissement_knows_its_city_its_postcode_and_its_zone():
    onzieme = Commune.objects.get(code="75111")

    assert (onzieme.parent_id, onzieme.codes_postaux, onzieme.zone, onzieme.zone_abc) == ("75056", ["75011"], 1, "Abis")
    assert not Commune.objects.ou_l_on_habite().filter(code__in=["75056", "69123", "13055"]).exists()


def test_asking_for_paris_means_its_twenty_arrondissements():
    zones = Zones.autour_de(["75056"])

    assert {f"751{n:02d}" for n in range(1, 21)} <= zones.demandees
    assert zones.limitrophes == LIMITROPHES_DE_PARIS
    assert zones.departements == {"75"}


def test_the_three_zones_never_overlap():
    zones = Zones.autour_de(["75111", "93048", "94080"])

    assert zones.demandees == {"75111", "93048", "94080"}
    assert zones.limitrophes.isdisjoint(zones.demandees)
    assert {"75120", "93006"} <= zones.limitrophes
    assert zones.departements == {"75", "93", "94"}


@pytest.mark.parametrize(
    ("code", "site"),
    [
        ("75", "https://www.demande-logement-social.gouv.fr"),
        ("29", "https://www.demandelogement29.fr/imhowebGP29/"),
        ("16", "https://www.demandedelogement16.fr"),
        ("88", "https://vosges.demandelogement88.fr"),
        ("63", "https://mademande63.dlauvergne.fr"),
        ("71", "https://www.demande-logement-social.gouv.fr"),
        ("974", "https://www.demande-logement-social.gouv.fr"),
    ],
)
def test_each_departement_has_its_registration_site(code, site):
    assert Departement.objects.get(code=code).site == site


def test_33_departements_have_a_site_of_their_own():
    national = "https://www.demande-logement-social.gouv.fr"

    assert Departement.objects.exclude(site=national).count() == 33


def test_the_first_load_takes_seconds_and_the_second_does_nothing(duree_du_chargement, django_assert_max_num_queries):
    assert duree_du_chargement < 30  # 5 s on an idle machine; two workers share it here
    with django_assert_max_num_queries(5):
        assert reference.charger() is False


def test_a_site_that_an_adviser_corrected_survives_new_data():
    Departement.objects.filter(code="29").update(site="https://exemple.fr")
    TableDeReference.objects.update(empreinte="autre")

    assert reference.charger() is True

    assert Departement.objects.get(code="29").site == "https://exemple.fr"
    assert Commune.objects.count() == 34_920


def test_the_command_says_what_it_did(capsys):
    TableDeReference.objects.filter(nom="plafonds").delete()

    call_command("charger_reference")
    assert "Chargé : plafonds, barème de classement, délais d’attente." in capsys.readouterr().out

    call_command("charger_reference")
    assert "à jour" in capsys.readouterr().out


def voisines(code: str) -> set[str]:
    """Arrondissements of the same city left out for a whole city: they are inside it."""
    autour = Voisinage.objects.filter(commune=code).exclude(voisine__parent=code)
    return set(autour.values_list("voisine_id", flat=True))
