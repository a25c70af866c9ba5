"""The nightly passage: each rule, batch by batch.

A batch is one transaction, its count included: stopped anywhere, nothing is half done, and the next passage goes on.
Two at once take turns, batch by batch.
"""

import logging
from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from candidatures.conservation.regles import REGLES, Regle
from candidatures.models import Passage

journal = logging.getLogger(__name__)
PAR_LOT = 1000
"""The most rows of one transaction."""


def conserver(*, a_blanc: bool = False, par_lot: int = PAR_LOT) -> Iterator[Passage]:
    """Apply every rule, or with `a_blanc` only count what each would do; gives each passage as it ends.

    A rule that fails is logged and does not stop the others; its passage has no end.
    """
    for regle in REGLES:
        passage = Passage.objects.create(regle=regle.nom, a_blanc=a_blanc)
        try:
            passer(regle, passage, par_lot)
        except Exception:  # whatever it is, the other rules still hold
            journal.exception("Conservation interrompue, règle « %s ».", regle.nom)
            passage.refresh_from_db()
        yield passage


def passer(regle: Regle, passage: Passage, par_lot: int = PAR_LOT) -> None:
    """One rule to its end. Raises what its batches raise; those before have counted."""
    if passage.a_blanc:
        passage.nombre = regle.concernees().count()
    else:
        dernier = None
        while (dernier := _faire_un_lot(regle, passage, dernier, par_lot)) is not None:
            pass
        passage.refresh_from_db()
    passage.fini_le = timezone.now()
    passage.save()
    genre = "à blanc" if passage.a_blanc else "appliquée"
    journal.info("Conservation : %d lignes, règle « %s » %s.", passage.nombre, regle.nom, genre)


@transaction.atomic
def _faire_un_lot(regle: Regle, passage: Passage, dernier: Any, par_lot: int) -> Any:
    """The rows after `dernier`; the key of the last one, None if there was none."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"conservation {regle.nom}"])
    lignes = regle.concernees()
    suivantes = lignes if dernier is None else lignes.filter(pk__gt=dernier)
    cles = list(suivantes.order_by("pk").values_list("pk", flat=True)[:par_lot])
    if not cles:
        return None
    faites = regle.faire(lignes.filter(pk__in=cles))
    Passage.objects.filter(pk=passage.pk).update(nombre=F("nombre") + faites)
    return cles[-1]
