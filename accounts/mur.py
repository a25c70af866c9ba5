"""The second wall: what an agent's page reads, PostgreSQL gives it as `alin_agent`, bound by row-level security.

`visibles_par` is the first. Should a page forget it, this role still sees nothing but the demands whose applicant gave
his leave to a company of the agent that the transaction names (accounts 0032, demandes 0010, candidatures 0044). It
reads and never writes; what an act writes goes through `par_la_porte`.

SET LOCAL, in one transaction: a plain SET would stay with the connection, and a pool gives it to the next person.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from accounts.models import User

ROLE_D_AGENT = "alin_agent"
"""Made by alin/embarque/roles.sql, or by the migration where its author may make roles; nobody signs in with it."""
_derriere: ContextVar[bool] = ContextVar("derriere_le_mur", default=False)


def est_derriere_le_mur() -> bool:
    """Whether what is read now is read as an agent."""
    return _derriere.get()


@contextmanager
def derriere_le_mur(agent: User) -> Iterator[None]:
    """One transaction in which everything is read as this agent; inside another, its role is given back at the end."""
    if est_derriere_le_mur():
        yield
        return
    imbriquee = connection.in_atomic_block
    with transaction.atomic():
        _executer(f"SET LOCAL ROLE {ROLE_D_AGENT}; SELECT set_config('alin.agent', %s, true)", str(agent.pk))
        with _noter(derriere=True):
            yield
        if imbriquee:
            _executer("SET LOCAL ROLE NONE; SELECT set_config('alin.agent', %s, true)", "")


@contextmanager
def par_la_porte() -> Iterator[None]:
    """The door: for the length of this block, in a savepoint, the portal's own role. Elsewhere it changes nothing.

    For acts that check by themselves what they may do (they lock the leave), for the registers, and for what the top of
    every page says of its own reader.
    """
    if not est_derriere_le_mur():
        yield
        return
    with transaction.atomic():
        _executer("SET LOCAL ROLE NONE")
        with _noter(derriere=False):
            yield
        _executer(f"SET LOCAL ROLE {ROLE_D_AGENT}")


@contextmanager
def _noter(*, derriere: bool) -> Iterator[None]:
    jeton = _derriere.set(derriere)
    try:
        yield
    finally:
        _derriere.reset(jeton)


def _executer(sql: str, *valeurs: str) -> None:
    with connection.cursor() as curseur:
        curseur.execute(sql, valeurs or None)
