"""The same points in SQL, so that a queue of hundreds is ranked where it lies. `regle` is the reference."""

from datetime import date

from django.db.models import Case, F, IntegerField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, ExtractMonth, ExtractYear, Greatest, Least, NullIf
from django.db.models.lookups import LessThan, LessThanOrEqual

from candidatures.baremes import Bareme
from demandes.models import LienEmploi, Priorite

D = "demande__"


def hors_loyer(bareme: Bareme, jour: date, chemin: str = D) -> Combinable:
    """The points of the demand at `chemin`, those of the rent apart."""
    return (
        _selon(f"{chemin}priorite", {Priorite.DALO: bareme.dalo, Priorite.L441_1: bareme.prioritaire})
        + _anciennete(bareme, jour, chemin)
        + _selon(
            f"{chemin}lien_emploi",
            {LienEmploi.MUTATION: bareme.mutation, LienEmploi.RAPPROCHEMENT: bareme.rapprochement},
        )
        + _suroccupation(bareme, chemin)
    )


def total(bareme: Bareme, jour: date) -> Combinable:
    """All the points of a candidature, for the rent of its offer."""
    return hors_loyer(bareme, jour) + _effort(bareme)


def _selon(champ: str, points: dict[str, int]) -> Combinable:
    cas = (When(**{champ: str(valeur)}, then=Value(nombre)) for valeur, nombre in points.items())
    return Case(*cas, default=Value(0), output_field=IntegerField())


def _anciennete(bareme: Bareme, jour: date, chemin: str) -> Combinable:
    depot = f"{chemin}deposee_le"
    entame = Case(When(**{f"{depot}__day__gt": jour.day}, then=Value(1)), default=Value(0))
    mois = Value(jour.year * 12 + jour.month) - ExtractYear(depot) * 12 - ExtractMonth(depot) - entame
    return Greatest(0, Least(mois, bareme.mois_comptes, output_field=IntegerField())) * bareme.par_mois


def _suroccupation(bareme: Bareme, chemin: str) -> Combinable:
    """The first bracket above the share they have of `regle.surface_minimale`."""
    habitants = Coalesce(NullIf(F(f"{chemin}habitants_actuels"), Value(0)), F(f"{chemin}nombre_personnes"))
    minimum = Case(When(LessThanOrEqual(habitants, 1), then=Value(9)), default=Least(Value(70), habitants * 9 - 2))
    surface = NullIf(F(f"{chemin}surface_actuelle"), Value(0)) * 100
    cas = (When(LessThan(surface, minimum * t.seuil), then=Value(t.points)) for t in bareme.suroccupation)
    return Case(*cas, default=Value(0), output_field=IntegerField())


def _effort(bareme: Bareme) -> Combinable:
    """The first bracket that holds the rent's share of the income."""
    revenus = F(f"{D}ressources") + F(f"{D}aide_logement")
    loyer = NullIf(F("offre__loyer_charges_comprises"), Value(0)) * 100
    inconnus = When(LessThanOrEqual(revenus, 0), then=Value(0))
    cas = (When(LessThanOrEqual(loyer, revenus * t.seuil), then=Value(t.points)) for t in bareme.effort)
    return Case(inconnus, *cas, default=Value(0), output_field=IntegerField())
