"""The filters of the list, read from the address: nonsense is ignored, with a word, and never an error."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django import forms
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

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

    def __init__(self, donnees: MultiValueDict[str, str], *, typologies: tuple[Typologie, ...]) -> None:
        super().__init__(donnees)
        possibles = [(str(t), Typologie(t).label) for t in typologies]
        tous = f"Tous : {possibles[0][1]} à {possibles[-1][1]}"
        self.fields["type"].choices = [("", tous), *possibles]  # type: ignore[attr-defined]
        self.full_clean()
        for nom, valeurs in donnees.lists():
            if len(set(valeurs)) > 1:  # an address that says a filter twice, in two ways, says nothing
                self.add_error(nom, "Donné deux fois.")

    @property
    def actifs(self) -> int:
        """How many filters narrow the list."""
        return sum(bool(valeur) for nom, valeur in self.cleaned_data.items() if nom != "tri")

    @property
    def ignores(self) -> list[str]:
        """The labels of those whose value made no sense."""
        return [str(self.fields[nom].label).lower() for nom in self.fields if nom in self.errors]


@lru_cache(maxsize=500)
def _formulaire(typologies: tuple[Typologie, ...], ecrits: tuple[tuple[str, tuple[str, ...]], ...]) -> FiltresForm:
    """The form of whoever writes the same: made once, read often, never changed."""
    donnees = MultiValueDict({nom: list(valeurs) for nom, valeurs in ecrits})
    return FiltresForm(donnees, typologies=typologies)


@dataclass(frozen=True)
class Filtres:
    """What an address asks of the offers, for whoever looks. `commune`: the one that they are narrowed to."""

    lecteur: Lecteur
    formulaire: FiltresForm
    commune: Commune | None = None
    commune_ignoree: bool = False

    @classmethod
    def lus(cls, parametres: QueryDict, lecteur: Lecteur) -> "Filtres":
        """Nonsense counts for nothing, and `ignores` says so."""
        ecrits = tuple((nom, tuple(valeurs)) for nom, valeurs in parametres.lists() if nom in FiltresForm.base_fields)
        codes = {code.upper() for code in parametres.getlist("commune") if code}
        commune = _dans_les_zones(codes, lecteur.zones)
        return cls(lecteur, _formulaire(lecteur.foyer.typologies, ecrits), commune, bool(codes) and commune is None)

    def onglet(self, demande: str) -> Onglet:
        """The tab to open: that of the commune asked for, otherwise what the address says."""
        return Onglet.de_la_commune(self.commune.code, self.lecteur.zones) if self.commune else Onglet.lu(demande)

    @property
    def actifs(self) -> int:
        """How many filters narrow the list, the commune aside."""
        return self.formulaire.actifs

    @property
    def ignores(self) -> str:
        """The labels of the filters whose value made no sense: « loyer maximum, tri »."""
        return ", ".join([*self.formulaire.ignores, *(["commune"] if self.commune_ignoree else [])])

    @property
    def choix(self) -> dict[str, str]:
        """What was understood, as it is written in an address."""
        return self.choix_sans_commune | ({"commune": self.commune.code} if self.commune else {})

    @property
    def choix_sans_commune(self) -> dict[str, str]:
        """What follows from tab to tab: a commune belongs to one."""
        return {nom: str(valeur) for nom, valeur in self.formulaire.cleaned_data.items() if valeur}

    def appliquer(self, offres: OffreQuerySet) -> OffreQuerySet:
        """The offers that pass, in the order asked for."""
        return self.retenir(offres).order_by(*self.ordre)

    def retenir(self, offres: OffreQuerySet, *, sans_commune: bool = False) -> OffreQuerySet:
        """The offers that pass; the map counts those of every commune."""
        valeurs = {nom: valeur for nom, valeur in self.valeurs.items() if not (sans_commune and nom == "commune")}
        return offres.filter(self.hauteur, **valeurs)

    @property
    def valeurs(self) -> dict[str, Any]:
        """What an offer must have to pass, as lookups; the floor aside."""
        choix = self.formulaire.cleaned_data
        lues = {
            "typologie": choix.get("type"),
            "loyer_charges_comprises__lte": choix.get("loyer"),
            "surface__gte": choix.get("surface"),
            "ascenseur": choix.get("ascenseur") == "oui" or None,
            "accessible_pmr": choix.get("pmr") == "oui" or None,
            "financement": choix.get("financement"),
            "disponible_le__lte": self._libre_le(choix.get("disponible", "")),
            "publiee_le__gte": self._publiee_depuis(choix.get("publication", "")),
            "commune": self.commune.code if self.commune else None,
        }
        return {nom: valeur for nom, valeur in lues.items() if valeur}

    @property
    def hauteur(self) -> Q:
        """Where in the building an offer must be to pass."""
        return ETAGES[cle][1] if (cle := self.formulaire.cleaned_data.get("etage")) else Q()

    @property
    def ordre(self) -> tuple[str, ...]:
        """The columns of the order asked for."""
        return ORDRES[Tri(self.formulaire.cleaned_data.get("tri") or Tri.DATE_LIMITE)]

    def _libre_le(self, delai: str) -> date | None:
        return self.lecteur.jour + timedelta(days=int(delai)) if delai else None

    def _publiee_depuis(self, age: str) -> date | None:
        """The day of the visit before is included: what came later that day was not seen."""
        if age == "visite":
            return self.lecteur.derniere_visite
        return self.lecteur.jour - timedelta(days=int(age)) if age else None


def _dans_les_zones(codes: set[str], zones: Zones) -> Commune | None:
    """The one commune asked for: of the three zones, another, unknown or merged, is none of ours; nor are two."""
    if len(codes) != 1 or not (code := min(codes)).isascii() or not code.isalnum():
        return None
    dedans = Q(code__in=sorted(zones.demandees | zones.limitrophes)) | Q(departement__in=sorted(zones.departements))
    return Commune.objects.ou_l_on_habite().filter(dedans, code=code).first()
