"""The forms about people: one adult, and the rest of the household. `appliquer` gives the changed `DossierSNE`."""

from dataclasses import asdict, fields, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from stdnum.fr import siret

from demandes.sne import nomenclature
from demandes.sne.dossier import (
    Adulte,
    Civilite,
    Contrat,
    DossierSNE,
    PersonneACharge,
    Ressource,
    SituationFamiliale,
)
from demandes.sne.simulateur.champs import ChampCommune, ChampDate, Formulaire, choix

RESSOURCES = 4


class AdulteForm(Formulaire):
    """The demandeur or a co-applicant: identity, contact, work, income."""

    civilite = forms.ChoiceField(label="Civilité", choices=choix(nomenclature.CIVILITES), widget=forms.RadioSelect)
    nom = forms.CharField(label="Nom (nom d’usage ou d’époux)", max_length=36)
    nom_naissance = forms.CharField(label="Nom de naissance", max_length=36)
    prenom = forms.CharField(label="Prénom", max_length=36)
    date_naissance = ChampDate(label="Date de naissance")
    nationalite = forms.ChoiceField(label="Nationalité", choices=choix(nomenclature.NATIONALITES))
    situation_familiale = forms.ChoiceField(
        label="Situation familiale", choices=choix(nomenclature.SITUATIONS_FAMILIALES)
    )
    invalidite = forms.BooleanField(label="Titulaire de la carte mobilité inclusion « invalidité »", required=False)
    mel = forms.EmailField(label="E-mail de contact", max_length=255)
    telephone = forms.CharField(label="Téléphone portable", required=False, help_text="10 chiffres")
    profession = forms.CharField(label="Profession", max_length=39, required=False)
    contrat = forms.ChoiceField(label="Situation professionnelle", choices=choix(nomenclature.CONTRATS))
    nom_employeur = forms.CharField(label="Nom de l’employeur principal", max_length=25, required=False)
    siret_employeur = forms.CharField(label="N° SIRET de l’employeur", required=False, help_text="14 chiffres")
    commune_travail = ChampCommune(label="Commune de travail", required=False)
    rfr_n1 = forms.IntegerField(required=False, min_value=-999_999, max_value=999_999)
    rfr_n2 = forms.IntegerField(required=False, min_value=-999_999, max_value=999_999)

    groupes = (
        ("Identité", ("civilite", "nom", "nom_naissance", "prenom", "date_naissance", "nationalite")),
        ("Situation familiale", ("situation_familiale", "invalidite")),
        ("Contact", ("mel", "telephone", "notif_sms")),
        ("Emploi", ("contrat", "profession", "nom_employeur", "siret_employeur", "commune_travail")),
        (
            "Ressources mensuelles, en euros",
            tuple(f"{champ}_{n}" for n in range(1, RESSOURCES + 1) for champ in ("ressource", "montant")),
        ),
        ("Revenu fiscal de référence, en euros par an", ("rfr_n1", "rfr_n2")),
    )

    def __init__(self, dossier: DossierSNE, rang: int, data: Any = None) -> None:
        adulte = dossier.adultes[rang]
        depart = {**{nom: getattr(adulte, nom) for nom in self.base_fields}, "notif_sms": dossier.notif_sms}
        for n, ressource in enumerate(adulte.ressources[:RESSOURCES], start=1):
            depart |= {f"ressource_{n}": ressource.code, f"montant_{n}": ressource.montant}
        super().__init__(data, initial=depart)
        self.dossier, self.rang = dossier, rang
        self.fields["rfr_n1"].label = f"Revenus {dossier.annee_n1}"
        self.fields["rfr_n2"].label = f"Revenus {dossier.annee_n2}"
        for n in range(1, RESSOURCES + 1):
            sortes = choix(nomenclature.RESSOURCES, "Aucune")
            self.fields[f"ressource_{n}"] = forms.ChoiceField(label=f"Ressource {n}", choices=sortes, required=False)
            self.fields[f"montant_{n}"] = forms.IntegerField(
                label=f"Montant {n}", required=False, min_value=0, max_value=999_999
            )
        if rang == 0:
            self.fields["notif_sms"] = forms.BooleanField(label="Notification par SMS", required=False)
        else:
            self.fields["mel"].required = False

    def clean_telephone(self) -> str:
        chiffres = "".join(c for c in self.cleaned_data["telephone"] if c.isdecimal())
        if self.cleaned_data["telephone"] and len(chiffres) != 10:
            raise ValidationError("Un numéro de téléphone a 10 chiffres.")
        return chiffres

    def clean_siret_employeur(self) -> str:
        numero = siret.compact(self.cleaned_data["siret_employeur"])
        if numero and not siret.is_valid(numero):
            raise ValidationError("Ce numéro SIRET n’est pas valide : vérifiez ses 14 chiffres.")
        return numero

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        for n in range(1, RESSOURCES + 1):
            if donnees.get(f"ressource_{n}") and donnees.get(f"montant_{n}") is None:
                self.add_error(f"montant_{n}", "Indiquez le montant de cette ressource.")
        return donnees

    def appliquer(self) -> DossierSNE:
        lus = self.cleaned_data
        ressources = tuple(
            Ressource(lus[f"ressource_{n}"], lus[f"montant_{n}"])
            for n in range(1, RESSOURCES + 1)
            if lus[f"ressource_{n}"]
        )
        adulte: Adulte = replace(
            self.dossier.adultes[self.rang],
            **{nom: lus[nom] for nom in self.base_fields}
            | {
                "civilite": Civilite(lus["civilite"]),
                "contrat": Contrat(lus["contrat"]),
                "situation_familiale": SituationFamiliale(lus["situation_familiale"]),
                "ressources": ressources,
            },
        )
        adultes = [adulte if n == self.rang else autre for n, autre in enumerate(self.dossier.adultes)]
        return replace(
            self.dossier,
            demandeur=adultes[0],
            cotitulaires=tuple(adultes[1:]),
            notif_sms=lus.get("notif_sms", self.dossier.notif_sms),
        )


class FoyerForm(Formulaire):
    """The persons who are not applicants, and the children to come; two empty rows to add somebody."""

    nombre_a_naitre = forms.IntegerField(label="Enfants à naître", min_value=0, max_value=9)
    naissance_prevue_le = ChampDate(label="Date prévue", required=False)

    NOUVEAUX = 2

    def __init__(self, dossier: DossierSNE, data: Any = None) -> None:
        depart: dict[str, Any] = {nom: getattr(dossier, nom) for nom in self.base_fields}
        for n, personne in enumerate(dossier.personnes_a_charge):
            depart |= {f"{nom}_{n}": valeur for nom, valeur in asdict(personne).items()}
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
        noms = [champ.name for champ in fields(PersonneACharge)]
        nombre = lus["nombre_a_naitre"]
        return replace(
            self.dossier,
            personnes_a_charge=tuple(PersonneACharge(**{nom: lus[f"{nom}_{n}"] for nom in noms}) for n in gardes),
            nombre_a_naitre=nombre,
            naissance_prevue_le=lus["naissance_prevue_le"] if nombre else None,
        )
