"""The shape of a Numéro Unique."""

import pytest
from django.core.exceptions import ValidationError

from demandes.numero import lire_numero


@pytest.mark.parametrize(
    ("saisie", "numero"),
    [
        ("111092062114ACLOG", "111092062114ACLOG"),  # the guide's, 17 signs
        ("059042312345659900", "059042312345659900"),  # 18 signs
        ("111 1023 123456 gdpub", "1111023123456GDPUB"),
        (" 111-0920.62114 aclog\t", "111092062114ACLOG"),
        ("02A102312345GDPUB", "02A102312345GDPUB"),  # Corse
        ("111\u00a00920\u00a062114\u202fACLOG", "111092062114ACLOG"),  # no-break spaces
        ("\ufeff1110920\u200b62114\u2011ACLOG\r\n", "111092062114ACLOG"),  # what a copy brings along
        ("Numéro unique : 111092062114ACLOG délivré le 14/09/2020", "111092062114ACLOG"),
        ("Votre numéro\n059 0423 123456 59900\nMme PORTE", "059042312345659900"),
        ("N° 111092062114ACLOG (rappel : 111092062114aclog)", "111092062114ACLOG"),
    ],
)
def test_spaces_dashes_lower_case_and_the_attestations_words_are_forgiven(saisie: str, numero: str) -> None:
    assert lire_numero(saisie) == numero


@pytest.mark.parametrize(
    ("saisie", "extrait"),
    [
        ("111092062114", "a 12 caractères"),
        ("1110920621141234567890", "a 22 caractères"),
        ("111132062114ACLOG", "« 13 »"),
        ("111002062114ACLOG", "« 00 »"),
        ("111092062114ÀCLOG", "sans accent"),
        ("ABC092062114ACLOG", "n’a pas la forme"),
        ("1110920621l4ACLOG", "Le caractère 11 est la lettre L"),
        ("111O92062114ACLOG", "Essayez avec 0 (zéro)"),
        ("111092062114ACLOG et 111092099999ACLOG", "plusieurs numéros"),
        ("<script>", "que des chiffres et des lettres"),
    ],
)
def test_a_malformed_number_is_told_what_does_not_fit(saisie: str, extrait: str) -> None:
    with pytest.raises(ValidationError) as refus:
        lire_numero(saisie)
    assert extrait in refus.value.messages[0]
