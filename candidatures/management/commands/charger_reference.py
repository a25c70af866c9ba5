"""`manage.py charger_reference`: communes, ceilings, reasons, texts: what the portal needs before its first visitor."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import textes
from candidatures import motifs
from demandes import reference
from offres import baremes


class Command(BaseCommand):
    help = "Charge les communes, les plafonds, les motifs et les textes ; ne refait rien de ce qui est déjà chargé."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        territoires, plafonds = reference.charger(), baremes.charger()
        motifs.charger()
        try:
            publies = textes.charger()
        except textes.TexteDejaPublie as refus:
            raise CommandError(str(refus)) from refus
        chargements = (("communes", territoires), ("plafonds", plafonds), ("textes", publies))
        faits = [nom for nom, fait in chargements if fait]
        self.stdout.write(f"Chargé : {', '.join(faits)}." if faits else "Les données de référence étaient à jour.")
