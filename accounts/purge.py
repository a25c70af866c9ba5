"""The only way out of the registers."""

import logging
from collections.abc import Sequence
from typing import Any

from django.db import connection, models, transaction
from psycopg import sql

from accounts.models.registre import ROLE_DE_PURGE

journal = logging.getLogger(__name__)


@transaction.atomic
def purger(registre: type[models.Model], cles: Sequence[Any]) -> int:
    """Delete these lines of a register, under the role made for it; how many left is logged.

    Raises `django.db.Error` if one of them is too young: none leaves then.
    """
    table = sql.Identifier(registre._meta.db_table)
    with connection.cursor() as curseur:
        curseur.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(ROLE_DE_PURGE)))
        curseur.execute(sql.SQL("DELETE FROM {} WHERE id = ANY(%s)").format(table), [list(cles)])
        parties: int = curseur.rowcount
        curseur.execute("SET LOCAL ROLE NONE")
    journal.info("Registre %s : %d lignes purgées.", registre._meta.label, parties)
    return parties
