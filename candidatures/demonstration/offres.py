"""Loading the dwellings of the demonstration; those nobody has applied to follow the calendar at each start."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F
from django.utils.text import slugify

from accounts.models import Entreprise
from candidatures.demonstration import lieux
from candidatures.demonstration.comptes import LOIRE_OCEAN, RHONE, VAUBAN, Societe
from candidatures.demonstration.lieux import Lieu, Marche
from candidatures.demonstration.lieux_regions import LIEUX
from candidatures.demonstration.logements import Champs, logement
from demandes.models import Commune
from offres.models import Bailleur, Offre, StatutOffre
from offres.recherche import OffreQuerySet

BAILLEURS: dict[Marche, tuple[tuple[str, str, int], ...]] = {
    lieux.PARIS: (
        ("Les Toits du Levant", "Paris", 35),
        ("La Maison Claire", "Paris", 28),
        ("Foyers de la Lanterne", "Paris", 42),
    ),
    lieux.COURONNE: (
        ("Logis du Canal", "Pantin", 25),
        ("Habitat des Deux Moulins", "Créteil", 30),
        ("Les Toits du Levant", "Paris", 35),
    ),
    lieux.LYON: (("Demeures du Confluent", "Lyon", 30), ("Toits des Traboules", "Lyon", 21)),
    lieux.MARSEILLE: (("Bastides et Calanques", "Marseille", 40), ("Le Mas partagé", "Aubagne", 30)),
    lieux.LILLE: (("Briques et Jardins", "Lille", 28), ("Foyers du Beffroi", "Roubaix", 33)),
    lieux.OUEST: (("Les Ardoises bleues", "Rennes", 24), ("Maisons de l’Embouchure", "Nantes", 26)),
    lieux.BREST: (("Ti Mor Logement", "Brest", 20),),
    lieux.TOULOUSE: (("La Tuile rose", "Toulouse", 30),),
    lieux.BOURG: (("Le Clos commun", "Le Mans", 18),),
}
"""Invented owners: name, seat, usual days to answer."""
CLIENTES: dict[Marche, Societe] = {
    lieux.PARIS: VAUBAN,
    lieux.COURONNE: VAUBAN,
    lieux.LILLE: VAUBAN,
    lieux.LYON: RHONE,
    lieux.OUEST: LOIRE_OCEAN,
    lieux.BREST: LOIRE_OCEAN,
}
"""The company some dwellings of a market are reserved to."""


@dataclass(frozen=True)
class Calendrier:
    """Days from today; negative ones are past."""

    publiee: int
    limite: int
    disponible: int
    statut: StatutOffre = StatutOffre.PUBLIEE

    @classmethod
    def de(cls, reference: str) -> "Calendrier":
        """Most are open; one in twelve is over: expired, let or withdrawn."""
        hasard = random.Random(f"{reference} : dates")  # noqa: S311
        disponible = hasard.randint(14, 56)
        sort = hasard.randrange(100)
        if sort >= 8:
            return cls(-hasard.randint(1, 6), hasard.randint(1, 10), disponible)
        statut = StatutOffre.PLACEE if sort < 3 else StatutOffre.RETIREE if sort < 5 else StatutOffre.PUBLIEE
        return cls(-hasard.randint(12, 20), -hasard.randint(2, 6), disponible, statut)

    def poser(self, offre: Offre, jour: date) -> None:
        """Date the offer from that day. The right to designate outlives the deadline by three weeks."""
        offre.publiee_le = jour + timedelta(days=self.publiee)
        offre.date_limite = jour + timedelta(days=self.limite)
        offre.disponible_le = jour + timedelta(days=self.disponible)
        offre.designation_jusqu_au = jour + timedelta(days=self.limite + 21)


def charger_les_offres(jour: date) -> None:
    """Create what is missing; date again what nobody has applied to."""
    fabrique = Fabrique()
    references = dict(_catalogue())
    existantes = set(Offre.objects.filter(reference__in=references).values_list("reference", flat=True))
    Offre.objects.bulk_create(
        fabrique.offre(lieu, logement(lieu, reference), Calendrier.de(reference), jour)
        for reference, lieu in references.items()
        if reference not in existantes
    )
    _redater(Offre.objects.filter(reference__in=existantes, candidatures=None), jour)


def _redater(libres: OffreQuerySet, jour: date) -> None:
    """Move all the dates of an offer by the days that have passed since it was last dated: one query a shift."""
    retards: dict[timedelta, list[UUID]] = {}
    for pk, reference, publiee_le in libres.values_list("pk", "reference", "publiee_le"):
        retard = jour + timedelta(days=Calendrier.de(reference).publiee) - publiee_le
        retards.setdefault(retard, []).append(pk)
    retards.pop(timedelta(), None)
    for retard, pks in retards.items():
        Offre.objects.filter(pk__in=pks).update(
            **{
                date_: F(date_) + retard
                for date_ in ("publiee_le", "date_limite", "disponible_le", "designation_jusqu_au")
            }
        )


def _catalogue() -> Iterator[tuple[str, Lieu]]:
    for lieu in LIEUX:
        for rang in range(1, lieu.nombre + 1):
            yield f"{lieu.code}-{rang:03d}", lieu


class Fabrique:
    """Turns the columns of a dwelling into an `Offre`, with its commune, owner and company."""

    def __init__(self) -> None:
        noms = {nom: (ville, delai) for bailleurs in BAILLEURS.values() for nom, ville, delai in bailleurs}
        Bailleur.objects.bulk_create(
            [
                Bailleur(nom=nom, ville=ville, delai_reponse=delai, courriel=f"dossiers@{slugify(nom)}.example")
                for nom, (ville, delai) in noms.items()
            ],
            ignore_conflicts=True,
        )
        self.bailleurs = {bailleur.nom: bailleur for bailleur in Bailleur.objects.filter(nom__in=noms)}
        self.communes = Commune.objects.select_related("parent").in_bulk([lieu.code for lieu in LIEUX])
        self.entreprises = {entreprise.siret: entreprise for entreprise in Entreprise.objects.all()}

    def offre(
        self, lieu: Lieu, champs: Champs, calendrier: Calendrier, jour: date, *, reservable: bool = True
    ) -> Offre:
        """Unsaved."""
        hasard = random.Random(f"{champs['reference']} : le reste")  # noqa: S311
        commune = self.communes[lieu.code]
        nom, _, _ = hasard.choice(BAILLEURS[lieu.marche])
        offre = Offre(
            **champs,
            commune=commune,
            code_postal=commune.codes_postaux[0],
            bailleur=self.bailleurs[nom],
            statut=calendrier.statut,
            diagnostic_le=_diagnostic_le(hasard, champs) if champs["dpe"] else None,
        )
        if commune.latitude is not None and commune.longitude is not None and hasard.random() < 0.85:
            offre.latitude = round(commune.latitude + hasard.uniform(-0.004, 0.004), 5)
            offre.longitude = round(commune.longitude + hasard.uniform(-0.006, 0.006), 5)
        if reservable and lieu.marche in CLIENTES and hasard.random() < 0.06:
            offre.reservee_a = self.entreprises[CLIENTES[lieu.marche].siret]
        calendrier.poser(offre, jour)
        return offre


def _diagnostic_le(hasard: random.Random, champs: Champs) -> date:
    """After the building, and since the DPE of 1 July 2021."""
    depart = max(date(2021, 7, 1), date(champs["annee_construction"] + 1, 1, 1))
    return depart + timedelta(days=hasard.randint(0, 400))
