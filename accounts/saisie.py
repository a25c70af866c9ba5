"""What people type about themselves, as it will be kept: one spelling for one name, one for one address."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.encoding import punycode

LIAISONS = frozenset(" -‐‑'’ʼ.·")
INVISIBLES = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0")
"""Letters and marks for Unicode, nothing for the eye. Variation selectors are refused with them."""
ALPHABETS = frozenset({"LATIN", "CYRILLIC", "GREEK"})
"""Their letters look alike: « Аnne » in two of them would never be the registry's « Anne »."""
LONGUEUR_ADRESSE = 254  # RFC 5321 §4.5.3.1.3, and our column

SIGNE_REFUSE = "Ce nom contient un signe qui n’est pas une lettre. Écrivez-le comme sur votre pièce d’identité."
SIGNE_INVISIBLE = (
    "Ce nom contient un signe invisible, sans doute venu d’un copier-coller. Effacez-le et tapez le nom au clavier."
)
ALPHABETS_MELES = "Ce nom mêle les lettres de deux alphabets. Effacez-le et tapez-le en entier au clavier."
ADRESSE_FAUSSE = "Cette adresse e-mail n’est pas complète. Écrivez-la comme prenom.nom@exemple.fr."
ADRESSE_TROP_LONGUE = "Cette adresse e-mail est trop longue : 254 caractères au plus. Vérifiez-la."


def lire_nom(saisie: str) -> str:
    """The name with single spaces, its accents composed (NFC). Raises `ValidationError`.

    Letters of every alphabet, hyphens, apostrophes and full stops are names; controls (NUL, direction of writing),
    drawings and digits are not.
    """
    nom = unicodedata.normalize("NFC", " ".join(saisie.split()))
    for signe in nom:
        genre = unicodedata.category(signe)
        if genre[0] == "C" or signe in INVISIBLES or "VARIATION SELECTOR" in unicodedata.name(signe, ""):
            raise ValidationError(SIGNE_INVISIBLE, code="invisible")
        if genre[0] not in "LM" and signe not in LIAISONS:
            raise ValidationError(SIGNE_REFUSE, code="signe")
    if nom and not any(signe.isalpha() for signe in nom):
        raise ValidationError(SIGNE_REFUSE, code="signe")
    if len(ALPHABETS & {unicodedata.name(signe, "").split(" ")[0] for signe in nom if signe.isalpha()}) > 1:
        raise ValidationError(ALPHABETS_MELES, code="alphabets")
    return nom


def lire_adresse(saisie: str) -> str:
    """The address in small letters, its domain as the network writes it (« xn--… »). Raises `ValidationError`.

    So a domain that imitates another is seen for what it is, and two spellings of one mailbox are one account. What
    stands before the @ is ASCII (`EmailField` sees to it).
    """
    avant, _, domaine = saisie.strip().lower().rpartition("@")
    try:
        adresse = f"{avant}@{punycode(domaine)}"
    except UnicodeError:
        raise ValidationError(ADRESSE_FAUSSE, code="invalid") from None
    if len(adresse) > LONGUEUR_ADRESSE:
        raise ValidationError(ADRESSE_TROP_LONGUE, code="max_length")
    return adresse


class ChampNom(forms.CharField):
    def to_python(self, value: Any) -> str:
        return lire_nom(super().to_python(value) or "")


class ChampAdresse(forms.EmailField):
    def clean(self, value: Any) -> Any:
        adresse = super().clean(value)
        return lire_adresse(adresse) if adresse else adresse
