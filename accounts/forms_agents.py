"""Inviting somebody to a company's housing service."""

from typing import Any

from django import forms

from accounts.forms import CHAMP_VIDE, champ_nom
from accounts.models import Entreprise, RoleDAgent
from accounts.models.entreprise import EntrepriseQuerySet
from accounts.saisie import ADRESSE_FAUSSE, lire_adresse


class InvitationForm(forms.Form):
    entreprise = forms.ModelChoiceField(
        label="Entreprise", queryset=Entreprise.objects.none(), error_messages={"required": CHAMP_VIDE}
    )
    prenom = champ_nom("Prénom", "off")
    nom_naissance = champ_nom("Nom", "off")
    email = forms.EmailField(
        label="Adresse e-mail professionnelle",
        help_text="L’invitation ne vaut que pour cette adresse, une seule fois, pendant 7 jours.",
        error_messages={"required": CHAMP_VIDE, "invalid": ADRESSE_FAUSSE},
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label="Rôle",
        choices=RoleDAgent.choices,
        initial=RoleDAgent.AGENT,
        help_text="Un gestionnaire invite les autres agents et leur retire l’accès.",
        widget=forms.RadioSelect,
        error_messages={"required": CHAMP_VIDE},
    )

    def __init__(self, *args: Any, entreprises: EntrepriseQuerySet, **kwargs: Any) -> None:
        """`entreprises`: those one may invite for; a single one is not asked for."""
        super().__init__(*args, **kwargs)
        self.fields["entreprise"].queryset = entreprises  # type: ignore[attr-defined]
        seules = list(entreprises[:2])
        if len(seules) == 1:
            self.fields["entreprise"].required = False
            self.fields["entreprise"].widget = forms.HiddenInput()
            self.seule: Entreprise | None = seules[0]
        else:
            self.seule = None

    def clean_entreprise(self) -> Entreprise:
        choisie: Entreprise | None = self.cleaned_data["entreprise"]
        return self.seule or choisie  # type: ignore[return-value]  # required unless there is one

    def clean_email(self) -> str:
        return lire_adresse(self.cleaned_data["email"])
