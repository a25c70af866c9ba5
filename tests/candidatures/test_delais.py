"""Ten days to answer, as the law counts them."""

from datetime import date

import pytest

from candidatures.delais import est_ferie, paques, reponse_avant


@pytest.mark.parametrize(
    ("annee", "jour"),
    [(2024, date(2024, 3, 31)), (2025, date(2025, 4, 20)), (2026, date(2026, 4, 5)), (2027, date(2027, 3, 28))],
)
def test_easter_falls_where_the_calendar_says(annee: int, jour: date) -> None:
    assert paques(annee) == jour


@pytest.mark.parametrize(
    ("notifiee", "limite"),
    [
        (date(2026, 11, 20), date(2026, 11, 30)),  # Friday to Monday, ten days
        (date(2026, 11, 18), date(2026, 11, 30)),  # the tenth day is a Saturday: Monday
        (date(2026, 12, 15), date(2026, 12, 28)),  # Christmas is a Friday: the Monday after
        (date(2026, 3, 27), date(2026, 4, 7)),  # Easter Monday: Tuesday
        (date(2026, 5, 4), date(2026, 5, 15)),  # Ascension Thursday: Friday
        (date(2026, 5, 15), date(2026, 5, 26)),  # Whit Monday: Tuesday
    ],
)
def test_the_last_day_is_carried_over_to_a_working_day(notifiee: date, limite: date) -> None:
    assert reponse_avant(notifiee) == limite


def test_the_fourteenth_of_july_is_a_holiday_and_the_fifteenth_is_not() -> None:
    assert est_ferie(date(2026, 7, 14))
    assert not est_ferie(date(2026, 7, 15))
