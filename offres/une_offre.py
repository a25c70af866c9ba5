"""An offer with its commune, made from a row without Django's constructors, and read alone in one prepared query."""

from functools import cache
from typing import Any
from uuid import UUID

from alin.preparees import Preparee, colonnes, instance, parametre
from demandes.models import Commune, Demande
from offres.models import Offre

DE_L_OFFRE = colonnes(Offre, sauf=("description",))
DE_LA_COMMUNE = colonnes(Commune, sauf=("codes_postaux", "population", "latitude", "longitude"))
COLONNES = (*DE_L_OFFRE, *(f"commune__{nom}" for nom in DE_LA_COMMUNE), "commune__parent__nom")


def offre_lue(valeurs: tuple[Any, ...]) -> Offre:
    """The offer of a row that has these columns, then the name of the city its commune is a district of."""
    fin = len(DE_L_OFFRE)
    offre = instance(Offre, DE_L_OFFRE, valeurs[:fin])
    *champs, ville = valeurs[fin:]
    offre.commune = instance(Commune, DE_LA_COMMUNE, tuple(champs))
    if offre.commune.parent_id:
        offre.commune.parent = Commune(code=offre.commune.parent_id, nom=ville)
    else:
        offre.commune.parent = None
    return offre


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
