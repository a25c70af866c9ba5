"""`manage.py charger_demo`: the data of the demonstration, at each of its starts, then its accounts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from candidatures.demonstration.comptes import tableau
from demandes.models import Commune
from demandes.sne import client
from offres.models import Plafond


class Command(BaseCommand):
    help = "Charge les données de la démonstration (après charger_reference, registre démarré) et dit ses comptes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--comptes", action="store_true", help="seulement dire les comptes")

    def handle(self, *_: Any, comptes: bool, **__: Any) -> None:
        if not comptes:
            self.charger()
        self.stdout.write(tableau())

    def charger(self) -> None:
        """Needs time-machine, which comes with requirements-dev.txt like every server of the demonstration."""
        from candidatures.demonstration.chargement import charger

        if not Commune.objects.exists() or not Plafond.objects.exists():
            raise CommandError("Chargez d'abord les données de référence : manage.py charger_reference.")
        try:
            charger(client.lire_dossier)
        except (client.RegistreIndisponible, client.DemandeInconnue) as erreur:
            raise CommandError("Le registre simulé ne répond pas : lancez-le avant charger_demo.") from erreur
