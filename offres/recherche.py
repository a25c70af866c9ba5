"""Which offers one sees: the queries behind the three tabs (guide #5).

`convenant_a` says in SQL what `eligibilite.examiner` says in Python, from the same tables; a test proves them equal.
What changes from one household to the next is a value, never the shape of the SQL, so that the list's query can be
prepared once (`alin.preparees`).
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Q

from accounts.models import Entreprise, Role, User
from alin import preparees as preparees  # its lookups `parmi…`
from demandes.contours import departement_de
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


@dataclass(frozen=True)
class Lieux:
    """The zones as the queries read them: INSEE and département codes, or the places of theirs in a prepared query.

    `alentours`: the départements of all three zones, the third being those of `departements`.
    """

    demandees: Any
    limitrophes: Any
    departements: Any
    alentours: Any

    @classmethod
    def de(cls, zones: Zones) -> "Lieux":
        alentours = zones.departements.union(map(departement_de, zones.limitrophes))
        return cls(list(zones.demandees), list(zones.limitrophes), list(zones.departements), list(alentours))


@dataclass(frozen=True)
class Criteres:
    """What an offer must be for a household, as the queries read it (or the places of it in a prepared query).

    `fermes`: the « financement:zone » whose ceiling its income passes. Where a ceiling is not known, an adviser looks.
    """

    typologies: Any
    loyer_maximal: Any
    fermes: Any
    entreprise: Any

    @classmethod
    def de(cls, foyer: "Foyer", bareme: "Bareme") -> "Criteres":
        ouverts = set(bareme.zones_ouvertes(foyer.rfr or 0, foyer.categorie, foyer.personnes_en_plus))
        fermes = [
            f"{financement}:{zone}"
            for financement, zone, categorie in bareme.plafonds
            if categorie == foyer.categorie and (financement, zone) not in ouverts
        ]
        typologies = [str(typologie) for typologie in foyer.typologies]
        return cls(typologies, bareme.blocage * foyer.revenus // 100, fermes, foyer.entreprise_id)


class OffreQuerySet(models.QuerySet["Offre"]):
    def parues(self, jour: Any) -> "OffreQuerySet":
        """Those that could be read by that day, closed ones included; without a rent, an offer is never shown."""
        return self.filter(publiee_le__lte=jour, loyer_charges_comprises__isnull=False)

    def ouvertes(self, jour: Any) -> "OffreQuerySet":
        """Published, with a rent, and whose deadline has not passed on that day."""
        return self.parues(jour).filter(statut="publiee", date_limite__gte=jour)

    def visibles_pour(self, demande: Demande) -> "OffreQuerySet":
        """All but those reserved to a company that is not the applicant's; closed ones are still read."""
        return self.reservees_au_plus_a(demande.emploi.entreprise_id if hasattr(demande, "emploi") else None)

    def reservees_au_plus_a(self, entreprise: Any) -> "OffreQuerySet":
        """Those for everybody, and those kept for this company."""
        return self.filter(_accessible(entreprise))

    def visibles_par(self, personne: User, jour: date) -> "OffreQuerySet":
        """What this person may look at: all of them for the team, for an applicant those that his pages show.

        For a company's agent, those that are for everybody, or kept for his company; once he has left it, none.
        """
        if personne.has_perm("offres.view_offre"):
            return self.all()
        if personne.role == Role.SERVICE_LOGEMENT:
            siennes = list(Entreprise.objects.suivies_par(personne).values_list("pk", flat=True))
            permises = Q(reservee_a=None) | Q(reservee_a__in=siennes)
            return self.parues(jour).filter(permises) if siennes else self.none()
        la_sienne = Demande.objects.filter(demandeur=personne, dossier_valide_le__isnull=False)
        demande = la_sienne.select_related("emploi").first()
        return self.parues(jour).visibles_pour(demande) if demande else self.none()

    def dans(self, onglet: Onglet, zones: Zones) -> "OffreQuerySet":
        """The offers of one tab; the three are exclusive."""
        lieux = Lieux.de(zones)
        return self.aux_alentours(lieux).filter(lieu(onglet, lieux))

    def autour_de(self, zones: Zones) -> "OffreQuerySet":
        """The offers of the three tabs together."""
        return self.aux_alentours(Lieux.de(zones))

    def aux_alentours(self, lieux: Lieux) -> "OffreQuerySet":
        """The same: one index has the open offers of a département."""
        ici = Q(departement__parmi=lieux.departements) | Q(commune__code__parmi_beaucoup=lieux.limitrophes)
        return self.filter(ici, departement__parmi=lieux.alentours)

    def convenant_a(self, foyer: "Foyer", bareme: "Bareme") -> "OffreQuerySet":
        """Those that this household may apply to."""
        return self.filter(convient(Criteres.de(foyer, bareme)))

    def ne_convenant_pas_a(self, foyer: "Foyer", bareme: "Bareme") -> "OffreQuerySet":
        return self.exclude(convient(Criteres.de(foyer, bareme)))

    def compter_par_onglet(self, zones: Zones, foyer: "Foyer", bareme: "Bareme") -> dict[Onglet, int]:
        """How many offers fit in each tab, in one query."""
        lieux = Lieux.de(zones)
        comptes = {onglet.value: Count("pk", filter=lieu(onglet, lieux)) for onglet in Onglet}
        trouves = self.aux_alentours(lieux).convenant_a(foyer, bareme).aggregate(**comptes)
        return {Onglet(cle): nombre for cle, nombre in trouves.items()}

    def compter_par_commune(self) -> dict[str, int]:
        """How many offers are in each commune, those without any left out, in one query."""
        return dict(self.order_by().values_list("commune").annotate(nombre=Count("pk")))

    def pour_lecture(self) -> "OffreQuerySet":
        """With what a card prints."""
        return self.select_related("commune__parent", "commune__departement", "bailleur", "reservee_a")


def lieu(onglet: Onglet, lieux: Lieux) -> Q:
    """Being in this tab, among the offers of the three."""
    demandee, limitrophe = Q(commune__code__parmi=lieux.demandees), Q(commune__code__parmi_beaucoup=lieux.limitrophes)
    match onglet:
        case Onglet.DEMANDEES:
            return demandee
        case Onglet.LIMITROPHES:
            return limitrophe
        case Onglet.DEPARTEMENT:
            return ~demandee & ~limitrophe


def convient(criteres: Criteres) -> Q:
    """Typology, ceiling, effort and reservation: nothing among them blocks."""
    return (
        Q(typologie__parmi=criteres.typologies)
        & Q(loyer_charges_comprises__lte=criteres.loyer_maximal)
        & ~Q(case_de_plafond__parmi=criteres.fermes)
        & _accessible(criteres.entreprise)
    )


def _accessible(entreprise: Any) -> Q:
    """Reserved to nobody, or to this company; None is nobody's."""
    return Q(reservee_a=None) if entreprise is None else Q(reservee_a=None) | Q(reservee_a=entreprise)
