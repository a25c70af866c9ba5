"""What heads the list: how many, where they stand, what is due, month by month. Drawn by the server."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import BooleanField, Count, DateField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.functions import TruncMonth

from candidatures.models import Candidature
from candidatures.salaries import liste
from candidatures.statuts import ETAPE_DE, ETAPES, Statut
from demandes import echeances
from demandes.models import Consentement, Demande

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


@dataclass(frozen=True)
class Chiffres:
    salaries: int
    en_cours: int
    emplois_a_confirmer: int
    barres: tuple[Barre, ...]


def chiffres(demandes: "QuerySet[Demande]", jour: date) -> Chiffres:
    """In one query; `demandes` come from `liste.salaries_de`."""
    a_confirmer = ExpressionWrapper(liste.dues("emploi", jour), output_field=BooleanField())
    groupes: list[dict[str, Any]] = list(
        demandes.order_by()
        .values(  # type: ignore[misc]  # annotations of `salaries_de`
            "statut_actif", "bail_signe", valide=Q(dossier_valide_le__isnull=False), a_confirmer=a_confirmer
        )
        .annotate(nombre=Count("pk"))
    )
    repartition = dict.fromkeys(("Dossier à valider", "Sans candidature"), 0)
    repartition |= {etape.libelle: 0 for etape in ETAPES[1:]} | {"Bail signé": 0}
    for groupe in groupes:
        repartition[_place(groupe)] += groupe["nombre"]
    return Chiffres(
        salaries=sum(groupe["nombre"] for groupe in groupes),
        en_cours=sum(groupe["nombre"] for groupe in groupes if groupe["statut_actif"]),
        emplois_a_confirmer=sum(groupe["nombre"] for groupe in groupes if groupe["a_confirmer"]),
        barres=_barres(repartition),
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


def annee(demandes: "QuerySet[Demande]", jour: date) -> Annee:
    """Leaves given, candidatures deposited and leases signed, month by month (Paris time), in one query."""
    debuts = [echeances.dans_des_mois(jour.replace(day=1), -recul) for recul in reversed(range(MOIS))]
    siennes = {"demande__in": demandes.order_by().values("pk")}
    accords = Consentement.objects.en_cours().filter(donne_le__date__gte=debuts[0], **siennes)
    depots = Candidature.objects.filter(deposee_le__date__gte=debuts[0], **siennes)
    baux = Candidature.objects.filter(statut=Statut.BAIL_SIGNE, bail_le__gte=debuts[0], **siennes)
    lus = _par_mois(accords, "accords", "donne_le").union(
        _par_mois(depots, "depots", "deposee_le"), _par_mois(baux, "baux", "bail_le"), all=True
    )
    comptes = {(serie, debut): nombre for serie, debut, nombre in lus}
    mois = tuple(
        Mois(debut, NOMS[debut.month - 1], *(comptes.get((serie, debut), 0) for serie in ("accords", "depots", "baux")))
        for debut in debuts
    )
    signes = sum(un.baux for un in mois if un.debut.year == jour.year)
    return Annee(mois, tuple(_traits(mois)), MOIS * PAS, signes)


def _par_mois(lignes: "QuerySet[Any]", serie: str, champ: str) -> "QuerySet[Any, Any]":
    mois = TruncMonth(F(champ), output_field=DateField())
    comptes: QuerySet[Any, Any] = (
        lignes.order_by()
        .annotate(serie=Value(serie), mois=mois)
        .values("serie", "mois")
        .annotate(nombre=Count("pk"))
        .values_list("serie", "mois", "nombre")
    )
    return comptes


def _traits(mois: tuple[Mois, ...]) -> Iterable[Trait]:
    plus_grand = max(max(un.accords, un.depots, un.baux) for un in mois)
    for rang, un in enumerate(mois):
        for place, (serie, nombre) in enumerate((("accords", un.accords), ("depots", un.depots), ("baux", un.baux))):
            if nombre:
                hauteur = max(2, round(nombre * HAUTEUR / plus_grand))
                yield Trait(serie, rang * PAS + place * (LARGEUR + 1), HAUTEUR - hauteur, hauteur)
