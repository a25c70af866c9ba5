"""The demand of whoever is signed in, with all that its pages read of it, in one query."""

from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from accounts import bandeaux
from accounts.models import Entreprise, User
from alin.preparees import Preparee, colonnes, instance, parametre
from demandes.contours import departement_de
from demandes.models import Commune, Demande, Emploi, Souhait, TableDeReference, Voisinage, Zones

DE_LA_DEMANDE, DE_L_EMPLOI = colonnes(Demande), colonnes(Emploi)


def demande_de(user: User, *, verrouillee: bool = False) -> Demande | None:
    """With its employer, that employer's company, its zones, and `reperes`: when each reference table last changed.

    What the top of the page tells this person comes with it.

    `verrouillee`: ours until the transaction under way commits.
    """
    requete = _requete(SIENNE_SEULE if verrouillee else "{}")
    for ligne in requete.lire(user=user.pk, jour=timezone.localdate()):
        suite = iter(ligne)
        demande = instance(Demande, DE_LA_DEMANDE, _prendre(suite, DE_LA_DEMANDE))
        emploi = _prendre(suite, DE_L_EMPLOI)
        entreprise, souhaites, arrondissements, voisines, voisines_des_arrondissements, reperes, *lus = suite
        bandeaux.retenir(user, lus)
        demande.demandeur = user
        _rattacher(demande, emploi, entreprise)
        demandees = frozenset(souhaites) | frozenset(arrondissements)
        limitrophes = (frozenset(voisines) | frozenset(voisines_des_arrondissements)) - demandees
        demande.zones = Zones(demandees, limitrophes, frozenset(map(departement_de, demandees)))
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
    voisines = Voisinage.objects.order_by().values("voisine_id")
    entreprise = Entreprise.objects.filter(siret=OuterRef("emploi__siret")).exclude(siret="").order_by()
    return Preparee(
        Demande.objects.filter(demandeur=parametre("user"))
        .order_by()
        .values_list(
            *DE_LA_DEMANDE,
            *(f"emploi__{nom}" for nom in DE_L_EMPLOI),
            Subquery(entreprise.values("pk")[:1]),
            _souhaitees(1),
            _arrondissements(1),
            ArraySubquery(voisines.filter(commune__code__parmi=_souhaitees(2))),
            ArraySubquery(voisines.filter(commune__code__parmi=_arrondissements(2))),
            ArraySubquery(TableDeReference.objects.order_by("nom").values("chargee_le")),
            *bandeaux.signaux("demandeur__"),
        ),
        autour,
    )


def _souhaitees(profondeur: int) -> ArraySubquery:
    """The codes of the communes asked for, in a subquery so many levels under the demand."""
    demande: Any = "pk"
    for _ in range(profondeur):
        demande = OuterRef(demande)
    return ArraySubquery(Souhait.objects.filter(demande=demande).order_by().values("commune_id"))


def _arrondissements(profondeur: int) -> ArraySubquery:
    """Those of the cities among them."""
    dedans = Commune.objects.filter(parent__code__parmi=_souhaitees(profondeur + 1)).order_by()
    return ArraySubquery(dedans.values("code"))
