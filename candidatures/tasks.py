"""What the worker does for candidatures."""

from celery import shared_task
from django.utils import timezone

from candidatures import conservation, horloge
from demandes.sne.client import RegistreIndisponible


@shared_task
def passer_l_heure() -> None:
    """Silences, and offers closed under someone's feet."""
    horloge.passer_l_heure()


@shared_task(autoretry_for=(RegistreIndisponible,), retry_backoff=60, max_retries=5)
def suivre_radiations() -> None:
    """Demands struck off by the registry; tried again while it is away."""
    horloge.suivre_les_radiations(timezone.localdate())


@shared_task
def conserver() -> None:
    """Retention, each night; repeated after a kill, it goes on."""
    for _ in conservation.conserver():
        pass
