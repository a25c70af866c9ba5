"""The small charts of the advisers' home: how many come, how long they wait, how they end. Drawn by the server.

Each is one query on a period or on those who wait, answered from an index. The numbers of a chart are in a table too.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Case, Count, IntegerField, Value, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import User
from candidatures.models import Candidature, CandidatureQuerySet
from candidatures.statuts import ACTIFS, AVANT_TRANSMISSION, Statut

SEMAINES = 8
JOURS_DES_ISSUES = 90
TRANCHES = ((2, "2 jours au plus"), (7, "3 à 7 jours"), (14, "8 à 14 jours"), (30, "15 à 30 jours"))
"""Days since the deposit or the validation; the last bracket has no end."""
AU_DELA = "plus de 30 jours"
LARGEUR, HAUTEUR, PAS = 448, 96, 8
"""Of the chart of arrivals, in units of its own: 56 days of 8."""


class Barre(NamedTuple):
    """One day: its bar, from the bottom."""

    jour: date
    nombre: int
    x: int
    y: int
    hauteur: int


class Semaine(NamedTuple):
    debut: date
    jours: tuple[int | None, ...]
    total: int


class Arrivees(NamedTuple):
    barres: list[Barre]
    semaines: list[Semaine]
    total: int
    maximum: int


class Part(NamedTuple):
    """A line of a chart that is a table: `part`, its length from 0 to 100, for the longest."""

    libelle: str
    nombre: int
    part: int


class Courbes(NamedTuple):
    arrivees: Arrivees
    ages: list[Part]
    issues: list[Part]


def courbes(user: User, jour: date) -> Courbes:
    """In three queries."""
    visibles = Candidature.objects.visibles_par(user).order_by()
    return Courbes(arrivees(visibles, jour), ages(visibles, jour), issues(visibles, jour))


def arrivees(visibles: CandidatureQuerySet, jour: date) -> Arrivees:
    """The deposits of each day of eight whole weeks, the one under way included, Paris time."""
    debut = jour - timedelta(days=jour.weekday(), weeks=SEMAINES - 1)
    comptes = (
        visibles.filter(deposee_le__gte=_minuit(debut))
        .annotate(jour=TruncDate("deposee_le"))
        .values_list("jour")
        .annotate(nombre=Count("pk"))
    )
    par_jour = dict(comptes)
    maximum = max(par_jour.values(), default=0)
    barres, semaines = [], []
    for semaine in range(SEMAINES):
        jours = [debut + timedelta(weeks=semaine, days=n) for n in range(7)]
        nombres = tuple(par_jour.get(un, 0) if un <= jour else None for un in jours)
        semaines.append(Semaine(jours[0], nombres, sum(n or 0 for n in nombres)))
        for rang, (un, nombre) in enumerate(zip(jours, nombres, strict=True)):
            if nombre:
                hauteur = max(2, round(nombre * HAUTEUR / maximum))
                barres.append(Barre(un, nombre, (semaine * 7 + rang) * PAS, HAUTEUR - hauteur, hauteur))
    return Arrivees(barres, semaines, sum(semaine.total for semaine in semaines), maximum)


def ages(visibles: CandidatureQuerySet, jour: date) -> list[Part]:
    """How long those whom an adviser must still examine or transmit have been where they are."""
    cas = (
        When(statut_depuis__gte=_minuit(jour - timedelta(days=jours)), then=Value(rang))
        for rang, (jours, _) in enumerate(TRANCHES)
    )
    tranche = Case(*cas, default=Value(len(TRANCHES)), output_field=IntegerField())
    attendent = visibles.filter(statut__in=sorted(AVANT_TRANSMISSION)).annotate(tranche=tranche)
    comptes = dict(attendent.values_list("tranche").annotate(nombre=Count("pk")))
    libelles = [*(libelle for _, libelle in TRANCHES), AU_DELA]
    return _parts((libelle, comptes.get(rang, 0)) for rang, libelle in enumerate(libelles))


def issues(visibles: CandidatureQuerySet, jour: date) -> list[Part]:
    """How those that ended in the last ninety days did, the most frequent first."""
    finis = sorted(frozenset(Statut) - ACTIFS)
    terminees = visibles.filter(statut__in=finis, statut_depuis__gte=_minuit(jour - timedelta(days=JOURS_DES_ISSUES)))
    comptes = dict(terminees.values_list("statut").annotate(nombre=Count("pk")))
    lignes = sorted(((Statut(statut).label, nombre) for statut, nombre in comptes.items()), key=lambda une: -une[1])
    return _parts(lignes)


def _parts(lignes: Iterable[tuple[str, int]]) -> list[Part]:
    toutes: Sequence[tuple[str, int]] = list(lignes)
    maximum = max((nombre for _, nombre in toutes), default=0) or 1
    return [Part(libelle, nombre, round(nombre * 100 / maximum)) for libelle, nombre in toutes]


def _minuit(jour: date) -> datetime:
    return timezone.make_aware(datetime.combine(jour, time.min))
