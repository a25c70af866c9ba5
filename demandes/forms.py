"""The forms of the import (guide #3)."""

import re
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils import timezone

from accounts.forms import champ_nom
from demandes.identite import Ecart
from demandes.numero import lire_numero

CHAMP_VIDE = "Ce champ est obligatoire."
DATE_FAUSSE = "Cette date n’existe pas. Écrivez-la comme 19/05/1989."
FORMATS_DE_DATE = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d"]


def champ_date(
    libelle: str, *, obligatoire: bool = True, aide: str = "Jour, mois et année : 19/05/1989."
) -> forms.DateField:
    return forms.DateField(
        label=libelle,
        required=obligatoire,
        input_formats=FORMATS_DE_DATE,
        help_text=aide,
        error_messages={"required": CHAMP_VIDE, "invalid": DATE_FAUSSE},
        widget=forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric", "placeholder": "jj/mm/aaaa"}),
    )


class NumeroForm(forms.Form):
    """« Pour créer une demande dans AL'in, vous devez avoir obtenu votre Numéro Unique (NUD ou NUR). »"""

    numero = forms.CharField(
        label="Numéro Unique",
        max_length=500,
        validators=[ProhibitNullCharactersValidator()],
        help_text="17 ou 18 chiffres et lettres, sur votre attestation d’enregistrement. Exemple : 111092062114ACLOG.",
        error_messages={"required": "Saisissez votre Numéro Unique."},
        widget=forms.TextInput(
            attrs={
                "class": "numero-saisi",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
    date_naissance = champ_date("Date de naissance du demandeur")

    def clean_numero(self) -> str:
        return lire_numero(self.cleaned_data["numero"])

    def clean_date_naissance(self) -> Any:
        jour = self.cleaned_data["date_naissance"]
        if jour > timezone.localdate():
            raise forms.ValidationError("Cette date est dans le futur. Vérifiez l’année de naissance.")
        if jour.year < 1900:
            raise forms.ValidationError("Vérifiez l’année de naissance : elle commence par 19 ou 20.")
        return jour


class CodeForm(forms.Form):
    code = forms.CharField(
        label="Code de sécurité",
        max_length=20,
        validators=[ProhibitNullCharactersValidator()],
        help_text="6 chiffres, reçus par e-mail.",
        error_messages={"required": "Saisissez le code à 6 chiffres reçu par e-mail."},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "numero-saisi"}
        ),
    )

    def clean_code(self) -> str:
        code = re.sub(r"\s", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", code):
            raise forms.ValidationError("Le code a 6 chiffres, sans lettre. Recopiez celui de votre e-mail.")
        return code


class DepartementForm(forms.Form):
    q = forms.CharField(
        label="Votre département de recherche",
        max_length=80,
        validators=[ProhibitNullCharactersValidator()],
        help_text="Son nom ou son numéro. Une commune, un code postal ou une région conviennent aussi.",
        error_messages={"required": "Écrivez un département, une commune ou un code postal."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class IdentiteForm(forms.Form):
    """« L’erreur est sur AL’in »: only what differs, filled with what the registry says."""

    nom_naissance = champ_nom("Nom de naissance", "family-name")
    prenom = champ_nom("Prénom", "given-name")

    def __init__(self, *args: Any, ecarts: list[Ecart], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {ecart.attribut: ecart.propose for ecart in ecarts}
        differents = {ecart.attribut for ecart in ecarts}
        self.fields = {nom: champ for nom, champ in self.fields.items() if nom in differents}
