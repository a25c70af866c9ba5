"""The place of each candidature of an offer, and of one who would apply: computed, never stored, one for all readers.

The highest total comes first; then the oldest demand; then the lowest Numéro Unique, which is never the same twice.
A demand counts once on an offer, by its last candidature there. Whoever reads these figures, applicant or adviser,
gets them from here.
"""

from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, Value, Window
from django.db.models.functions import RowNumber

from alin.preparees import Preparee, parametre
from candidatures.baremes import Bareme, BaremeDeClassement
from candidatures.classement.regle import Points, Situation, compter
from candidatures.classement.requetes import total
from candidatures.models import Candidature, CandidatureQuerySet
from demandes.models import Demande, TableDeReference
from offres.models import Offre

ORDRE = ("-points", "demande__deposee_le", "demande__numero_unique")


class Place(NamedTuple):
    """« 12e sur 57 », and why; `deposees`, how many count today: 56 if this demand is not among them yet."""

    rang: int
    nombre: int
    points: Points
    deposees: int

    @property
    def en_clair(self) -> str:
        return f"{ordinal(self.rang)} sur {self.nombre}"


class Classee(NamedTuple):
    candidature: Candidature
    points: Points
    rang: int


def ordinal(rang: int) -> str:
    """« 1er », « 12e »."""
    return "1er" if rang == 1 else f"{rang}e"


def bareme_du(jour: date) -> Bareme:
    """The scale in force: one query, three when a reference table has changed."""
    return bareme_connu(jour, reperes())


def reperes() -> tuple[datetime | None, ...]:
    """When each reference table last changed, in one query; a demand that was just read knows it already."""
    return tuple(TableDeReference.objects.order_by("nom").values_list("chargee_le", flat=True))


def bareme_connu(jour: date, reperes: tuple[datetime | None, ...]) -> Bareme:
    """The same without a query, remembered by the process until a reference table changes (`demande.reperes`)."""
    return _bareme(jour, reperes)


@lru_cache(maxsize=4)
def _bareme(jour: date, reperes: tuple[datetime | None, ...]) -> Bareme:  # noqa: ARG001
    return BaremeDeClassement.objects.du(jour)


def qui_comptent() -> CandidatureQuerySet:
    """One row for each demand on each offer: its last candidature there, but those cancelled or not validated."""
    suivante = Candidature.objects.dans_la_file().filter(demande=OuterRef("demande"), offre=OuterRef("offre"))
    apres = Q(deposee_le__gt=OuterRef("deposee_le")) | Q(deposee_le=OuterRef("deposee_le"), pk__gt=OuterRef("pk"))
    return Candidature.objects.dans_la_file().filter(~Exists(suivante.filter(apres))).order_by()


def de_l_offre(offre: Offre, jour: date, bareme: Bareme | None = None) -> list[Classee]:
    """Every candidature that counts, first to last, in two queries whatever their number."""
    bareme = bareme or bareme_du(jour)
    rangees = qui_comptent().filter(offre=offre).select_related("demande").annotate(points=total(bareme, jour))
    return [
        Classee(candidature, points_de(candidature.demande, offre, bareme, jour), rang)
        for rang, candidature in enumerate(rangees.order_by(*ORDRE), start=1)
    ]


def si(demande: Demande, offre: Offre, jour: date, bareme: Bareme | None = None) -> Place:
    """The place this demand has on this offer, or would have if it applied; the same number before and after."""
    bareme = bareme or bareme_connu(jour, demande.reperes)
    points = points_de(demande, offre, bareme, jour)
    [(deposees, autres, devant)] = _comptes(bareme, jour).lire(
        offre=offre.pk,
        demande=demande.pk,
        points=points.total,
        deposee_le=demande.deposee_le,
        numero_unique=demande.numero_unique,
    )
    return Place(devant + 1, autres + 1, points, deposees)


@lru_cache(maxsize=4)
def _comptes(bareme: Bareme, jour: date) -> Preparee:
    """How many count on an offer, how many others than a demand, and how many of these come before it."""
    autre, depot = ~Q(demande=parametre("demande")), parametre("deposee_le")
    devant = Q(points__gt=parametre("points")) | Q(points=parametre("points")) & (
        Q(demande__deposee_le__lt=depot)
        | Q(demande__deposee_le=depot, demande__numero_unique__lt=parametre("numero_unique"))
    )
    file = qui_comptent().filter(offre=parametre("offre")).annotate(points=total(bareme, jour), ensemble=Value(1))
    comptes = file.values("ensemble").annotate(
        deposees=Count("pk"), autres=Count("pk", filter=autre), devant=Count("pk", filter=autre & devant)
    )
    return Preparee(comptes.values_list("deposees", "autres", "devant"))


def avec_les_points(candidatures: CandidatureQuerySet, jour: date, bareme: Bareme | None = None) -> CandidatureQuerySet:
    """Each with its `points`, to be sorted by them."""
    return candidatures.annotate(points=total(bareme or bareme_du(jour), jour))


def apres(demande: Demande, points: int) -> Q:
    """Those that come after this demand and its points, in `ORDRE`; on rows that have their own `points`."""
    return Q(points__lt=points) | Q(points=points) & (
        Q(demande__deposee_le__gt=demande.deposee_le)
        | Q(demande__deposee_le=demande.deposee_le, demande__numero_unique__gt=demande.numero_unique)
    )


def points_de(demande: Demande, offre: Offre, bareme: Bareme, jour: date) -> Points:
    """The breakdown, in words."""
    return compter(Situation.de(demande), offre.loyer_charges_comprises, bareme, jour)


def places(candidatures: Collection[Candidature], jour: date, bareme: Bareme) -> dict[UUID, tuple[int, int]]:
    """Rank and number of each of these candidatures that counts, in one query."""
    offres = {candidature.offre_id for candidature in candidatures}
    demandees = {candidature.pk for candidature in candidatures}
    ordre = (F("points").desc(), F("demande__deposee_le").asc(), F("demande__numero_unique").asc())
    rangees = (
        qui_comptent()
        .filter(offre__in=offres)
        .annotate(
            points=total(bareme, jour),
            rang_du_jour=Window(RowNumber(), partition_by="offre", order_by=ordre),
            nombre_du_jour=Window(Count("*"), partition_by="offre"),
        )
    )
    lignes = rangees.values_list("pk", "rang_du_jour", "nombre_du_jour")
    return {pk: (rang, nombre) for pk, rang, nombre in lignes if pk in demandees}
