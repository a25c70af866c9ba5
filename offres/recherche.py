"""Which offers one sees: the queries behind the three tabs (guide #5).

`convenant_a` says in SQL what `eligibilite.examiner` says in Python, from the same tables; a test proves them equal.
"""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from accounts.models import User
from demandes.models import Demande, Zones

if TYPE_CHECKING:
    from offres.eligibilite import Foyer
    from offres.models import Offre  # noqa: F401  (named in a string)
    from offres.plafonds import Bareme


class Onglet(models.TextChoices):
    """The guide's three tabs, in its order."""

    DEMANDEES = "demandees", "Communes demandées"
    LIMITROPHES = "limitrophes", "Communes limitrophes"
    DEPARTEMENT = "departement", "Autres communes du département"

    @classmethod
    def lu(cls, valeur: str) -> "Onglet":
        """The tab asked for in an address; at first, and for nonsense, that of the communes asked for."""
        return cls(valeur) if valeur in cls.values else cls.DEMANDEES

    @classmethod
    def de_la_commune(cls, code: str, zones: Zones) -> "Onglet":
        """The one tab in which the offers of a commune of these zones are."""
        if code in zones.demandees:
            return cls.DEMANDEES
        return cls.LIMITROPHES if code in zones.limitrophes else cls.DEPARTEMENT


class OffreQuerySet(models.QuerySet["Offre"]):
    def parues(self, jour: date) -> "OffreQuerySet":
        """Those that could be read by that day, closed ones included; without a rent, an offer is never shown."""
        return self.filter(publiee_le__lte=jour, loyer_charges_comprises__isnull=False)

    def ouvertes(self, jour: date) -> "OffreQuerySet":
        """Published, with a rent, and whose deadline has not passed on that day."""
        return self.parues(jour).filter(statut="publiee", date_limite__gte=jour)

    def visibles_pour(self, demande: Demande) -> "OffreQuerySet":
        """All but those reserved to a company that is not the applicant's; closed ones are still read."""
        entreprise = demande.emploi.entreprise if hasattr(demande, "emploi") else None
        return self.filter(Q(reservee_a=None) | Q(reservee_a=entreprise) if entreprise else Q(reservee_a=None))

    def visibles_par(self, personne: User, jour: date) -> "OffreQuerySet":
        """What this person may look at: all of them for the team, for an applicant those that his pages show."""
        if personne.has_perm("offres.view_offre"):
            return self.all()
        siennes = Demande.objects.filter(demandeur=personne, dossier_valide_le__isnull=False)
        demande = siennes.select_related("emploi").first()
        return self.parues(jour).visibles_pour(demande) if demande else self.none()

    def dans(self, onglet: Onglet, zones: Zones) -> "OffreQuerySet":
        """The offers of one tab; the three are exclusive."""
        return self.filter(_lieu(onglet, zones))

    def autour_de(self, zones: Zones) -> "OffreQuerySet":
        """The offers of the three tabs together."""
        lieux = [_lieu(onglet, zones) for onglet in Onglet]
        return self.filter(lieux[0] | lieux[1] | lieux[2])

    def convenant_a(self, foyer: "Foyer", bareme: "Bareme") -> "OffreQuerySet":
        """Those that this household may apply to."""
        return self.filter(_convient(foyer, bareme))

    def ne_convenant_pas_a(self, foyer: "Foyer", bareme: "Bareme") -> "OffreQuerySet":
        return self.exclude(_convient(foyer, bareme))

    def compter_par_onglet(self, zones: Zones, foyer: "Foyer", bareme: "Bareme") -> dict[Onglet, int]:
        """How many offers fit in each tab, in one query."""
        comptes = {onglet.value: Count("pk", filter=_lieu(onglet, zones)) for onglet in Onglet}
        return {Onglet(cle): nombre for cle, nombre in self.convenant_a(foyer, bareme).aggregate(**comptes).items()}

    def compter_par_commune(self) -> dict[str, int]:
        """How many offers are in each commune, those without any left out, in one query."""
        return dict(self.order_by().values_list("commune").annotate(nombre=Count("pk")))

    def pour_lecture(self) -> "OffreQuerySet":
        """With what a card prints."""
        return self.select_related("commune__parent", "commune__departement", "bailleur", "reservee_a")


def _lieu(onglet: Onglet, zones: Zones) -> Q:
    match onglet:
        case Onglet.DEMANDEES:
            return Q(commune__in=sorted(zones.demandees))
        case Onglet.LIMITROPHES:
            return Q(commune__in=sorted(zones.limitrophes))
        case Onglet.DEPARTEMENT:
            pris = sorted(zones.demandees | zones.limitrophes)
            return Q(commune__departement__in=sorted(zones.departements)) & ~Q(commune__in=pris)


def _convient(foyer: "Foyer", bareme: "Bareme") -> Q:
    """Typology, ceiling, effort and reservation: nothing among them blocks."""
    loyer_maximal = bareme.blocage * foyer.revenus // 100
    reservation = Q(reservee_a=None) | Q(reservee_a=foyer.entreprise_id) if foyer.entreprise_id else Q(reservee_a=None)
    return (
        Q(typologie__in=[str(typologie) for typologie in foyer.typologies])
        & _sous_les_plafonds(foyer, bareme)
        & Q(loyer_charges_comprises__lte=loyer_maximal)
        & reservation
    )


def _sous_les_plafonds(foyer: "Foyer", bareme: "Bareme") -> Q:
    """Where a ceiling is known, the income must not pass it; where none is, an adviser will look."""
    if foyer.rfr is None:
        return Q()
    fermees = Q(pk__in=[])
    ouvertes = set(bareme.zones_ouvertes(foyer.rfr, foyer.categorie, foyer.personnes_en_plus))
    for financement, zone, categorie in bareme.plafonds:
        if categorie == foyer.categorie and (financement, zone) not in ouvertes:
            lieu = Q(commune__zone_abc=zone) if financement == "LLI" else Q(commune__zone=zone)
            fermees |= Q(financement=financement) & lieu & ~Q(commune__departement__code__startswith="97")
    return ~fermees
