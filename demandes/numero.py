"""The shape of a Numéro Unique (NUD or NUR): 17 or 18 signs, territory · MMYY · order · counter.

Source: arrêté of 23 March 2015, annexe §5, and the shapes in public documents; the guide's own number has 17 signs.
Only an impossible length, sign or month is refused: the registry alone knows which numbers exist.
"""

import re

from django.core.exceptions import ValidationError

FORME = r"[0-9]{2}[0-9AB](?:0[1-9]|1[0-2])[0-9]{2}[0-9]{5,6}[A-Z0-9]{5}"
SEPARATEURS = r"[\s.\-\u2010-\u2015\u200b\u2060\ufeff]*"
"""What people, word processors and attestations put between the signs, no-break and invisible spaces included."""
CHIFFRES = 12
"""The first signs are digits, but for the « A » or « B » of Corse in third place."""
CONFUS = {"O": "0 (zéro)", "I": "1 (un)", "L": "1 (un)"}


def lire_numero(saisie: str) -> str:
    """The number without spaces, in capitals, even pasted amid a sentence. Raises `ValidationError`, saying why."""
    majuscules = saisie.upper()
    numero = re.sub(SEPARATEURS, "", majuscules)
    if re.fullmatch(FORME, numero):
        return numero
    trouves = _numeros_dans(majuscules)
    if len(trouves) == 1:
        return trouves.pop()
    if trouves:
        raise ValidationError("Il y a plusieurs numéros dans ce texte. Gardez seulement le vôtre.", code="numero")
    raise ValidationError(_ce_qui_ne_va_pas(numero), code="numero")


def _numeros_dans(texte: str) -> set[str]:
    """The numbers written in one piece, else those cut by spaces."""
    morceaux = [FORME, *(_espace(ordre) for ordre in (5, 6))]
    for morceau in morceaux:
        motif = rf"(?<![A-Z0-9]){morceau}(?![A-Z0-9])"
        if trouves := {re.sub(SEPARATEURS, "", trouve) for trouve in re.findall(motif, texte)}:
            return trouves
    return set()


def _espace(ordre: int) -> str:
    """The shape with an order of so many digits, and separators between its four parts (111 0920 62114 ACLOG)."""
    parties = ("[0-9]{2}[0-9AB]", "(?:0[1-9]|1[0-2])[0-9]{2}", f"[0-9]{{{ordre}}}", "[A-Z0-9]{5}")
    return SEPARATEURS.join(parties)


def _ce_qui_ne_va_pas(numero: str) -> str:
    if not re.fullmatch(r"[A-Z0-9]*", numero):
        return "Un numéro unique ne contient que des chiffres et des lettres sans accent. Recopiez-le sans autre signe."
    if len(numero) not in (17, 18):
        return (
            f"Ce numéro a {len(numero)} caractères, un numéro unique en a 17 ou 18. Recopiez-le en entier, avec les "
            "lettres de la fin : il est écrit sur votre attestation d’enregistrement."
        )
    if confus := re.search(r"[OIL]", numero[:CHIFFRES]):
        return (
            f"Le caractère {confus.start() + 1} est la lettre {confus[0]} : un numéro unique commence par des "
            f"chiffres. Essayez avec {CONFUS[confus[0]]}."
        )
    if re.match(r"[0-9]{2}[0-9AB][0-9]{4}", numero) and not 1 <= int(numero[3:5]) <= 12:
        return (
            f"Les caractères 4 et 5 sont le mois de votre demande, de 01 à 12 ; ici « {numero[3:5]} ». "
            "Vérifiez chaque chiffre sur votre attestation d’enregistrement."
        )
    return (
        "Ce numéro n’a pas la forme d’un numéro unique (par exemple 111092062114ACLOG). "
        "Vérifiez chaque signe sur votre attestation d’enregistrement."
    )
