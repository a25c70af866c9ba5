"""`manage.py documenter_statuts`: write docs/statuts.md from the table. A test says when it has to be run again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from accounts.models import Role
from candidatures.statuts import ACTIFS, ETAPE_DE, ETAPES, NAISSANCE, TRANSITIONS, Statut

FICHIER = Path(settings.RACINE) / "docs" / "statuts.md"
ENTETE = """# The life of a candidature

Written by `manage.py documenter_statuts` from `candidatures/statuts.py`, never by hand. Labels are what people read.
"""


class Command(BaseCommand):
    help = "Écrit docs/statuts.md à partir de la table des statuts."

    def handle(self, *_: Any, **__: Any) -> None:
        FICHIER.write_text(en_markdown())
        self.stdout.write(f"{FICHIER.name} est à jour.")


def en_markdown() -> str:
    """The whole page: the drawing, the acts, the statuses."""
    return "\n".join([ENTETE, *_dessin(), "", *_actes(), "", *_statuts(), ""])


def _dessin() -> Iterator[str]:
    yield from ("```mermaid", "stateDiagram-v2", f"    [*] --> {NAISSANCE}")
    for action, regle in TRANSITIONS.items():
        for depuis in sorted(regle.depuis):
            yield f"    {depuis} --> {regle.arrivee(depuis)}: {action}"
    for fin in sorted(set(Statut) - ACTIFS):
        yield f"    {fin} --> [*]"
    yield "```"


def _actes() -> Iterator[str]:
    yield "| act | button | from | to | by | reason | also asked |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for action, regle in TRANSITIONS.items():
        depuis = ", ".join(f"`{statut}`" for statut in sorted(regle.depuis))
        par = ", ".join(sorted(Role(role).label for role in regle.par))
        motif = "yes" if regle.motif_obligatoire else ""
        precision = f"`{regle.precision}`" if regle.precision else ""
        vers = f"`{regle.vers}`" if regle.vers else "where it was"
        yield f"| `{action}` | {action.label} | {depuis} | {vers} | {par} | {motif} | {precision} |"


def _statuts() -> Iterator[str]:
    yield "| status | what the applicant reads | step of the guide | takes the one place |"
    yield "| --- | --- | --- | --- |"
    for statut in Statut:
        etape = ETAPES[ETAPE_DE[statut] - 1]
        yield f"| `{statut}` | {statut.label} | {etape.numero}. {etape.libelle} | {'yes' if statut in ACTIFS else ''} |"
