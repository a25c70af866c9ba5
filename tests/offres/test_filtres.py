"""The filters of « Les offres », and what is new since one's last visit (guide #5)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from demandes.models import Commune, Demande
from offres import visites
from offres.models import Offre
from tests.factories import OffreFactory
from tests.offres.lecture import LISTE, lire


def references(client: Client, requete: str) -> set[str]:
    html = client.get(f"{LISTE}?{requete}").content.decode()
    return {offre.reference for offre in Offre.objects.all() if f'href="{offre.get_absolute_url()}' in html}


@pytest.fixture
def trois(onzieme: Commune) -> None:
    """A house free now, a flat high up with a lift, a social flat downstairs; published 0, 3 and 9 days ago."""
    jour = timezone.localdate()
    champs: dict[str, dict[str, Any]] = {
        "MAISON": {"nature": "maison", "etage": None, "disponible_le": jour, "publiee_le": jour},
        "HAUT": {"etage": 5, "ascenseur": True, "disponible_le": jour + timedelta(days=31), "financement": "LLI"},
        "BAS": {"etage": 1, "disponible_le": None, "publiee_le": jour - timedelta(days=9), "financement": "PLUS"},
    }
    champs["HAUT"]["publiee_le"] = jour - timedelta(days=3)
    for reference, siens in champs.items():
        OffreFactory(commune=onzieme, reference=reference, **siens)


@pytest.mark.parametrize(
    ("filtre", "gardees"),
    [
        ("ascenseur=oui", {"HAUT"}),
        ("etage=bas", {"BAS"}),
        ("etage=haut", {"HAUT"}),
        ("etage=maison", {"MAISON"}),
        ("financement=PLUS", {"BAS"}),
        ("financement=LLI", {"HAUT"}),
        ("disponible=0", {"MAISON"}),
        ("disponible=31", {"MAISON", "HAUT"}),
        ("publication=1", {"MAISON"}),
        ("publication=3", {"MAISON", "HAUT"}),
        ("publication=visite", {"MAISON", "HAUT", "BAS"}),
        ("ascenseur=oui&financement=PLUS", set()),
    ],
)
def test_each_filter_keeps_what_it_says(anne, trois, filtre, gardees):
    assert references(anne, filtre) == gardees


@pytest.mark.parametrize(
    ("requete", "mots"),
    [
        ("loyer=-3", "loyer maximum"),
        ("surface=99999999999999999999", "surface minimum"),
        ("ascenseur=' OR 1=1 --", "ascenseur"),
        ("financement=PLAI&financement=PLS", "financement"),
        ("disponible=12&publication=hier", "disponible, publiée"),
        ("tri=%3Cscript%3E", "trier par"),
        ("etage=%00", "étage"),
    ],
)
def test_nonsense_is_named_and_the_rest_applies(anne, trois, requete, mots):
    page = lire(anne, f"{LISTE}?{requete}")

    assert f"n’a pas été appliqué : {mots}" in page
    assert "3 logements, communes demandées" in page
    assert references(anne, f"{requete}&pmr=oui") == set()


def test_the_same_value_said_twice_is_understood(anne, trois):
    assert references(anne, "ascenseur=oui&ascenseur=oui") == {"HAUT"}


def test_at_the_first_visit_nothing_is_called_new(anne, trois):
    assert "Nouveau" not in lire(anne, LISTE)


def test_what_was_published_since_the_visit_before_is_new_all_day_long(anne, demande, trois):
    Demande.objects.filter(pk=demande.pk).update(offres_vues_le=timezone.localdate() - timedelta(days=2))

    for _ in range(2):
        page = lire(anne, LISTE)
        assert page.count("Nouveau PARIS") + page.count("(75011) Nouveau") == 1
        assert "publié depuis votre visite précédente" in page
    assert references(anne, "publication=visite") == {"MAISON"}


def test_the_visit_is_written_once_a_day(demande, django_assert_num_queries):
    lundi, mardi = date(2026, 11, 23), date(2026, 11, 24)
    visites.noter(demande, lundi)
    with django_assert_num_queries(0):
        visites.noter(demande, lundi)
    visites.noter(Demande.objects.get(pk=demande.pk), mardi)
    visites.noter(demande, mardi)  # another tab, that still believes it is Monday

    demande.refresh_from_db()
    assert (demande.offres_vues_avant_le, demande.offres_vues_le) == (lundi, mardi)


def test_looking_at_one_offer_is_no_visit_of_the_list(anne, demande, onzieme):
    anne.get(OffreFactory(commune=onzieme).get_absolute_url())

    demande.refresh_from_db()
    assert demande.offres_vues_le is None
