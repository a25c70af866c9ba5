"""What the top of every page tells its reader: an address that takes no mail, texts that changed. In one query.

Or in none: a page that reads its reader's own row asks for `signaux` with it, and gives them to `retenir`.
"""

from functools import cache
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Acceptation, Courriel, Role, Texte, User
from accounts.mur import par_la_porte
from alin.preparees import Preparee, parametre

RETENUS = "_signaux"
"""Where a user object keeps what was read with it."""


class Bandeaux(NamedTuple):
    """`courriel_refuse`: a mail to this address was refused one day; others may have arrived since."""

    courriel_refuse: bool
    textes: list[Texte]


def bandeaux_de(user: User) -> Bandeaux:
    """What to look at for this person; a query more only when there is a text to name."""
    refuse, textes = vars(user).get(RETENUS) or _lus(user)
    return Bandeaux(refuse, _a_connaitre(user, textes) if textes and user.role == Role.DEMANDEUR else [])


def _a_connaitre(user: User, cles: list[int]) -> list[Texte]:
    """Each with `a_change`: whether this person accepted another version before."""
    autre = Acceptation.objects.filter(personne=user, texte__code=OuterRef("code"))
    return list(Texte.objects.filter(pk__in=cles).annotate(a_change=Exists(autre)).order_by("code"))


def signaux(personne: str = "") -> list[Any]:
    """Two columns for a query in which `personne` leads to the reader; its `jour` is today."""
    refuses = Courriel.objects.filter(destinataire=OuterRef(f"{personne}email")).exclude(refuse_le=None).order_by()
    textes = Texte.objects.a_connaitre(OuterRef(f"{personne}pk"), parametre("jour"))
    return [Exists(refuses), ArraySubquery(textes.values("pk"))]


def retenir(user: User, lus: list[Any]) -> None:
    """`lus`: those two columns. They are true for the time of this request, as its `user` is."""
    vars(user)[RETENUS] = lus


@par_la_porte()
def _lus(user: User) -> tuple[Any, ...]:
    lignes = _requete().lire(user=user.pk, jour=timezone.localdate())
    return lignes[0] if lignes else (False, [])


@cache
def _requete() -> Preparee:
    return Preparee(User.objects.filter(pk=parametre("user")).values_list(*signaux()))
