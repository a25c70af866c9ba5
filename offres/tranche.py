"""One page of one tab, with how many offers fit in each tab, in one prepared query (guide #5).

The offers that fit in the three zones are some hundreds: they are found, counted and sorted in the index of open offers
alone, which has all that this takes; of their rows, only the twenty to show are read.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, Q, Value, When
from django.db.models.expressions import RawSQL

from alin.preparees import Preparee, parametre
from demandes.models import Zones
from offres.filtres import Filtres
from offres.models import Offre
from offres.recherche import Criteres, Lieux, Onglet, convient, lieu
from offres.une_offre import DE_LA_COMMUNE, offre_lue

PLACES_DES_LIEUX = Lieux(*(parametre(nom) for nom in Lieux.__dataclass_fields__))
PLACES_DES_CRITERES = Criteres(*(parametre(nom) for nom in Criteres.__dataclass_fields__))


PAR_PAGE = 20
D_UNE_CARTE = [
    *("id", "reference", "reservee_a_id", "commune_id", "code_postal", "nature", "typologie", "surface", "etage"),
    *("nombre_etages", "annee_construction", "ascenseur", "accessible_pmr", "balcon", "jardin", "stationnement"),
    *("commerce", "loyer_charges_comprises", "financement", "dpe", "disponible_le", "publiee_le", "date_limite"),
    "photo",
]
"""What a card prints, its drawing shows and the rules read; the rest of an offer is for its own page."""


class Tranche(NamedTuple):
    """`comptes`: the offers that fit in each tab, filters aside; `nombre`: those of this tab that pass the filters.

    `files`: how many candidatures each offer has received.
    """

    comptes: dict[Onglet, int]
    nombre: int
    offres: list[Offre]
    files: dict[UUID, int]


@dataclass(frozen=True)
class Lecture:
    """What to read of a tab, with these filters."""

    onglet: Onglet
    filtres: Filtres
    jour: date
    zones: Zones
    criteres: Criteres

    def page(self, numero: int) -> tuple[Page[Offre], Tranche]:
        """That page, or the last one, and all that was read with it. In one query, but beyond the last page."""
        tranche = self._tranche(numero)
        if numero > 1 and not tranche.offres:
            numero = max(1, -(-tranche.nombre // PAR_PAGE))
            tranche = self._tranche(numero)
        paginateur = Paginator(tranche.offres, PAR_PAGE)
        paginateur.count = tranche.nombre
        return Page(tranche.offres, numero, paginateur), tranche

    def _tranche(self, numero: int) -> Tranche:
        valeurs, filtres = self.filtres.valeurs, self.filtres
        requete = _requete(self.onglet, tuple(valeurs), filtres.hauteur, filtres.ordre, (numero - 1) * PAR_PAGE)
        lignes = requete.lire(jour=self.jour, **vars(Lieux.de(self.zones)), **vars(self.criteres), **valeurs)
        *comptes, nombre = lignes[0][:NOMBRES]
        montrees = [ligne[NOMBRES:] for ligne in lignes if ligne[NOMBRES + 1]]
        offres = [offre_lue(ligne[1:], D_UNE_CARTE) for ligne in montrees]
        files = {ligne[1]: ligne[0] for ligne in montrees}
        return Tranche(dict(zip(Onglet, comptes, strict=True)), nombre, offres, files)


NOMBRES = len(Onglet) + 1


@lru_cache(maxsize=500)
def _requete(onglet: Onglet, filtres: tuple[str, ...], hauteur: Q, ordre: tuple[str, ...], debut: int) -> Preparee:
    """Filters are few: each process soon knows the SQL of all that people ask."""
    onglets, retenue = list(Onglet), Q(hauteur, **{nom: parametre(nom) for nom in filtres})
    *premiers, dernier = enumerate(onglets)
    convenant = Offre.objects.ouvertes(parametre("jour")).aux_alentours(PLACES_DES_LIEUX)
    convenant = convenant.filter(convient(PLACES_DES_CRITERES)).annotate(
        onglet=Case(
            *(When(lieu(chacun, PLACES_DES_LIEUX), then=Value(n)) for n, chacun in premiers), default=Value(dernier[0])
        ),
        retenue=Case(When(retenue, then=Value(1)), default=Value(0)) if retenue else Value(1),
    )
    tri = [colonne.removeprefix("-") for colonne in ordre]
    places = {
        "ici": f"onglet = {onglets.index(onglet)} AND retenue = 1",
        "comptes": ", ".join(f"count(*) FILTER (WHERE onglet = {n})" for n in range(len(onglets))),
        "tri": ", ".join(tri),
        "ordre": ", ".join(f"trouvees.{nom} {'DESC' if f'-{nom}' in ordre else 'ASC'}" for nom in tri),
        "par_page": PAR_PAGE,
        "debut": debut,
        "lues": ", ".join(_noms("offre", D_UNE_CARTE) + _noms("commune", DE_LA_COMMUNE)),
        "file": _file(),
    }
    return Preparee(convenant.order_by().values_list("id", "onglet", "retenue", *tri), SQL % places)


@cache
def _file() -> str:
    """How many candidatures an offer has received: only their own app knows which count."""
    candidatures: Any = Offre._meta.get_field("candidatures").related_model
    file = candidatures.objects.dans_la_file().filter(offre=RawSQL("trouvees.id", ())).order_by()
    return Preparee(file.values("offre").annotate(n=Count("demande", distinct=True)).values_list("n")).sql


def _noms(table: str, noms: list[str]) -> list[str]:
    return [f'{table}."{nom}"' for nom in noms]


SQL = """
WITH trouvees AS MATERIALIZED ({}),
comptes AS (SELECT %(comptes)s, count(*) FILTER (WHERE %(ici)s) FROM trouvees),
montrees AS (
    SELECT id, %(tri)s FROM trouvees WHERE %(ici)s ORDER BY %(ordre)s LIMIT %(par_page)s OFFSET %(debut)s
)
SELECT comptes.*, coalesce((%(file)s), 0), %(lues)s, ville.nom
FROM comptes
LEFT JOIN montrees AS trouvees ON TRUE
LEFT JOIN offres_offre AS offre ON offre.id = trouvees.id
LEFT JOIN demandes_commune AS commune ON commune.code = offre.commune_id
LEFT JOIN demandes_commune AS ville ON ville.code = commune.parent_id
ORDER BY %(ordre)s
"""
"""Around the offers that fit: each is looked at once, counted in its tab, and kept if it passes the filters."""
