"""Everything the demo's database needs before the portal starts, in one process: Django is long to start."""

import io
import time
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

DELAI_REGISTRE = 60.0
"""Seconds to wait for the simulator, which is started beside us."""


class Command(BaseCommand):
    help = "Migre la base, charge les données de référence puis celles de la démonstration."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("comptes", type=Path, help="le fichier où écrire les comptes de démonstration")

    def handle(self, *_: Any, comptes: Path, **__: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
        call_command("charger_reference", verbosity=0, skip_checks=True)
        self.attendre_le_registre()
        sortie = io.StringIO()
        call_command("charger_demo", stdout=sortie, skip_checks=True)
        comptes.write_text(sortie.getvalue())

    def attendre_le_registre(self) -> None:
        """Raises CommandError when it never answers."""
        limite = time.monotonic() + DELAI_REGISTRE
        while time.monotonic() < limite:
            try:
                httpx.get(settings.SNE_URL, timeout=5)
            except httpx.HTTPError:
                time.sleep(0.2)
            else:
                return
        raise CommandError("Le registre simulé ne répond pas.")
