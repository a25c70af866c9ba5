import json
from itertools import chain
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

from demandes.sne.contrat import verifier
from demandes.sne.simulateur.models import Appel, Demande, Reglages, aujourd_hui
from demandes.sne.simulateur.personnes import FOULE, NUMEROS_LIBRES, inconnus, personnes


class Command(BaseCommand):
    help = "Charge les personnes inventées du registre. Ce qui a été modifié depuis reste tel quel, sauf avec --neuf."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--neuf", action="store_true", help="efface tout et recommence")
        parser.add_argument("--foule", type=int, default=FOULE, help=f"nombre de personnes au hasard ({FOULE})")

    @transaction.atomic
    def handle(self, *_args: Any, neuf: bool, foule: int, **_options: Any) -> None:
        if neuf:
            for modele in (Demande, Reglages, Appel):
                modele.objects.all().delete()
        arrivants, jour = [], aujourd_hui()
        for rang, dossier in enumerate(chain(personnes(jour), inconnus(jour, foule))):
            demande = Demande(num_unique=dossier.num_unique, rang=rang, libre=dossier.num_unique in NUMEROS_LIBRES)
            demande.ecrire(dossier)
            verifier("demande", demande.contenu)
            arrivants.append(demande)
        self.stdout.write(f"Registre : {len(arrivants)} personnes, dont {charger(arrivants)} nouvelles.")


def charger(arrivants: list[Demande]) -> int:
    """Add those who are not there yet; how many. By COPY: an INSERT of two thousand demands takes twice as long."""
    with connection.cursor() as curseur:
        curseur.execute("CREATE TEMPORARY TABLE arrivants (LIKE simulateur_demande) ON COMMIT DROP")
        with curseur.copy("COPY arrivants (num_unique, contenu, recherche, rang, libre) FROM STDIN") as copie:
            for demande in arrivants:
                contenu = json.dumps(demande.contenu, ensure_ascii=False)
                copie.write_row((demande.pk, contenu, demande.recherche, demande.rang, demande.libre))
        curseur.execute("INSERT INTO simulateur_demande SELECT * FROM arrivants ON CONFLICT DO NOTHING")
        ajoutes: int = curseur.rowcount
    return ajoutes
