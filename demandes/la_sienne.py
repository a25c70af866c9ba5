"""The demand of whoever is signed in, with all that its pages read of it, in one query."""

from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery

from accounts.models import Entreprise, User
from alin.preparees import Preparee, colonnes, instance, parametre
from demandes.models import Commune, Demande, Emploi, Souhait, TableDeReference, Voisinage, Zones

DE_LA_DEMANDE, DE_L_EMPLOI = colonnes(Demande), colonnes(Emploi)


def demande_de(user: User, *, verrouillee: bool = False) -> Demande | None:
    """With its employer, that employer's company, its zones, and `reperes`: when each reference table last changed.

    `verrouillee`: ours until the transaction under way commits.
    """
    for ligne in _requete(SIENNE_SEULE if verrouillee else "{}").lire(user=user.pk):
        suite = iter(ligne)
        demande = instance(Demande, DE_LA_DEMANDE, _prendre(suite, DE_LA_DEMANDE))
        emploi = _prendre(suite, DE_L_EMPLOI)
        entreprise, souhaites, arrondissements, voisines, voisines_des_arrondissements, departements, reperes = suite
        demande.demandeur = user
        _rattacher(demande, emploi, entreprise)
        demandees = frozenset(souhaites) | frozenset(arrondissements)
        limitrophes = (frozenset(voisines) | frozenset(voisines_des_arrondissements)) - demandees
        demande.zones = Zones(demandees, limitrophes, frozenset(departements))
        demande.reperes = tuple(reperes)
        return demande
    return None


def _prendre(suite: Any, noms: list[str]) -> tuple[Any, ...]:
    return tuple(next(suite) for _ in noms)


def _rattacher(demande: Demande, valeurs: tuple[Any, ...], entreprise: Any) -> None:
    """A demand without an employer knows it: it does not ask again."""
    if valeurs[0] is None:
        demande._state.fields_cache["emploi"] = None
        return
    emploi = instance(Emploi, DE_L_EMPLOI, valeurs)
    emploi.entreprise_id = entreprise
    emploi.demande = demande


SIENNE_SEULE = "{} FOR UPDATE OF demandes_demande"


@cache
def _requete(autour: str) -> Preparee:
    souhaits = Souhait.objects.filter(demande=OuterRef("pk")).order_by()
    arrondissements = Commune.objects.filter(parent__souhait__demande=OuterRef("pk")).order_by()
    voisinages = Voisinage.objects.order_by()
    entreprise = Entreprise.objects.filter(siret=OuterRef("emploi__siret")).exclude(siret="").order_by()
    return Preparee(
        Demande.objects.filter(demandeur=parametre("user"))
        .order_by()
        .values_list(
            *DE_LA_DEMANDE,
            *(f"emploi__{nom}" for nom in DE_L_EMPLOI),
            Subquery(entreprise.values("pk")[:1]),
            ArraySubquery(souhaits.values("commune_id")),
            ArraySubquery(arrondissements.values("code")),
            ArraySubquery(voisinages.filter(commune__souhait__demande=OuterRef("pk")).values("voisine_id")),
            ArraySubquery(voisinages.filter(commune__parent__souhait__demande=OuterRef("pk")).values("voisine_id")),
            ArraySubquery(souhaits.values("commune__departement_id")),
            ArraySubquery(TableDeReference.objects.order_by("nom").values("chargee_le")),
        ),
        autour,
    )
