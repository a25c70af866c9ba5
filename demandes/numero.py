"""The shape of a Numéro Unique (NUD or NUR): 17 or 18 signs, territory · MMYY · order · counter.

Source: arrêté of 23 March 2015, annexe §5, and the shapes in public documents; the guide's own number has 17 signs.
Only an impossible length, sign or month is refused: the registry alone knows which numbers exist.
"""

import re

from django.core.exceptions import ValidationError

FORME = re.compile(r"[0-9]{2}[0-9AB](0[1-9]|1[0-2])[0-9]{2}[0-9]{5,6}[A-Z0-9]{5}")


def lire_numero(saisie: str) -> str:
    """The number without spaces, in capitals. Raises `ValidationError`, saying what does not fit."""
    numero = re.sub(r"[\s.\-]", "", saisie).upper()
    if FORME.fullmatch(numero):
        return numero
    raise ValidationError(_ce_qui_ne_va_pas(numero), code="numero")


def _ce_qui_ne_va_pas(numero: str) -> str:
    if not re.fullmatch(r"[A-Z0-9]*", numero):
        return "Un numéro unique ne contient que des chiffres et des lettres sans accent. Recopiez-le sans autre signe."
    if len(numero) not in (17, 18):
        return (
            f"Ce numéro a {len(numero)} caractères, un numéro unique en a 17 ou 18. Recopiez-le en entier, avec les "
            "lettres de la fin : il est écrit sur votre attestation d’enregistrement."
        )
    if re.fullmatch(r"[0-9]{2}[0-9AB][0-9]{4}.*", numero) and not 1 <= int(numero[3:5]) <= 12:
        return (
            f"Les caractères 4 et 5 sont le mois de votre demande, de 01 à 12 ; ici « {numero[3:5]} ». "
            "Vérifiez chaque chiffre sur votre attestation d’enregistrement."
        )
    return (
        "Ce numéro n’a pas la forme d’un numéro unique (par exemple 111092062114ACLOG). "
        "Vérifiez chaque signe sur votre attestation d’enregistrement."
    )
