"""`manage.py demo`: the same as `make demo`."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from alin.embarque import demonstration


class Command(BaseCommand):
    help = "Lance AL'in en entier sur cette machine : bases, portail, ouvrier, horloge, courriels, registre simulé."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--neuf", action="store_true", help="effacer d'abord les données de cette démonstration")

    def handle(self, *_: Any, neuf: bool, **__: Any) -> None:
        sys.exit(demonstration.main(["--neuf"] if neuf else []))
