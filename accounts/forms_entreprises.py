"""A company as an adviser writes it, by hand or from a file."""

from typing import Any

from django import forms

from accounts.models import Entreprise

CHAMPS = (
    *("siret", "nom", "nature", "code", "cliente", "effectif", "travail_temporaire", "exige_confirmation"),
    *("radiee_le", "successeur"),
)
"""The fields, in the order of the page; the columns of a file too."""


class EntrepriseForm(forms.ModelForm[Entreprise]):
    """The company it has become is named by its SIRET: there are too many for a list."""

    successeur = forms.ModelChoiceField(
        label="N° SIRET de l’entreprise qui l’a absorbée",
        queryset=Entreprise.objects.all(),
        to_field_name="siret",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text="Ses salariés pourront lui donner leur accord.",
        error_messages={"invalid_choice": "Aucune entreprise connue d’AL’in n’a ce n° SIRET : ajoutez-la d’abord."},
    )

    class Meta:
        model = Entreprise
        fields = CHAMPS
        error_messages = {
            "siret": {
                "siret": "Ce n° SIRET n’est pas valable : il a 14 chiffres et sa clé de contrôle ne correspond pas. "
                "Relisez-le sur l’avis de situation de l’Insee, ou demandez-le à l’entreprise."
            }
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.successeur:
            self.initial["successeur"] = self.instance.successeur.siret

    def clean_successeur(self) -> Entreprise | None:
        successeur: Entreprise | None = self.cleaned_data["successeur"]
        if successeur and successeur.pk == self.instance.pk:
            raise forms.ValidationError("Une entreprise ne s’absorbe pas elle-même.")
        return successeur


class FichierForm(forms.Form):
    """The file of « Importer des entreprises »."""

    fichier = forms.FileField(
        label="Fichier CSV",
        help_text="Une ligne par établissement, au plus 2 000. Rien n’est écrit avant que vous ayez lu le rapport.",
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )
