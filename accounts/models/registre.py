"""What makes a table a register: lines are added, never changed, and leave by the purge alone, once they are old.

Three locks on one door: these triggers, the rights of the portal's role (no UPDATE, no DELETE), and the role below,
which nobody signs in with and `accounts.purge` alone takes.
"""

import pgtrigger

ROLE_DE_PURGE = "alin_purge"
"""Made by alin/embarque/roles.sql, or by the migration where its author may make roles."""
JEUNESSE = "1825 days"
"""Younger lines leave for nobody: five years, less the leap days, so that no rule of five years meets this wall."""


def verrous(nom: str) -> list[pgtrigger.Trigger]:
    """The triggers of a register whose lines are dated by a column `le`."""
    trop_tot = f"current_user <> '{ROLE_DE_PURGE}' OR OLD.le > now() - interval '{JEUNESSE}'"
    return [
        pgtrigger.Protect(name=f"{nom}_intouchable", operation=pgtrigger.Update),
        pgtrigger.Protect(
            name=f"{nom}_ineffacable", operation=pgtrigger.Delete, condition=pgtrigger.Condition(trop_tot)
        ),
    ]
