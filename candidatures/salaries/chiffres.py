"""What heads the list: how many, where they stand, what is due, month by month. Drawn by the server."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import BooleanField, Count, DateField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from accounts.mur import par_la_porte
from candidatures.models import Candidature
from candidatures.salaries import liste
from candidatures.statuts import ETAPE_DE, ETAPES, Statut
from demandes import echeances
from demandes.models import Demande

MOIS = 12
"""Months of the chart, the one under way included."""
HAUTEUR, PAS, LARGEUR = 96, 36, 10
"""Of the chart, in units of its own: a month is three bars side by side."""
NOMS = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


@dataclass(frozen=True)
class Barre:
    """One line of the chart of situations: `largeur` in hundredths of the longest."""

    libelle: str
    nombre: int
    largeur: int
    active: bool


class Trait(NamedTuple):
    """One bar of one month, from the bottom."""

    serie: str
    x: int
    y: int
    hauteur: int


class Mois(NamedTuple):
    debut: date
    libelle: str
    accords: int
    depots: int
    baux: int


@dataclass(frozen=True)
class Annee:
    """Twelve months, the oldest first. `baux`: those of the year that `jour` is in."""

    mois: tuple[Mois, ...]
    traits: tuple[Trait, ...]
    largeur: int
    baux: int

    @property
    def vide(self) -> bool:
        return not self.traits


@dataclass(frozen=True)
class Chiffres:
    salaries: int
    en_cours: int
    emplois_a_confirmer: int
    barres: tuple[Barre, ...]
    accords: Counter[date]


@par_la_porte()
def chiffres(demandes: "QuerySet[Demande]", jour: date) -> Chiffres:
    """In one query, by the door: counts alone come out. `demandes` come from `liste.salaries_de`."""
    a_confirmer = ExpressionWrapper(liste.dues("emploi", jour), output_field=BooleanField())
    lus: Any = (
        demandes.order_by()
        .annotate(accord=_mois("consentements__donne_le"))
        .values(
            "accord", "statut_actif", "bail_signe", valide=Q(dossier_valide_le__isnull=False), a_confirmer=a_confirmer
        )
        .annotate(nombre=Count("pk"))
    )
    groupes: list[dict[str, Any]] = list(lus)
    repartition = dict.fromkeys(("Dossier à valider", "Sans candidature"), 0)
    repartition |= {etape.libelle: 0 for etape in ETAPES[1:]} | {"Bail signé": 0}
    accords: Counter[date] = Counter()
    for groupe in groupes:
        repartition[_place(groupe)] += groupe["nombre"]
        accords[groupe["accord"]] += groupe["nombre"]
    return Chiffres(
        salaries=sum(groupe["nombre"] for groupe in groupes),
        en_cours=sum(groupe["nombre"] for groupe in groupes if groupe["statut_actif"]),
        emplois_a_confirmer=sum(groupe["nombre"] for groupe in groupes if groupe["a_confirmer"]),
        barres=_barres(repartition),
        accords=accords,
    )


def _place(groupe: dict[str, Any]) -> str:
    if groupe["statut_actif"]:
        return ETAPES[ETAPE_DE[Statut(groupe["statut_actif"])] - 1].libelle
    if groupe["bail_signe"]:
        return "Bail signé"
    return "Sans candidature" if groupe["valide"] else "Dossier à valider"


def _barres(repartition: dict[str, int]) -> tuple[Barre, ...]:
    plus_grand = max(*repartition.values(), 1)
    en_cours = {etape.libelle for etape in ETAPES}
    return tuple(
        Barre(libelle, nombre, round(100 * nombre / plus_grand), libelle in en_cours)
        for libelle, nombre in repartition.items()
        if nombre
    )


@par_la_porte()
def annee(demandes: "QuerySet[Demande]", accords: Counter[date], jour: date) -> Annee:
    """Leaves given, candidatures deposited and leases signed, month by month (Paris time), in one query more.

    `accords`: the leaves in force, by the month they were given in, as `chiffres` counted them.
    """
    debuts = [echeances.dans_des_mois(jour.replace(day=1), -recul) for recul in reversed(range(MOIS))]
    depots, baux = _candidatures(demandes, debuts[0])
    mois = tuple(Mois(debut, NOMS[debut.month - 1], accords[debut], depots[debut], baux[debut]) for debut in debuts)
    signes = sum(un.baux for un in mois if un.debut.year == jour.year)
    return Annee(mois, tuple(_traits(mois)), MOIS * PAS, signes)


def _candidatures(demandes: "QuerySet[Demande]", depuis: date) -> tuple[Counter[date], Counter[date]]:
    """How many were deposited, and how many leases signed, in each month."""
    siennes = Candidature.objects.filter(demande__in=demandes.order_by().values("pk")).order_by()
    lues = siennes.filter(Q(deposee_le__date__gte=depuis) | Q(statut=Statut.BAIL_SIGNE, bail_le__gte=depuis))
    depots: Counter[date] = Counter()
    baux: Counter[date] = Counter()
    groupes = lues.values_list("statut", _mois("deposee_le"), _mois("bail_le")).annotate(nombre=Count("pk"))
    for statut, depot, bail, nombre in groupes:
        depots[depot] += nombre
        if statut == Statut.BAIL_SIGNE:
            baux[bail] += nombre
    return depots, baux


def _mois(champ: str) -> TruncMonth:
    return TruncMonth(F(champ), output_field=DateField())


def _traits(mois: tuple[Mois, ...]) -> Iterable[Trait]:
    plus_grand = max(max(un.accords, un.depots, un.baux) for un in mois)
    for rang, un in enumerate(mois):
        for place, (serie, nombre) in enumerate((("accords", un.accords), ("depots", un.depots), ("baux", un.baux))):
            if nombre:
                hauteur = max(2, round(nombre * HAUTEUR / plus_grand))
                yield Trait(serie, rang * PAS + place * (LARGEUR + 1), HAUTEUR - hauteur, hauteur)
