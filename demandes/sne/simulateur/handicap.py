"""The form about disabilities, one group for each person. `appliquer` gives the changed `DossierSNE`."""

from dataclasses import replace
from typing import Any

from django import forms

from demandes.sne import nomenclature
from demandes.sne.dossier import Adulte, DossierSNE, Handicap, PersonneACharge
from demandes.sne.simulateur.champs import Formulaire, choix


class HandicapForm(Formulaire):
    handicap = forms.BooleanField(label="Une personne du foyer est en situation de handicap", required=False)

    def __init__(self, dossier: DossierSNE, data: Any = None) -> None:
        depart: dict[str, Any] = {"handicap": dossier.handicap}
        for n, personne in enumerate(dossier.personnes):
            depart[f"concernee_{n}"] = personne.handicap is not None
            depart |= {f"{nom}_{n}": getattr(personne.handicap, nom, None) for nom in self._champs()}
        super().__init__(data, initial=depart)
        self.dossier = dossier
        for n in range(len(dossier.personnes)):
            self.fields[f"concernee_{n}"] = forms.BooleanField(label="Cette personne est handicapée", required=False)
            self.fields |= {f"{nom}_{n}": champ for nom, champ in self._champs().items()}
        self.groupes = (
            ("Le foyer", ("handicap",)),
            *(
                (personne.prenom, (f"concernee_{n}", *(f"{nom}_{n}" for nom in self._champs())))
                for n, personne in enumerate(dossier.personnes)
            ),
        )

    @staticmethod
    def _champs() -> dict[str, forms.Field]:
        """Named as the fields of `Handicap`."""
        return {
            "reconnu": forms.BooleanField(label="Handicap reconnu par la MDPH", required=False),
            "referent": forms.BooleanField(label="Suivie par un référent", required=False),
            "moteur": forms.BooleanField(label="Handicap moteur", required=False),
            "sensoriel": forms.BooleanField(label="Handicap sensoriel", required=False),
            "autre": forms.BooleanField(label="Autre handicap", required=False),
            "etat": forms.ChoiceField(
                label="Évolution", choices=choix(nomenclature.ETATS_HANDICAP, "Non renseignée"), required=False
            ),
            "marches": forms.ChoiceField(
                label="Marches possibles", choices=choix(nomenclature.MARCHES, "Non renseigné"), required=False
            ),
            "aides": forms.MultipleChoiceField(
                label="Aides techniques",
                choices=choix(nomenclature.AIDES_TECHNIQUES),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            ),
            "equipements": forms.MultipleChoiceField(
                label="Équipements nécessaires",
                choices=choix(nomenclature.EQUIPEMENTS),
                widget=forms.CheckboxSelectMultiple,
                required=False,
            ),
            "besoin": forms.CharField(label="Autre besoin", max_length=132, required=False),
        }

    def appliquer(self) -> DossierSNE:
        adultes = [replace(adulte, handicap=self._handicap(n)) for n, adulte in enumerate(self.dossier.adultes)]
        charge = [
            replace(personne, handicap=self._handicap(n))
            for n, personne in enumerate(self.dossier.personnes_a_charge, start=len(adultes))
        ]
        personnes: list[Adulte | PersonneACharge] = [*adultes, *charge]
        return replace(
            self.dossier,
            demandeur=adultes[0],
            cotitulaires=tuple(adultes[1:]),
            personnes_a_charge=tuple(charge),
            handicap=self.cleaned_data["handicap"] or any(personne.handicap for personne in personnes),
        )

    def _handicap(self, n: int) -> Handicap | None:
        if not self.cleaned_data[f"concernee_{n}"]:
            return None
        lus = {nom: self.cleaned_data[f"{nom}_{n}"] for nom in self._champs()}
        return Handicap(**lus | {nom: tuple(lus[nom]) for nom in ("aides", "equipements")})
