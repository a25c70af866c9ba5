"""The form about the rest of the household, the children to come included; `appliquer` gives the changed demand."""

from dataclasses import replace
from typing import Any

from django import forms

from demandes.sne import nomenclature
from demandes.sne.dossier import DossierSNE, PersonneACharge, Ressource
from demandes.sne.simulateur.champs import ChampDate, Formulaire, choix

DE_LA_PERSONNE = ("prenom", "nom", "date_naissance", "sexe", "lien", "garde", "invalidite")


class FoyerForm(Formulaire):
    """The persons who are not applicants, and the children to come; two empty rows to add somebody."""

    nombre_a_naitre = forms.IntegerField(label="Enfants à naître", min_value=0, max_value=9)
    naissance_prevue_le = ChampDate(label="Date prévue", required=False)

    NOUVEAUX = 2

    def __init__(self, dossier: DossierSNE, data: Any = None) -> None:
        depart: dict[str, Any] = {nom: getattr(dossier, nom) for nom in self.base_fields}
        for n, personne in enumerate(dossier.personnes_a_charge):
            depart |= {f"{nom}_{n}": getattr(personne, nom) for nom in DE_LA_PERSONNE}
            for recue in personne.ressources[:1]:
                depart |= {f"ressource_{n}": recue.code, f"montant_{n}": recue.montant}
        super().__init__(data, initial=depart)
        self.dossier = dossier
        self.connues = len(dossier.personnes_a_charge)
        self.rangs = range(self.connues + self.NOUVEAUX)
        for n in self.rangs:
            self.fields |= {f"{nom}_{n}": champ for nom, champ in self._champs(n < self.connues).items()}
        self.groupes = (
            *((self._titre(n), tuple(f"{nom}_{n}" for nom in self._champs(n < self.connues))) for n in self.rangs),
            ("Naissances à venir", ("nombre_a_naitre", "naissance_prevue_le")),
        )

    def _titre(self, n: int) -> str:
        return self.dossier.personnes_a_charge[n].prenom if n < self.connues else "Ajouter une personne"

    @staticmethod
    def _champs(connue: bool) -> dict[str, forms.Field]:
        champs: dict[str, forms.Field] = {
            "prenom": forms.CharField(label="Prénom", max_length=24, required=connue),
            "nom": forms.CharField(label="Nom", max_length=24, required=connue),
            "date_naissance": ChampDate(label="Date de naissance", required=connue),
            "sexe": forms.ChoiceField(label="Sexe", choices=choix(nomenclature.SEXES)),
            "lien": forms.ChoiceField(label="Lien", choices=choix(nomenclature.LIENS_A_CHARGE), initial="E"),
            "garde": forms.ChoiceField(label="Garde", choices=choix(nomenclature.GARDES), required=False),
            "invalidite": forms.BooleanField(label="Titulaire de la CMI « invalidité »", required=False),
            "ressource": forms.ChoiceField(
                label="Ressource", choices=choix(nomenclature.RESSOURCES, "Aucune"), required=False
            ),
            "montant": forms.IntegerField(
                label="Montant, en euros par mois", min_value=0, max_value=999_999, required=False
            ),
        }
        if connue:
            champs["retirer"] = forms.BooleanField(label="Retirer cette personne du foyer", required=False)
        else:
            champs["sexe"].required = champs["lien"].required = False
        return champs

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        for n in self.rangs[self.connues :]:
            remplis = [bool(donnees.get(f"{nom}_{n}")) for nom in ("prenom", "nom", "date_naissance")]
            if any(remplis) and not all(remplis):
                self.add_error(f"prenom_{n}", "Indiquez le prénom, le nom et la date de naissance.")
        if donnees.get("nombre_a_naitre") and not donnees.get("naissance_prevue_le"):
            self.add_error("naissance_prevue_le", "Indiquez la date prévue.")
        return donnees

    def appliquer(self) -> DossierSNE:
        lus = self.cleaned_data
        gardes = [n for n in self.rangs if lus[f"prenom_{n}"] and not lus.get(f"retirer_{n}")]
        nombre = lus["nombre_a_naitre"]
        return replace(
            self.dossier,
            personnes_a_charge=tuple(self._personne(n) for n in gardes),
            nombre_a_naitre=nombre,
            naissance_prevue_le=lus["naissance_prevue_le"] if nombre else None,
        )

    def _personne(self, n: int) -> PersonneACharge:
        """Somebody as the form says; what it does not ask stays as it was."""
        lus = self.cleaned_data
        dites = {nom: lus[f"{nom}_{n}"] for nom in DE_LA_PERSONNE}
        code, montant = lus[f"ressource_{n}"], lus[f"montant_{n}"]
        recues = (Ressource(code, montant or 0),) if code else ()
        if n >= self.connues:
            return PersonneACharge(**dites, ressources=recues)
        avant = self.dossier.personnes_a_charge[n]
        return replace(avant, **dites, ressources=(*recues, *avant.ressources[1:]))
