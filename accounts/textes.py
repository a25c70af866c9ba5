"""Publishing the versioned texts from their files, and accepting them.

A file `donnees/textes/<code>-<version>.txt` opens with the day it comes into force, then an empty line, then the text.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from accounts.models import Acceptation, Texte, User

DOSSIER = Path(__file__).parent / "donnees/textes"


class TexteDejaPublie(Exception):
    """A published version differs from its file; the message says what to do."""


class Fichier(NamedTuple):
    code: str
    version: int
    en_vigueur_le: date
    contenu: str


def lire(dossier: Path | None = None) -> Iterator[Fichier]:
    """The files of the folder, by name; ours if none is given."""
    for chemin in sorted((dossier or DOSSIER).glob("*-*.txt")):
        code, _, version = chemin.stem.rpartition("-")
        jour, _, contenu = chemin.read_text(encoding="utf-8").partition("\n\n")
        yield Fichier(code, int(version), date.fromisoformat(jour), contenu.strip())


@transaction.atomic
def charger(dossier: Path | None = None) -> bool:
    """Publish the versions that are new; False if all were published already. Raises `TexteDejaPublie`."""
    publies = {(texte.code, texte.version): texte for texte in Texte.objects.all()}
    nouveaux = []
    for fichier in lire(dossier):
        publie = publies.get((fichier.code, fichier.version))
        if publie is None:
            nouveaux.append(Texte(**fichier._asdict()))
        elif (publie.en_vigueur_le, publie.contenu) != (fichier.en_vigueur_le, fichier.contenu):
            raise TexteDejaPublie(
                f"Le texte {fichier.code}-{fichier.version} est publié : il ne change plus. "
                f"Remettez son fichier comme il était, et écrivez la version suivante dans un autre."
            )
    return bool(Texte.objects.bulk_create(nouveaux, ignore_conflicts=True))


def accepter(user: User, textes: Iterable[Texte]) -> None:
    """Remember that this person accepts these versions, now; what was accepted keeps its date."""
    Acceptation.objects.bulk_create(
        [Acceptation(personne=user, texte=texte) for texte in textes], ignore_conflicts=True
    )
