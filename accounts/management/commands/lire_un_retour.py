"""`manage.py lire_un_retour < report`: what the mail server gives each message for ALIN_ADRESSE_RETOURS."""

import logging
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from accounts import retours

journal = logging.getLogger(__name__)
PLUS_TARD = 75
"""EX_TEMPFAIL of sysexits.h: the mail server keeps the message and calls again."""


class Command(BaseCommand):
    help = "Lit sur l’entrée standard un rapport de non-remise (RFC 3464) et le note sur le courriel qu’il rend."
    requires_system_checks: list[str] = []

    def handle(self, *_: Any, **__: Any) -> None:
        """Succeeds whatever is read, so that no report is ever answered by another; fails only without a database."""
        try:
            phrase = retours.enregistrer(sys.stdin.buffer.read(retours.TAILLE_MAXIMALE))
        except OperationalError as panne:
            raise CommandError("La base ne répond pas.", returncode=PLUS_TARD) from panne
        journal.info(phrase)
