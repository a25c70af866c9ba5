"""The forms of the import (guide #3)."""

import re
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.utils import timezone

from demandes.models import Departement, Emploi, Titulaire
from demandes.numero import lire_numero

CHAMP_VIDE = "Ce champ est obligatoire."
DATE_FAUSSE = "Cette date n’existe pas. Écrivez-la comme 19/05/1989."
POUR_CERTAINES_ENTREPRISES = (
    "Pour certaines entreprises, cette donnée est obligatoire pour obtenir la validation employeur."
)
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
        max_length=60,
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
    departement = forms.ModelChoiceField(
        label="Votre département de recherche",
        queryset=Departement.objects.all(),
        empty_label="Choisissez un département",
        error_messages={
            "required": "Choisissez un département.",
            "invalid_choice": "Ce département n’est pas dans la liste. Choisissez-en un.",
        },
    )


class EmploiForm(forms.ModelForm[Emploi]):
    """Tab 2, « Mon entreprise »."""

    titulaire = forms.ChoiceField(
        label="Ma demande AL’in est rattachée à la situation professionnelle de",
        choices=Titulaire.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez l’une des deux personnes."},
    )
    siret = forms.CharField(
        label="N° SIRET de l’employeur",
        required=False,
        max_length=30,
        validators=[ProhibitNullCharactersValidator()],
        help_text="14 chiffres, en haut du bulletin de salaire.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    entree_le = champ_date(
        "Date d’entrée dans l’entreprise",
        obligatoire=False,
        aide=POUR_CERTAINES_ENTREPRISES,
    )
    en_cdi = forms.TypedChoiceField(
        label="Êtes-vous en CDI (Contrat à durée indéterminée) ?",
        required=False,
        choices=[("oui", "Oui"), ("non", "Non")],
        coerce=lambda reponse: reponse == "oui",
        empty_value=None,
        help_text="Cette donnée ne concerne que les salariés des entreprises du travail temporaire.",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Emploi
        fields = (
            "titulaire",
            "siret",
            "nom_employeur",
            "code_entreprise",
            "matricule",
            "entree_le",
            "en_cdi",
            "sans_employeur",
        )
        labels = {
            "nom_employeur": "Nom de l’employeur (si vous en avez plusieurs, employeur principal)",
            "code_entreprise": "Code entreprise (ce champ est facultatif)",
            "sans_employeur": "Je n’ai pas d’employeur : je suis pris en charge en situation prioritaire "
            "(article L. 313-26-2 du Code de la construction et de l’habitation)",
        }
        help_texts = {"matricule": POUR_CERTAINES_ENTREPRISES}

    def __init__(self, *args: Any, titulaires: list[tuple[str, str]], **kwargs: Any) -> None:
        """`titulaires`: who may hold the job, with their names; one person is not asked to choose."""
        super().__init__(*args, **kwargs)
        if len(titulaires) > 1:
            self.fields["titulaire"].choices = titulaires  # type: ignore[attr-defined]
        else:
            del self.fields["titulaire"]
        if self.instance.en_cdi is not None:
            self.initial["en_cdi"] = "oui" if self.instance.en_cdi else "non"

    def clean_siret(self) -> str:
        return re.sub(r"\s", "", self.cleaned_data["siret"])

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        if donnees.get("sans_employeur"):
            return {**donnees, "siret": "", "nom_employeur": ""}
        if not donnees.get("siret") and "siret" not in self.errors:
            self.add_error("siret", "Le N° SIRET de l’employeur est obligatoire.")
        if not donnees.get("nom_employeur") and "nom_employeur" not in self.errors:
            self.add_error("nom_employeur", "Le champ Nom de l’employeur est obligatoire.")
        return donnees

    def save(self, commit: bool = True) -> Emploi:
        self.instance.valide_le = timezone.now()
        if {"siret", "sans_employeur", "titulaire"} & set(self.changed_data):
            self.instance.confirme_le = None
        return super().save(commit)
