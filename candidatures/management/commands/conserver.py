"""`manage.py conserver`: what the clock does each night, now; `--a-blanc` only says what it would do."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from candidatures.conservation import REGLES
from candidatures.conservation.passage import PAR_LOT, conserver


class Command(BaseCommand):
    help = "Applique les durées de conservation et dit, règle par règle, combien de lignes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--a-blanc", action="store_true", help="compter seulement : rien n’est effacé ni écrit")
        parser.add_argument("--lot", type=int, default=PAR_LOT, help="lignes par transaction (%(default)s)")

    def handle(self, *_: Any, a_blanc: bool, lot: int, **__: Any) -> None:
        delais = {regle.nom: regle.delai for regle in REGLES}
        self.stdout.write(f"{'règle':<26}{'lignes':>8}  délai")
        inachevees = []
        for passage in conserver(a_blanc=a_blanc, par_lot=lot):
            self.stdout.write(f"{passage.regle:<26}{passage.nombre:>8}  {delais[passage.regle]}")
            if passage.fini_le is None:
                inachevees.append(passage.regle)
        if inachevees:
            raise CommandError(f"Règles interrompues, à relancer : {', '.join(inachevees)} (voir le journal).")
        if a_blanc:
            self.stdout.write("À blanc : rien n’a été effacé.")
