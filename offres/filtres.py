"""The filters of the list, read from the address: nonsense is ignored, with a word, and never an error."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from demandes.models import Commune, Zones
from offres.eligibilite import Foyer
from offres.models import Financement, Typologie
from offres.recherche import OffreQuerySet, Onglet


class Tri(models.TextChoices):
    DATE_LIMITE = "date", "Date limite"
    LOYER = "loyer", "Loyer"
    SURFACE = "surface", "Surface"
    NOUVELLES = "nouvelles", "Les plus récentes"


ORDRES = {
    Tri.DATE_LIMITE: ("date_limite", "reference"),
    Tri.LOYER: ("loyer_charges_comprises", "reference"),
    Tri.SURFACE: ("-surface", "reference"),
    Tri.NOUVELLES: ("-publiee_le", "reference"),
}
ETAGES = {
    "rdc": ("Rez-de-chaussée", Q(etage=0)),
    "bas": ("Jusqu’au 2e étage", Q(etage__lte=2)),
    "haut": ("À partir du 3e étage", Q(etage__gte=3)),
    "ascenseur": ("Ascenseur ou rez-de-chaussée", Q(ascenseur=True) | Q(etage=0)),
    "maison": ("Maison", Q(nature="maison")),
}
LOYERS = (500, 600, 700, 800, 900, 1000, 1200, 1500)
SURFACES = (25, 35, 45, 55, 65, 80)
DELAIS = {"0": "Tout de suite", "31": "D’ici un mois", "92": "D’ici trois mois"}
"""Days from today by which the dwelling is free."""
AGES = {"visite": "Depuis ma dernière visite", "1": "Depuis hier", "3": "Depuis 3 jours", "7": "Depuis 7 jours"}
HORS_DES_FILTRES = {"tri", "commune"}
"""In the same form, but they are not narrowed nor counted with the rest."""


@dataclass(frozen=True)
class Lecteur:
    """What the filters need to know of who looks: the household, the zones, the day, the day of the visit before."""

    foyer: Foyer
    zones: Zones
    jour: date
    derniere_visite: date | None = None


def _nombres(libelle: str, vide: str, choix: tuple[int, ...], unite: str) -> forms.TypedChoiceField:
    choices = [("", vide), *((n, f"{n} {unite}") for n in choix)]
    return forms.TypedChoiceField(label=libelle, required=False, coerce=int, empty_value=None, choices=choices)


def _choix(libelle: str, vide: str, choix: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=libelle, required=False, choices=[("", vide), *choix])


class FiltresForm(forms.Form):
    """All in GET: what one sees survives reload, back and sharing."""

    type = forms.ChoiceField(label="Type", required=False)
    loyer = _nombres("Loyer maximum", "Sans limite", LOYERS, "€")
    surface = _nombres("Surface minimum", "Toutes", SURFACES, "m²")
    etage = _choix("Étage", "Tous", [(cle, mots) for cle, (mots, _) in ETAGES.items()])
    ascenseur = _choix("Ascenseur", "Avec ou sans", [("oui", "Avec ascenseur")])
    pmr = _choix("Accès", "Tous", [("oui", "Adapté PMR (mobilité réduite)")])
    financement = _choix("Financement", "Tous", Financement.choices)
    disponible = _choix("Disponible", "Peu importe", DELAIS.items())
    publication = _choix("Publiée", "Peu importe", AGES.items())
    tri = forms.ChoiceField(label="Trier par", required=False, choices=Tri.choices, initial=Tri.DATE_LIMITE)
    commune = forms.CharField(label="Commune", required=False, max_length=5, widget=forms.HiddenInput)

    def __init__(self, donnees: Any, *, lecteur: Lecteur) -> None:
        super().__init__(donnees)
        self.lecteur = lecteur
        self._commune: Commune | None = None
        possibles = [(str(t), Typologie(t).label) for t in lecteur.foyer.typologies]
        tous = f"Tous : {possibles[0][1]} à {possibles[-1][1]}"
        self.fields["type"].choices = [("", tous), *possibles]  # type: ignore[attr-defined]
        self.full_clean()
        for nom in set(self.fields) & self._dits_deux_fois(donnees):
            self.add_error(nom, "Donné deux fois.")

    @staticmethod
    def _dits_deux_fois(donnees: Any) -> set[str]:
        """An address that says a filter twice, in two ways, says nothing."""
        listes = donnees.lists() if hasattr(donnees, "lists") else ()
        return {nom for nom, valeurs in listes if len(set(valeurs)) > 1}

    def clean_commune(self) -> str:
        """A commune of the three zones: another, unknown or merged, is none of ours."""
        code: str = self.cleaned_data["commune"].upper()
        self._commune = self._dans_les_zones(code) if code else None
        if code and self._commune is None:
            raise ValidationError("Cette commune n’est pas dans vos zones.")
        return code

    def _dans_les_zones(self, code: str) -> Commune | None:
        if not (code.isascii() and code.isalnum()):
            return None
        zones = self.lecteur.zones
        dedans = Q(code__in=sorted(zones.demandees | zones.limitrophes)) | Q(departement__in=sorted(zones.departements))
        return Commune.objects.ou_l_on_habite().filter(dedans, code=code).first()

    @property
    def commune_choisie(self) -> Commune | None:
        """The one commune that the list is narrowed to."""
        return self._commune if self.cleaned_data.get("commune") else None

    def onglet(self, demande: str) -> Onglet:
        """The tab to open: that of the commune asked for, otherwise what the address says."""
        commune = self.commune_choisie
        return Onglet.de_la_commune(commune.code, self.lecteur.zones) if commune else Onglet.lu(demande)

    @property
    def ignores(self) -> str:
        """The labels of the filters whose value made no sense: « loyer maximum, tri »."""
        return ", ".join(str(self.fields[nom].label).lower() for nom in self.fields if nom in self.errors)

    @property
    def choix(self) -> dict[str, str]:
        """What was understood, as it is written in an address."""
        return {nom: str(valeur) for nom, valeur in self.cleaned_data.items() if valeur}

    @property
    def choix_sans_commune(self) -> dict[str, str]:
        """What follows from tab to tab: a commune belongs to one."""
        return {nom: valeur for nom, valeur in self.choix.items() if nom != "commune"}

    @property
    def actifs(self) -> int:
        """How many filters narrow the list."""
        return sum(bool(valeur) for nom, valeur in self.cleaned_data.items() if nom not in HORS_DES_FILTRES)

    def appliquer(self, offres: OffreQuerySet) -> OffreQuerySet:
        """The offers that pass, in the order asked for."""
        choix = self.cleaned_data
        return self.retenir(offres).order_by(*ORDRES[Tri(choix.get("tri") or Tri.DATE_LIMITE)])

    def retenir(self, offres: OffreQuerySet, *, sans_commune: bool = False) -> OffreQuerySet:
        """The offers that pass; the map counts those of every commune."""
        choix = self.cleaned_data
        conditions = {
            "typologie": choix.get("type"),
            "loyer_charges_comprises__lte": choix.get("loyer"),
            "surface__gte": choix.get("surface"),
            "ascenseur": choix.get("ascenseur") == "oui" or None,
            "accessible_pmr": choix.get("pmr") == "oui" or None,
            "financement": choix.get("financement"),
            "disponible_le__lte": self._libre_le(choix.get("disponible", "")),
            "publiee_le__gte": self._publiee_depuis(choix.get("publication", "")),
            "commune": None if sans_commune else choix.get("commune"),
        }
        offres = offres.filter(**{nom: valeur for nom, valeur in conditions.items() if valeur})
        etage = ETAGES.get(choix.get("etage", ""))
        return offres.filter(etage[1]) if etage else offres

    def _libre_le(self, delai: str) -> date | None:
        return self.lecteur.jour + timedelta(days=int(delai)) if delai else None

    def _publiee_depuis(self, age: str) -> date | None:
        """The day of the visit before is included: what came later that day was not seen."""
        if age == "visite":
            return self.lecteur.derniere_visite
        return self.lecteur.jour - timedelta(days=int(age)) if age else None
