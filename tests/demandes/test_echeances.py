"""The calendar of a demand, at month ends and on 29 February too; and who is followed, compared with who is due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demandes import echeances
from demandes.models import Demande
from tests.factories import DemandeFactory, dossier

JOURS = st.dates(date(2015, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("depart", "fin", "radiation", "retour", "rappels"),
    [
        ("2025-03-10", "2026-03-10", "2026-04-10", "2026-09-10", ("2026-02-10", "2026-03-03")),
        ("2025-01-31", "2026-01-31", "2026-02-28", "2026-07-31", ("2025-12-31", "2026-01-24")),
        ("2025-03-31", "2026-03-31", "2026-04-30", "2026-09-30", ("2026-02-28", "2026-03-24")),
        ("2027-03-31", "2028-03-31", "2028-04-30", "2028-09-30", ("2028-02-29", "2028-03-24")),
        ("2028-02-29", "2029-02-28", "2029-03-29", "2029-08-29", ("2029-01-28", "2029-02-21")),
        ("2027-02-28", "2028-02-28", "2028-03-28", "2028-08-28", ("2028-01-28", "2028-02-21")),
        ("2025-12-31", "2026-12-31", "2027-01-31", "2027-06-30", ("2026-11-30", "2026-12-24")),
    ],
)
def test_the_calendar_of_a_demand_counts_from_its_filing_or_last_renewal(
    depart: str, fin: str, radiation: str, retour: str, rappels: tuple[str, str]
) -> None:
    demande = Demande(deposee_le=date(2019, 5, 5), renouvelee_le=date.fromisoformat(depart))
    assert demande.valable_jusqu_au.isoformat() == fin
    assert demande.radiable_le.isoformat() == radiation
    assert demande.retablissable_jusqu_au.isoformat() == retour
    assert tuple(j.isoformat() for j in echeances.jours_des_rappels(demande.valable_jusqu_au)) == rappels
    assert Demande(deposee_le=date.fromisoformat(depart)).valable_jusqu_au == demande.valable_jusqu_au


@given(jour=JOURS, mois=st.integers(-24, 24))
def test_so_many_months_later_is_the_same_day_or_the_last_of_its_month(jour: date, mois: int) -> None:
    autre = echeances.dans_des_mois(jour, mois)
    assert (autre.year * 12 + autre.month) - (jour.year * 12 + jour.month) == mois
    assert autre.day == jour.day or (autre.day < jour.day and (autre + timedelta(days=1)).day == 1)


@pytest.mark.django_db
def test_on_every_day_of_four_years_whoever_is_due_is_among_those_followed() -> None:
    """2028 has a 29 February; the query may take a few too many, and must forget nobody."""
    demande: Demande = DemandeFactory(dossier=dossier(date_creation=date(2027, 1, 1), date_renouvellement=None))
    for rang in range(4 * 365 + 1):
        depart = date(2027, 1, 1) + timedelta(days=rang)
        demande.deposee_le = depart
        jour = echeances.jours_des_rappels(demande.valable_jusqu_au)[0]
        demande.save(update_fields=["deposee_le"])
        assert Demande.objects.a_suivre(jour).exists(), depart
        assert not Demande.objects.a_suivre(jour - timedelta(days=8)).exists(), depart
