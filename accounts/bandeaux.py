"""What the top of every page tells its reader: an address that takes no mail, texts that changed. In one query."""

from functools import cache
from typing import NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Courriel, Role, Texte, User
from accounts.mur import par_la_porte
from alin.preparees import Preparee, parametre


class Bandeaux(NamedTuple):
    """`courriel_refuse`: a mail to this address was refused one day; others may have arrived since."""

    courriel_refuse: bool
    textes: list[Texte]


@par_la_porte()
def bandeaux_de(user: User) -> Bandeaux:
    """What to look at for this person; a second query only when there is a text to name."""
    ((refuse, textes),) = _requete().lire(user=user.pk, jour=timezone.localdate()) or [(False, [])]
    a_connaitre = textes if user.role == Role.DEMANDEUR else []
    return Bandeaux(refuse, list(Texte.objects.filter(pk__in=a_connaitre).order_by("code")) if a_connaitre else [])


@cache
def _requete() -> Preparee:
    refuses = Courriel.objects.filter(destinataire=OuterRef("email")).exclude(refuse_le=None).order_by()
    textes = Texte.objects.a_connaitre(OuterRef("pk"), parametre("jour"))
    return Preparee(
        User.objects.filter(pk=parametre("user")).values_list(Exists(refuses), ArraySubquery(textes.values("pk")))
    )
