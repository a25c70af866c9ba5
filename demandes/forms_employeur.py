"""Tab 2, « Mon entreprise » (guide #3)."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.urls import reverse_lazy
from django.utils import timezone

from accounts.models import Entreprise, Texte
from demandes.forms import champ_date
from demandes.models import Emploi, Titulaire
from demandes.siret import lire_siret

POUR_CERTAINES_ENTREPRISES = (
    "Pour certaines entreprises, cette donnée est obligatoire pour obtenir la validation employeur."
)
CHERCHER_LE_NOM = {
    "hx-get": reverse_lazy("demandes:nom_employeur"),
    "hx-trigger": "change delay:300ms",  # a click on « Je valide » goes first: nothing moves under it
    "hx-target": "#trouvaille",
    "hx-include": "#entreprise, [name=titulaire]",
    "hx-sync": "closest form:queue last",
}
"""Without a script, the button « Chercher le nom » does the same."""
PERIMEE = (
    "Votre employeur ou le texte de l’accord a changé depuis que vous avez ouvert la page : aucun accord n’est donné. "
    "Relisez la page, puis choisissez."
)
QUI_EMPLOIE = ("titulaire", "siret", "sans_employeur")
"""What the company's confirmation was about."""


class EmploiForm(forms.ModelForm[Emploi]):
    titulaire = forms.ChoiceField(
        label="Ma demande AL’in est rattachée à la situation professionnelle de",
        choices=Titulaire.choices,
        widget=forms.RadioSelect(attrs=CHERCHER_LE_NOM),
        error_messages={"required": "Choisissez l’une des deux personnes."},
    )
    siret = forms.CharField(
        label="N° SIRET de l’employeur",
        required=False,
        max_length=40,
        validators=[ProhibitNullCharactersValidator()],
        help_text="14 chiffres, en haut du bulletin de salaire. Plusieurs employeurs ? Le principal.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", **CHERCHER_LE_NOM}),
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
            "travail_temporaire",
            "en_cdi",
            "code_entreprise",
            "matricule",
            "entree_le",
            "sans_employeur",
        )
        labels = {
            "nom_employeur": "Nom de l’employeur (si vous en avez plusieurs, employeur principal)",
            "travail_temporaire": "C’est une entreprise de travail temporaire (intérim)",
            "code_entreprise": "Code entreprise (ce champ est facultatif)",
            "sans_employeur": "Je n’ai pas d’employeur : je suis pris en charge en situation prioritaire "
            "(article L. 313-26-2 du Code de la construction et de l’habitation)",
        }
        help_texts = {"matricule": POUR_CERTAINES_ENTREPRISES}

    def __init__(self, *args: Any, titulaires: list[tuple[str, str]], **kwargs: Any) -> None:
        """`titulaires`: who may hold the job, with their names; one person is not asked to choose."""
        super().__init__(*args, **kwargs)
        self.employait = [getattr(self.instance, champ) for champ in QUI_EMPLOIE]
        if len(titulaires) > 1:
            self.fields["titulaire"].choices = titulaires  # type: ignore[attr-defined]
        else:
            del self.fields["titulaire"]
            self.instance.titulaire = Titulaire.DEMANDEUR
        self.initial["en_cdi"] = {True: "oui", False: "non"}.get(self.initial["en_cdi"], self.initial["en_cdi"])

    def clean_siret(self) -> str:
        siret = self.cleaned_data["siret"]
        return lire_siret(siret) if siret else ""

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean() or {}
        if donnees.get("sans_employeur"):
            for champ in ("siret", "nom_employeur", "code_entreprise", "matricule", "entree_le"):
                self.errors.pop(champ, None)
            vides = {"siret": "", "nom_employeur": "", "code_entreprise": "", "matricule": "", "entree_le": None}
            return {**donnees, **vides, "travail_temporaire": False, "en_cdi": None}
        if not donnees.get("siret") and "siret" not in self.errors:
            self.add_error("siret", "Le N° SIRET de l’employeur est obligatoire.")
        if not donnees.get("nom_employeur") and "nom_employeur" not in self.errors:
            self.add_error("nom_employeur", "Le champ Nom de l’employeur est obligatoire.")
        if not donnees.get("travail_temporaire"):
            donnees["en_cdi"] = None
        return donnees

    def save(self, commit: bool = True) -> Emploi:
        """Another employer, or another person's: what the company had confirmed is no longer said."""
        self.instance.valide_le = timezone.now()
        if [getattr(self.instance, champ) for champ in QUI_EMPLOIE] != self.employait:
            self.instance.oublier_la_reponse()
        return super().save(commit)


class AccordForm(forms.Form):
    """Until when: asked with the leave, and never necessary.

    The page says which company and which text it showed: a leave is for these, whatever has changed since.
    """

    fin_le = champ_date(
        "Jusqu’au (facultatif)",
        obligatoire=False,
        aide="Le dernier jour où votre entreprise peut vous aider. Sans date : tant que votre demande est sur AL’in.",
    )
    service = forms.CharField(required=False, widget=forms.HiddenInput)
    texte = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, service: Entreprise | None = None, texte: Texte | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.en_vigueur = {"service": service, "texte": texte}

    def clean(self) -> None:
        for nom, actuel in self.en_vigueur.items():
            if actuel and self.cleaned_data.get(nom) not in ("", str(actuel.pk)):
                raise forms.ValidationError(PERIMEE)

    def clean_fin_le(self) -> date | None:
        jour: date | None = self.cleaned_data["fin_le"]
        if jour and jour < timezone.localdate():
            raise forms.ValidationError("La date de fin de votre accord est passée. Choisissez-en une à venir.")
        return jour
