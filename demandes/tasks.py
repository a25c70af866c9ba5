"""What the clock does for demands."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from demandes import horloge, reprise
from demandes.models import Importation
from demandes.sne.client import RegistreIndisponible


@shared_task
def expirer_codes() -> None:
    """Close the imports whose code ran out, and forget the address and the print of the code."""
    reprise.clore_les_perimees()


@shared_task
def reprendre_imports() -> None:
    """Each verified import that still waits, in a task of its own: one that cannot be read holds up no other."""
    for identifiant in Importation.objects.a_reprendre().values_list("pk", flat=True):
        reprendre_import.apply_async((str(identifiant),), expires=60)


@shared_task
def reprendre_import(identifiant: str) -> None:
    reprise.reprendre(UUID(identifiant))


@shared_task(autoretry_for=(RegistreIndisponible,), retry_backoff=60, max_retries=5)
def suivre_demandes() -> None:
    """Where the demands stand that may be struck off, come back or need a reminder; once a day is enough."""
    horloge.suivre_les_demandes(timezone.localdate())
