"""The filters of the list, read from the address: nonsense is ignored, with a word, and never an error."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q

from offres.eligibilite import Foyer
from offres.models import Typologie
from offres.recherche import OffreQuerySet


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
ETAGES = {"rdc": Q(etage=0), "ascenseur": Q(ascenseur=True) | Q(etage=0), "maison": Q(nature="maison")}
LOYERS = (500, 600, 700, 800, 900, 1000, 1200, 1500)
SURFACES = (25, 35, 45, 55, 65, 80)


class FiltresForm(forms.Form):
    """All in GET: what one sees survives reload, back and sharing."""

    type = forms.ChoiceField(label="Type", required=False)
    loyer = forms.TypedChoiceField(
        label="Loyer maximum",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Sans limite"), *((n, f"{n} €") for n in LOYERS)],
    )
    surface = forms.TypedChoiceField(
        label="Surface minimum",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Toutes"), *((n, f"{n} m²") for n in SURFACES)],
    )
    etage = forms.ChoiceField(
        label="Étage",
        required=False,
        choices=[
            ("", "Tous"),
            ("rdc", "Rez-de-chaussée"),
            ("ascenseur", "Ascenseur ou rez-de-chaussée"),
            ("maison", "Maison"),
        ],
    )
    pmr = forms.ChoiceField(
        label="Accès", required=False, choices=[("", "Tous"), ("oui", "Adapté PMR (mobilité réduite)")]
    )
    tri = forms.ChoiceField(label="Trier par", required=False, choices=Tri.choices, initial=Tri.DATE_LIMITE)

    def __init__(self, donnees: Any, *, foyer: Foyer) -> None:
        super().__init__(donnees)
        possibles = [(str(t), Typologie(t).label) for t in foyer.typologies]
        tous = f"Tous : {possibles[0][1]} à {possibles[-1][1]}"
        self.fields["type"].choices = [("", tous), *possibles]  # type: ignore[attr-defined]
        self.full_clean()

    @property
    def ignores(self) -> list[str]:
        """The labels of the filters whose value made no sense."""
        return [str(self.fields[nom].label) for nom in self.errors]

    @property
    def choix(self) -> dict[str, str]:
        """What was understood, as it is written in an address."""
        return {nom: str(valeur) for nom, valeur in self.cleaned_data.items() if valeur}

    @property
    def actifs(self) -> int:
        """How many filters narrow the list."""
        return sum(bool(valeur) for nom, valeur in self.cleaned_data.items() if nom != "tri")

    def appliquer(self, offres: OffreQuerySet) -> OffreQuerySet:
        """The offers that pass, in the order asked for."""
        choix = self.cleaned_data
        conditions = {
            "typologie": choix.get("type"),
            "loyer_charges_comprises__lte": choix.get("loyer"),
            "surface__gte": choix.get("surface"),
            "accessible_pmr": choix.get("pmr") == "oui" or None,
        }
        offres = offres.filter(**{nom: valeur for nom, valeur in conditions.items() if valeur})
        if etage := ETAGES.get(choix.get("etage", "")):
            offres = offres.filter(etage)
        return offres.order_by(*ORDRES[Tri(choix.get("tri") or Tri.DATE_LIMITE)])
