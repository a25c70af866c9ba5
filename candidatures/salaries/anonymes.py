"""How many employees of a company look for a dwelling on AL'in, whether or not they gave it their leave: counts alone.

Nobody must be found by subtraction. A company counts from `SEUIL` people, and only if those among them whom the agent
does not see by name are `SEUIL` too: else what he knows of the others would tell about them. Several small companies do
not make a large one. All the situations, or none: one that is missing would be the total less the others.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Entreprise
from accounts.mur import par_la_porte
from candidatures.models import Candidature
from candidatures.statuts import Statut
from demandes.models import Demande

LONGUEUR_DU_SIREN = 9
SEUIL = 11
"""« Anonymous figures for a company only above 10 people. »"""
EN_COURS = "ont une candidature en cours"
LOGEES = "ont signé un bail grâce à AL’in"
SANS = "cherchent, sans candidature en cours"


class Situation(NamedTuple):
    libelle: str
    nombre: int


Comptes = dict[str, list[int]]
"""For each situation of a company, how many people, and how many of them the agent does not see by name."""


class Anonymes(NamedTuple):
    """`total` is None below the threshold, `situations` empty."""

    total: int | None
    situations: list[Situation]


@par_la_porte()
def anonymes(entreprises: Iterable[Entreprise], visibles: "QuerySet[Demande]") -> Anonymes:
    """Of the demands whose declared employer is one of these, in one query, by the door: counts alone come out.

    `visibles`: those seen by name.
    """
    sirets = [entreprise.siret for entreprise in entreprises]
    siennes = Candidature.objects.filter(demande=OuterRef("pk")).order_by()
    nommee = Q(pk__in=visibles.order_by().values("pk"))
    lues = (
        Demande.objects.filter(emploi__siret__in=sirets, emploi__valide_le__isnull=False, radiee_le=None)
        .annotate(en_cours=Exists(siennes.actives()), logee=Exists(siennes.filter(statut=Statut.BAIL_SIGNE)))
        .order_by()
        .values("emploi__siret", "en_cours", "logee")
        .annotate(nombre=Count("pk"), sans_nom=Count("pk", filter=~nommee))
    )
    comptes: dict[str, Comptes] = defaultdict(lambda: {SANS: [0, 0], EN_COURS: [0, 0], LOGEES: [0, 0]})
    for groupe in lues:
        libelle = EN_COURS if groupe["en_cours"] else LOGEES if groupe["logee"] else SANS
        compte = comptes[groupe["emploi__siret"][:LONGUEUR_DU_SIREN]][libelle]
        compte[0] += groupe["nombre"]
        compte[1] += groupe["sans_nom"]
    return publier(comptes.values())


def publier(entreprises: Iterable[Comptes]) -> Anonymes:
    """The sum of the companies that are large enough, each with its situations."""
    grandes = [comptes for comptes in entreprises if min(map(sum, zip(*comptes.values(), strict=True))) >= SEUIL]
    if not grandes:
        return Anonymes(None, [])
    situations = [Situation(libelle, sum(comptes[libelle][0] for comptes in grandes)) for libelle in grandes[0]]
    total = sum(situation.nombre for situation in situations)
    petite = any(min(compte) < SEUIL for comptes in grandes for compte in comptes.values())
    return Anonymes(total, [] if petite else situations)
