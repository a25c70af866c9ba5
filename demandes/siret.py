"""The SIRET of an employer as people write it, and what is said when it is not one.

14 digits: the SIREN of the company (9), then the number of the establishment (5); each of the two ends with a check
digit (code de commerce, art. R123-221; La Poste's establishments have a rule of their own).
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from stdnum import luhn

from accounts.models import valider_siret

LONGUEUR, LONGUEUR_SIREN = 14, 9
OU_LE_TROUVER = "Le SIRET a 14 chiffres ; il est écrit en haut du bulletin de salaire."


def lire_siret(saisie: str) -> str:
    """The 14 digits, without spaces, dots or hyphens, whatever keyboard typed them. Raises `ValidationError`."""
    siret = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", saisie))
    siret = re.sub(r"(?i)^(n[o°]?)?siret(n[o°]?)?", "", siret)
    if not siret.isdecimal() or not siret.isascii():
        raise ValidationError(_avec_des_lettres(siret), code="siret")
    if len(siret) == LONGUEUR_SIREN and luhn.is_valid(siret):
        raise ValidationError(
            "C’est un n° SIREN : 9 chiffres, celui de toute l’entreprise. Il faut le n° SIRET de l’établissement où "
            f"la personne travaille : les mêmes 9 chiffres, puis 5 autres. {OU_LE_TROUVER}",
            code="siren",
        )
    if len(siret) != LONGUEUR:
        raise ValidationError(
            f"Ce n° SIRET n’est pas valable : il a {len(siret)} chiffre{'s' if len(siret) > 1 else ''} au lieu de 14. "
            f"{OU_LE_TROUVER}",
            code="siret",
        )
    valider_siret(siret)
    return siret


def _avec_des_lettres(siret: str) -> str:
    if re.fullmatch(r"(?i)FR[0-9A-Z]{2}[0-9]{9}", siret):
        return (
            "C’est un n° de TVA : il contient le SIREN de l’entreprise, pas le SIRET de l’établissement où la "
            f"personne travaille. {OU_LE_TROUVER}"
        )
    return f"Ce n° SIRET n’est pas valable : il ne contient que des chiffres. {OU_LE_TROUVER}"
