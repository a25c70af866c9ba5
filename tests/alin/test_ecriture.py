"""How amounts, ranks and dates are written."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone

from alin.templatetags import ecriture, icones


@pytest.mark.parametrize(
    ("montant", "ecrit"),
    [
        (841, "841 €"),
        (1038, "1 038 €"),
        (1_234_567, "1 234 567 €"),
        (Decimal("12.50"), "12,50 €"),
        (1999.999, "2 000 €"),
        (0, "0 €"),
        (None, ""),
    ],
)
def test_an_amount_in_euros(montant: float | Decimal | None, ecrit: str):
    assert ecriture.euros(montant) == ecrit.replace(" ", "\u202f")


@pytest.mark.parametrize(("rang", "ecrit"), [(1, "1er"), (2, "2e"), (12, "12e"), (None, "")])
def test_a_rank(rang: int | None, ecrit: str):
    assert ecriture.rang(rang) == ecrit


def test_a_day_and_a_moment_are_times_of_paris():
    assert ecriture.jour(date(2026, 11, 26)) == '<time datetime="2026-11-26">26/11/2026</time>'
    minuit_passe = datetime(2026, 11, 22, 23, 5, tzinfo=UTC)
    assert ">23/11/2026<" in ecriture.jour(minuit_passe)
    assert ecriture.moment(minuit_passe) == '<time datetime="2026-11-23T00:05+01:00">23/11/2026 à 0 h 05</time>'
    assert ecriture.jour(None) == ecriture.moment(None) == ""


@pytest.mark.parametrize(
    ("ecart", "ecrit"),
    [(-2, "il y a 2 jours"), (-1, "hier"), (0, "aujourd’hui"), (1, "demain"), (3, "dans 3 jours")],
)
def test_how_far_a_day_is(ecart: int, ecrit: str):
    assert ecriture.dans_n_jours(timezone.localdate() + timedelta(days=ecart)) == ecrit


def test_an_icon_is_drawn_and_not_read_aloud():
    dessin = Template('{% icone "check" %}').render(Context())
    assert dessin.startswith("<svg")
    assert 'aria-hidden="true"' in dessin
    assert dessin == icones.icone("check")


def test_a_day_in_words_says_the_first_as_people_do() -> None:
    assert ecriture.jour_en_lettres(date(2026, 12, 1)) == "mardi 1er décembre 2026"
    assert ecriture.jour_en_lettres(date(2026, 11, 26)) == "jeudi 26 novembre 2026"
    assert ecriture.jour_en_lettres(None) == ""


@pytest.mark.parametrize(
    ("nom", "ecrit"),
    [
        ("Ateliers Vauban", "d’Ateliers Vauban"),
        ("École Ferry", "d’École Ferry"),
        ("Nord & Co", "de Nord & Co"),
        ("", "de "),
    ],
)
def test_a_name_is_joined_as_it_is_said(nom: str, ecrit: str) -> None:
    assert ecriture.de(nom) == ecrit
