"""The form about one adult: identity, contact, address, work, income. `appliquer` gives the changed `DossierSNE`."""

import re
from copy import deepcopy
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from stdnum.fr import siret

from demandes.sne import nomenclature
from demandes.sne.dossier import Adresse, Adulte, Civilite, Contrat, DossierSNE, Ressource, SituationFamiliale
from demandes.sne.simulateur.champs import ChampCommune, ChampDate, ChampTelephone, Formulaire, choix

ADRESSE: dict[str, forms.Field] = {
    "numero": forms.CharField(label="Numéro", max_length=5, required=False),
    "voie": forms.CharField(label="Voie", max_length=32, required=False),
    "appartement": forms.CharField(label="Appartement", max_length=4, required=False),
    "etage": forms.CharField(label="Étage", max_length=2, required=False),
    "escalier": forms.CharField(label="Escalier", max_length=4, required=False),
    "batiment": forms.CharField(label="Bâtiment", max_length=4, required=False),
    "complement": forms.CharField(label="Complément", max_length=33, required=False),
    "lieu_dit": forms.CharField(label="Lieu-dit", max_length=38, required=False),
    "code_postal": forms.CharField(label="Code postal", max_length=10, required=False),
    "commune": ChampCommune(label="Commune de l’adresse", required=False),
    "etranger": forms.BooleanField(label="Cette adresse est à l’étranger", required=False),
    "localite": forms.CharField(label="Ville, à l’étranger", max_length=38, required=False),
    "pays": forms.CharField(label="Pays", max_length=38, required=False),
}
NOTIFICATIONS: dict[str, forms.Field] = {
    "notif_sms": forms.BooleanField(label="Notification par SMS", required=False),
    "notif_evt": forms.BooleanField(label="Notification des événements par mail", required=False),
}
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
    telephone = ChampTelephone(label="Téléphone portable")
    telephone_domicile = ChampTelephone(label="Téléphone du domicile")
    telephone_travail = ChampTelephone(label="Téléphone du travail")
    profession = forms.CharField(label="Profession", max_length=39, required=False)
    contrat = forms.ChoiceField(label="Situation professionnelle", choices=choix(nomenclature.CONTRATS))
    nom_employeur = forms.CharField(label="Nom de l’employeur principal", max_length=25, required=False)
    siret_employeur = forms.CharField(label="N° SIRET de l’employeur", required=False, help_text="14 chiffres")
    commune_travail = ChampCommune(label="Commune de travail", required=False)
    multi_employeur = forms.BooleanField(label="Travaille pour plusieurs employeurs", required=False)
    organisme_collecteur = forms.CharField(
        label="Organisme qui collecte la contribution de l’employeur", max_length=44, required=False
    )
    rfr_n1 = forms.IntegerField(required=False, min_value=-999_999, max_value=999_999)
    rfr_n2 = forms.IntegerField(required=False, min_value=-999_999, max_value=999_999)
    versee = forms.IntegerField(
        label="Pension alimentaire versée, en euros par mois", required=False, min_value=1, max_value=999_999
    )

    groupes = (
        ("Identité", ("civilite", "nom", "nom_naissance", "prenom", "date_naissance", "nationalite")),
        ("Situation familiale", ("situation_familiale", "invalidite")),
        ("Contact", ("mel", "telephone", "telephone_domicile", "telephone_travail", "notif_sms", "notif_evt")),
        ("Adresse", tuple(ADRESSE)),
        ("Emploi", ("contrat", "profession", "nom_employeur", "siret_employeur", "commune_travail")),
        ("Autres employeurs", ("multi_employeur", "organisme_collecteur")),
        ("Ce qui est versé", ("versee",)),
        (
            "Ressources mensuelles, en euros",
            tuple(f"{champ}_{n}" for n in range(1, RESSOURCES + 1) for champ in ("ressource", "montant")),
        ),
        ("Revenu fiscal de référence, en euros par an", ("rfr_n1", "rfr_n2")),
    )

    def __init__(self, dossier: DossierSNE, rang: int, data: Any = None) -> None:
        adulte = dossier.adultes[rang]
        depart = {nom: getattr(adulte, nom) for nom in DE_L_ADULTE}
        depart |= {nom: getattr(adulte.adresse, nom, "") for nom in ADRESSE}
        depart |= {"versee": next((v.montant for v in adulte.versees), None)}
        depart |= {nom: getattr(dossier, nom) for nom in NOTIFICATIONS}
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
        self.fields |= deepcopy(ADRESSE)
        if rang == 0:
            self.fields |= deepcopy(NOTIFICATIONS)
        else:
            self.fields["mel"].required = False

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
        if not donnees.get("etranger") and any(donnees.get(nom) for nom in ADRESSE):
            if not re.fullmatch(r"[0-9]{5}", donnees.get("code_postal", "")):
                self.add_error("code_postal", "En France, un code postal a 5 chiffres.")
            if not donnees.get("commune") and "commune" not in self.errors:
                self.add_error("commune", "Indiquez la commune de l’adresse.")
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
            **{nom: lus[nom] for nom in DE_L_ADULTE}
            | {
                "adresse": Adresse(**{nom: lus[nom] for nom in ADRESSE}) if any(lus[nom] for nom in ADRESSE) else None,
                "versees": (Ressource("PAV", lus["versee"]),) if lus["versee"] else (),
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
            **{nom: lus.get(nom, getattr(self.dossier, nom)) for nom in NOTIFICATIONS},
        )


DE_L_ADULTE = tuple(nom for nom in AdulteForm.base_fields if nom != "versee")
"""The fields of the form that have the name of those of `Adulte`."""
