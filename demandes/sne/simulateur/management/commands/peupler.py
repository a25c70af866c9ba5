from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from demandes.sne.simulateur.models import Appel, Demande, Reglages, aujourd_hui
from demandes.sne.simulateur.personnes import NUMEROS_LIBRES, personnes


class Command(BaseCommand):
    help = "Charge les personnes inventées du registre. Ce qui a été modifié depuis reste tel quel, sauf avec --neuf."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--neuf", action="store_true", help="efface tout et recommence")

    @transaction.atomic
    def handle(self, *_args: Any, neuf: bool, **_options: Any) -> None:
        if neuf:
            for modele in (Demande, Reglages, Appel):
                modele.objects.all().delete()
        nouvelles = []
        for rang, dossier in enumerate(personnes(aujourd_hui())):
            libre = dossier.num_unique in NUMEROS_LIBRES
            demande = Demande(num_unique=dossier.num_unique, rang=rang, libre=libre)
            demande.ecrire(dossier)
            nouvelles.append(demande)
        avant = Demande.objects.count()
        Demande.objects.bulk_create(nouvelles, ignore_conflicts=True)
        ajoutees = Demande.objects.count() - avant
        self.stdout.write(f"Registre : {len(nouvelles)} personnes, dont {ajoutees} nouvelles.")
