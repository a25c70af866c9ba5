"""What may be changed in a demand: one form for each block of its page. `appliquer` gives the changed `DossierSNE`."""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, ClassVar

from django import forms

from demandes.sne import nomenclature
from demandes.sne.dossier import DossierSNE, Localisation, LogementActuel
from demandes.sne.simulateur.champs import ChampCommune, Formulaire, choix
from demandes.sne.simulateur.foyer import AdulteForm, FoyerForm
from demandes.sne.simulateur.models import Reglages

SOUHAITS = 8


class LogementForm(Formulaire):
    modele = forms.ChoiceField(label="Vous êtes", choices=choix(nomenclature.MODELES_LOGEMENT))
    nom_hebergeant = forms.CharField(label="Nom de la personne qui vous héberge", max_length=80, required=False)
    categorie = forms.ChoiceField(label="Catégorie", choices=choix(nomenclature.CATEGORIES_LOGEMENT))
    type = forms.ChoiceField(label="Type", choices=choix(nomenclature.TYPES_LOGEMENT, "Sans objet"), required=False)
    surface = forms.IntegerField(label="Surface, en m²", min_value=1, max_value=9_999, required=False)
    loyer = forms.IntegerField(label="Loyer, en euros par mois", min_value=0, max_value=99_999, required=False)
    aide_logement = forms.IntegerField(label="APL ou AL, en euros par mois", min_value=0, max_value=9_999)
    nombre_habitants = forms.IntegerField(label="Personnes qui y vivent", min_value=0, max_value=99, required=False)

    groupes = (
        ("Logement actuel", ("modele", "nom_hebergeant", "categorie", "type", "surface", "nombre_habitants")),
        ("Ce qu’il coûte", ("loyer", "aide_logement")),
    )

    def __init__(self, dossier: DossierSNE, data: Any = None) -> None:
        super().__init__(data, initial=asdict(dossier.logement_actuel))
        self.dossier = dossier

    def appliquer(self) -> DossierSNE:
        return replace(self.dossier, logement_actuel=LogementActuel(**self.cleaned_data))


class RechercheForm(Formulaire):
    categorie_recherchee = forms.ChoiceField(label="Catégorie", choices=choix(nomenclature.CATEGORIES_RECHERCHEES))
    types_recherches = forms.MultipleChoiceField(
        label="Types de logement", choices=choix(nomenclature.TYPES_LOGEMENT), widget=forms.CheckboxSelectMultiple
    )
    loyer_max = forms.IntegerField(
        label="Loyer maximum, charges comprises, en euros par mois", min_value=0, max_value=99_999, required=False
    )

    groupes = (
        ("Logement recherché", ("categorie_recherchee", "types_recherches", "loyer_max")),
        ("Communes souhaitées, dans l’ordre de vos préférences", tuple(f"commune_{n}" for n in range(1, SOUHAITS + 1))),
    )

    def __init__(self, dossier: DossierSNE, data: Any = None) -> None:
        depart: dict[str, Any] = {nom: getattr(dossier, nom) for nom in self.base_fields}
        depart |= {f"commune_{n}": lieu.commune for n, lieu in enumerate(dossier.localisations, start=1)}
        super().__init__(data, initial=depart)
        self.dossier = dossier
        for n in range(1, SOUHAITS + 1):
            self.fields[f"commune_{n}"] = ChampCommune(label=f"Commune {n}", required=n == 1)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        vues: set[str] = set()
        for n in range(1, SOUHAITS + 1):
            code = donnees.get(f"commune_{n}")
            if code and code in vues:
                self.add_error(f"commune_{n}", "Cette commune est déjà dans la liste.")
            vues |= {code} if code else set()
        return donnees

    def appliquer(self) -> DossierSNE:
        codes = [self.cleaned_data[f"commune_{n}"] for n in range(1, SOUHAITS + 1)]
        return replace(
            self.dossier,
            categorie_recherchee=self.cleaned_data["categorie_recherchee"],
            types_recherches=tuple(self.cleaned_data["types_recherches"]),
            loyer_max=self.cleaned_data["loyer_max"],
            localisations=tuple(Localisation(n, code) for n, code in enumerate(filter(None, codes), start=1)),
        )


class MotifsForm(Formulaire):
    motifs = forms.MultipleChoiceField(
        label="Motifs", choices=choix(nomenclature.MOTIFS), widget=forms.CheckboxSelectMultiple
    )
    autre_motif = forms.CharField(label="Autre motif : précisez", max_length=36, required=False)
    handicap = forms.BooleanField(label="Une personne du foyer est en situation de handicap", required=False)
    dalo = forms.BooleanField(label="Reconnu prioritaire au titre du droit au logement opposable", required=False)

    groupes = (
        ("Motifs de la demande", ("motifs", "autre_motif")),
        ("Situations particulières", ("handicap", "dalo")),
    )

    def __init__(self, dossier: DossierSNE, data: Any = None) -> None:
        super().__init__(data, initial={nom: getattr(dossier, nom) for nom in self.base_fields})
        self.dossier = dossier

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if "23" in donnees.get("motifs", []) and not donnees.get("autre_motif"):
            self.add_error("autre_motif", "Précisez cet autre motif.")
        return donnees

    def appliquer(self) -> DossierSNE:
        return replace(self.dossier, **self.cleaned_data | {"motifs": tuple(self.cleaned_data["motifs"])})


class PieceForm(forms.Form):
    code = forms.ChoiceField(label="Pièce", choices=choix(nomenclature.PIECES))
    libelle = forms.CharField(
        label="Précision", max_length=255, required=False, help_text="Par exemple : bulletin du mois d’octobre."
    )


class RadiationForm(forms.Form):
    motif = forms.ChoiceField(label="Motif de la radiation", choices=choix(nomenclature.RADIATIONS))


class ReglagesForm(forms.ModelForm[Reglages]):
    class Meta:
        model = Reglages
        fields = ("panne", "secondes", "cle_retiree", "duree_jeton", "avance")
        widgets: ClassVar = {"panne": forms.RadioSelect}


SectionForm = LogementForm | RechercheForm | MotifsForm | AdulteForm | FoyerForm
"""Each gives the changed demand by `appliquer`, once valid."""
SECTIONS: dict[str, Callable[[DossierSNE, Any], SectionForm]] = {
    "foyer": FoyerForm,
    "logement": LogementForm,
    "recherche": RechercheForm,
    "motifs": MotifsForm,
}


def formulaire(section: str, rang: int, dossier: DossierSNE, data: Any) -> SectionForm | None:
    """The form of one block: « adulte » with its rank (0 for the demandeur), or a key of `SECTIONS`."""
    if section == "adulte" and rang < len(dossier.adultes):
        return AdulteForm(dossier, rang, data)
    return SECTIONS[section](dossier, data) if section in SECTIONS else None
