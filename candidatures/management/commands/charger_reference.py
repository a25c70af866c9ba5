"""`manage.py charger_reference`: communes, ceilings, reasons — all that the portal needs before its first visitor."""

from typing import Any

from django.core.management.base import BaseCommand

from candidatures import motifs
from demandes import reference
from offres import baremes


class Command(BaseCommand):
    help = "Charge les communes, les plafonds et les motifs ; ne refait rien de ce qui est déjà chargé."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        territoires, plafonds = reference.charger(), baremes.charger()
        motifs.charger()
        faits = [nom for nom, fait in (("communes", territoires), ("plafonds", plafonds)) if fait]
        self.stdout.write(f"Chargé : {', '.join(faits)}." if faits else "Les données de référence étaient à jour.")
