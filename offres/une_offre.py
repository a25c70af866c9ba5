"""An offer with its commune, made from a row without Django's constructors, and read alone in one prepared query."""

from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from alin.preparees import Preparee, colonnes, instance, parametre
from demandes.models import Commune, Demande
from offres.models import Offre

DE_L_OFFRE = colonnes(Offre, sauf=("description", "departement", "case_de_plafond"))
DE_LA_COMMUNE = colonnes(Commune, sauf=("codes_postaux", "population", "latitude", "longitude"))
COLONNES = (*DE_L_OFFRE, *(f"commune__{nom}" for nom in DE_LA_COMMUNE), "commune__parent__nom")


def offre_lue(valeurs: tuple[Any, ...], noms: list[str] = DE_L_OFFRE) -> Offre:
    """The offer of a row that has these columns, those of its commune, then the city that is a district of."""
    fin = len(noms)
    offre = instance(Offre, noms, valeurs[:fin])
    offre._state.fields_cache["commune"] = _commune(valeurs[fin:])
    return offre


@lru_cache(maxsize=5_000)
def _commune(valeurs: tuple[Any, ...]) -> Commune:
    """Shared by the offers of a place, and never out of date: it is known by all its values. Nobody writes to it."""
    *champs, ville = valeurs
    commune = instance(Commune, DE_LA_COMMUNE, tuple(champs))
    commune.parent = Commune(code=commune.parent_id, nom=ville) if commune.parent_id else None
    return commune


def offre_visible(pk: UUID, demande: Demande) -> Offre | None:
    """This offer, if the pages of this applicant may show it (`OffreQuerySet.visibles_pour`)."""
    entreprise = demande.emploi.entreprise_id if hasattr(demande, "emploi") else None
    return _seule(_visible().lire(pk=pk, entreprise=entreprise))


def offre_retenue(pk: UUID) -> Offre:
    """The offer as it is now, kept from being withdrawn until we commit; many may hold it at once.

    Raises Offre.DoesNotExist.
    """
    if (offre := _seule(_retenue().lire(pk=pk))) is None:
        raise Offre.DoesNotExist
    return offre


def _seule(lignes: list[tuple[Any, ...]]) -> Offre | None:
    return offre_lue(lignes[0]) if lignes else None


@cache
def _visible() -> Preparee:
    visibles = Offre.objects.reservees_au_plus_a(parametre("entreprise")).filter(pk=parametre("pk")).order_by()
    return Preparee(visibles.values_list(*COLONNES))


@cache
def _retenue() -> Preparee:
    offre = Offre.objects.filter(pk=parametre("pk")).order_by()
    return Preparee(offre.values_list(*COLONNES), "{} FOR SHARE OF offres_offre")
