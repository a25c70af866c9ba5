"""`manage.py remettre_deuxieme_facteur ADRESSE`: for the last supervisor, who has nobody to reset his own."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.deuxieme_facteur import remettre_a_zero
from accounts.models import User


class Command(BaseCommand):
    help = "Retire le deuxième facteur d’un compte et ferme ses connexions ; la personne est prévenue par e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("adresse", help="l’adresse e-mail du compte")

    def handle(self, *_: Any, adresse: str, **__: Any) -> None:
        user = User.objects.filter(email__iexact=adresse).first()
        if user is None:
            raise CommandError(f"Aucun compte n’a l’adresse {adresse}.")
        remettre_a_zero(user)
        self.stdout.write(f"{user} choisira un nouveau deuxième facteur à sa prochaine connexion.")
