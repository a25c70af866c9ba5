"""What may be changed in a demand: one form for each block of its page. `appliquer` gives the changed `DossierSNE`."""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any, ClassVar

from django import forms

from demandes.sne import nomenclature
from demandes.sne.dossier import Dalo, DossierSNE, Localisation, LogementActuel
from demandes.sne.simulateur.adulte import AdulteForm
from demandes.sne.simulateur.champs import ChampCommune, ChampDate, Formulaire, choix
from demandes.sne.simulateur.foyer import FoyerForm
from demandes.sne.simulateur.handicap import HandicapForm
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
    bailleur = forms.RegexField(r"[0-9]{9}", label="N° SIREN du bailleur", required=False, help_text="9 chiffres")
    proprietaire = forms.BooleanField(label="Propriétaire d’un logement, ici ou ailleurs", required=False)
    commune_possedee = ChampCommune(label="Commune de ce logement", required=False)
    type_possede = forms.ChoiceField(
        label="Type de ce logement", choices=choix(nomenclature.TYPES_LOGEMENT, "Sans objet"), required=False
    )

    groupes = (
        ("Logement actuel", ("modele", "nom_hebergeant", "categorie", "type", "surface", "nombre_habitants")),
        ("Ce qu’il coûte", ("loyer", "aide_logement", "bailleur")),
        ("Un logement à vous", ("proprietaire", "commune_possedee", "type_possede")),
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
    parking = forms.BooleanField(label="Une place de stationnement est souhaitée", required=False)
    rdc_accepte = forms.BooleanField(label="Le rez-de-chaussée est accepté", required=False)
    sans_ascenseur_accepte = forms.BooleanField(label="Un immeuble sans ascenseur est accepté", required=False)
    demande_elargie = forms.BooleanField(label="D’autres communes conviendraient", required=False)

    groupes = (
        ("Logement recherché", ("categorie_recherchee", "types_recherches", "loyer_max")),
        ("Confort", ("parking", "rdc_accepte", "sans_ascenseur_accepte")),
        (
            "Communes souhaitées, dans l’ordre de vos préférences",
            tuple(f"{champ}_{n}" for n in range(1, SOUHAITS + 1) for champ in ("commune", "quartier")),
        ),
        ("Ailleurs", ("demande_elargie",)),
    )

    def __init__(self, dossier: DossierSNE, data: Any = None) -> None:
        depart: dict[str, Any] = {nom: getattr(dossier, nom) for nom in self.base_fields}
        for n, lieu in enumerate(dossier.localisations, start=1):
            depart |= {f"commune_{n}": lieu.commune, f"quartier_{n}": lieu.quartier}
        super().__init__(data, initial=depart)
        self.dossier = dossier
        for n in range(1, SOUHAITS + 1):
            self.fields[f"commune_{n}"] = ChampCommune(label=f"Commune {n}", required=n == 1)
            self.fields[f"quartier_{n}"] = forms.CharField(label=f"Quartier {n}", max_length=19, required=False)

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
        lus = self.cleaned_data
        lieux = [(lus[f"commune_{n}"], lus[f"quartier_{n}"]) for n in range(1, SOUHAITS + 1) if lus[f"commune_{n}"]]
        return replace(
            self.dossier,
            **{nom: lus[nom] for nom in self.base_fields} | {"types_recherches": tuple(lus["types_recherches"])},
            localisations=tuple(Localisation(n, *lieu) for n, lieu in enumerate(lieux, start=1)),
        )


class MotifsForm(Formulaire):
    motifs = forms.MultipleChoiceField(
        label="Motifs", choices=choix(nomenclature.MOTIFS), widget=forms.CheckboxSelectMultiple
    )
    autre_motif = forms.CharField(label="Autre motif : précisez", max_length=36, required=False)
    date_jugement = ChampDate(label="Date du jugement d’expulsion", required=False)
    statut = forms.ChoiceField(label="Reconnu prioritaire (DALO)", choices=choix(nomenclature.STATUTS_DALO))
    decide_le = ChampDate(label="Date de la décision", required=False)
    typologie = forms.ChoiceField(
        label="Type de logement décidé", choices=choix(nomenclature.TYPES_LOGEMENT, "Sans objet"), required=False
    )
    diagnostic_social = forms.BooleanField(label="Diagnostic social", required=False)
    accompagnement_social = forms.BooleanField(label="Accompagnement social", required=False)
    delai_anormalement_long = forms.BooleanField(label="Délai anormalement long", required=False)
    attributions_multiples = forms.BooleanField(label="Plusieurs attributions sous condition", required=False)

    DALO = ("statut", "decide_le", "typologie", "diagnostic_social", "accompagnement_social")
    groupes = (
        ("Motifs de la demande", ("motifs", "autre_motif", "date_jugement")),
        ("Droit au logement opposable", DALO),
        ("Indicateurs du registre", ("delai_anormalement_long", "attributions_multiples")),
    )

    def __init__(self, dossier: DossierSNE, data: Any = None) -> None:
        de_la_demande = {nom: getattr(dossier, nom) for nom in self.base_fields if nom not in self.DALO}
        super().__init__(data, initial=de_la_demande | asdict(dossier.recours_dalo))
        self.dossier = dossier

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if "23" in donnees.get("motifs", []) and not donnees.get("autre_motif"):
            self.add_error("autre_motif", "Précisez cet autre motif.")
        return donnees

    def appliquer(self) -> DossierSNE:
        lus = {**self.cleaned_data, "motifs": tuple(self.cleaned_data["motifs"])}
        recours = Dalo(**{nom: lus.pop(nom) for nom in self.DALO})
        return replace(self.dossier, recours_dalo=recours, **lus)


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
        fields = ("panne", "secondes", "cle_retiree", "fois", "duree_jeton", "avance")
        widgets: ClassVar = {"panne": forms.RadioSelect}


SectionForm = LogementForm | RechercheForm | MotifsForm | AdulteForm | FoyerForm | HandicapForm
"""Each gives the changed demand by `appliquer`, once valid."""
SECTIONS: dict[str, Callable[[DossierSNE, Any], SectionForm]] = {
    "foyer": FoyerForm,
    "handicap": HandicapForm,
    "logement": LogementForm,
    "recherche": RechercheForm,
    "motifs": MotifsForm,
}


def formulaire(section: str, rang: int, dossier: DossierSNE, data: Any) -> SectionForm | None:
    """The form of one block: « adulte » with its rank (0 for the demandeur), or a key of `SECTIONS`."""
    if section == "adulte" and rang < len(dossier.adultes):
        return AdulteForm(dossier, rang, data)
    return SECTIONS[section](dossier, data) if section in SECTIONS else None
