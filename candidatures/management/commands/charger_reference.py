"""`manage.py charger_reference`: communes, ceilings, scale, delays, reasons, texts: before the first visitor."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import textes
from candidatures import baremes as classements
from candidatures import delais_d_attente, motifs
from demandes import reference
from offres import baremes


class Command(BaseCommand):
    help = "Charge communes, plafonds, barème, délais, motifs et textes ; ne refait rien de ce qui est déjà chargé."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        territoires, plafonds = reference.charger(), baremes.charger()
        classement, delais = classements.charger(), delais_d_attente.charger()
        motifs.charger()
        try:
            publies = textes.charger()
        except textes.TexteDejaPublie as refus:
            raise CommandError(str(refus)) from refus
        chargements = (
            ("communes", territoires),
            ("plafonds", plafonds),
            ("barème de classement", classement),
            ("délais d’attente", delais),
            ("textes", publies),
        )
        faits = [nom for nom, fait in chargements if fait]
        self.stdout.write(f"Chargé : {', '.join(faits)}." if faits else "Les données de référence étaient à jour.")
