"""What the clock does for demands."""

from celery import shared_task
from django.utils import timezone

from demandes.models import Importation


@shared_task
def expirer_codes() -> None:
    """Close the imports whose code ran out, and forget the address and the print of the code."""
    Importation.objects.perimees().update(close_le=timezone.now(), empreinte="", adresse="")
