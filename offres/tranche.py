"""One page of one tab, with how many offers fit in each tab, in one prepared query (guide #5).

The offers that fit in the three zones are a few hundred at most: they are read in the index of open offers, counted
where they stand, and the twenty to show come first.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, Q, Value, Window
from django.db.models.expressions import When

from alin.preparees import Preparee, colonnes, instance, parametre
from demandes.models import Commune, Zones
from offres.filtres import Filtres
from offres.models import Offre
from offres.recherche import Criteres, Lieux, Onglet, convient, lieu

DE_L_OFFRE = colonnes(Offre, sauf=("description",))
DE_LA_COMMUNE = colonnes(Commune, sauf=("codes_postaux", "population", "latitude", "longitude"))
PLACES_DES_LIEUX = Lieux(*(parametre(nom) for nom in Lieux.__dataclass_fields__))
PLACES_DES_CRITERES = Criteres(*(parametre(nom) for nom in Criteres.__dataclass_fields__))


PAR_PAGE = 20


class Tranche(NamedTuple):
    """`comptes`: the offers that fit in each tab, filters aside; `nombre`: those of this tab that pass the filters."""

    comptes: dict[Onglet, int]
    nombre: int
    offres: list[Offre]


@dataclass(frozen=True)
class Lecture:
    """What to read of a tab, with these filters."""

    onglet: Onglet
    filtres: Filtres
    jour: date
    zones: Zones
    criteres: Criteres

    def page(self, numero: int) -> tuple[Page[Offre], dict[Onglet, int]]:
        """That page, or the last one; and the counts of the tabs. In one query, but beyond the last page."""
        tranche = self._tranche(numero)
        if numero > 1 and not tranche.offres:
            nombre = self._tranche(1).nombre
            numero = max(1, -(-nombre // PAR_PAGE))
            tranche = self._tranche(numero)
        paginateur = Paginator(tranche.offres, PAR_PAGE)
        paginateur.count = tranche.nombre
        return Page(tranche.offres, numero, paginateur), tranche.comptes

    def _tranche(self, numero: int) -> Tranche:
        """The counts are zero beyond the last page of all."""
        valeurs, filtres = self.filtres.valeurs, self.filtres
        requete = _requete(self.onglet, tuple(valeurs), filtres.hauteur, filtres.ordre, (numero - 1) * PAR_PAGE)
        lignes = requete.lire(jour=self.jour, **vars(Lieux.de(self.zones)), **vars(self.criteres), **valeurs)
        if not lignes:
            return Tranche(dict.fromkeys(Onglet, 0), 0, [])
        *comptes, nombre = lignes[0][:NOMBRES]
        offres = [_offre(ligne[NOMBRES + 1 :]) for ligne in lignes if ligne[NOMBRES]]
        return Tranche(dict(zip(Onglet, comptes, strict=True)), nombre, offres)


NOMBRES = len(Onglet) + 1


def _offre(valeurs: tuple[Any, ...]) -> Offre:
    fin = len(DE_L_OFFRE)
    offre = instance(Offre, DE_L_OFFRE, valeurs[:fin])
    *champs, ville = valeurs[fin:]
    offre.commune = instance(Commune, DE_LA_COMMUNE, tuple(champs))
    if offre.commune.parent_id:
        offre.commune.parent = Commune(code=offre.commune.parent_id, nom=ville)
    else:
        offre.commune.parent = None
    return offre


@lru_cache(maxsize=500)
def _requete(onglet: Onglet, filtres: tuple[str, ...], hauteur: Q, ordre: tuple[str, ...], debut: int) -> Preparee:
    """Filters are few: each process soon knows the SQL of all that people ask."""
    ici = lieu(onglet, PLACES_DES_LIEUX) & Q(hauteur, **{nom: parametre(nom) for nom in filtres})
    a_compter = [*(lieu(chacun, PLACES_DES_LIEUX) for chacun in Onglet), ici]
    offres = Offre.objects.ouvertes(parametre("jour")).aux_alentours(PLACES_DES_LIEUX)
    offres = offres.filter(convient(PLACES_DES_CRITERES)).annotate(
        ici=Case(When(ici, then=Value(1)), default=Value(0)),
        **{f"nombre_{n}": Window(Count("pk", filter=compte)) for n, compte in enumerate(a_compter)},
    )
    lues = offres.order_by(F("ici").desc(), *ordre).values_list(
        *(f"nombre_{n}" for n in range(NOMBRES)),
        "ici",
        *DE_L_OFFRE,
        *(f"commune__{nom}" for nom in DE_LA_COMMUNE),
        "commune__parent__nom",
    )
    return Preparee(lues[debut : debut + PAR_PAGE])
