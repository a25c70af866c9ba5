"""What the worker does for offers."""

from uuid import UUID

from celery import shared_task

from offres.depots import ImportOffres
from offres.imports import deroulement


@shared_task
def importer_offres(identifiant: str) -> None:
    deroulement.derouler(UUID(identifiant))


@shared_task
def reprendre_les_imports() -> None:
    """Imports whose worker is gone, each in a task of its own; and the files that nobody will use any more."""
    for identifiant in ImportOffres.objects.arretes().values_list("pk", flat=True):
        reprendre_un_import.apply_async((str(identifiant),), expires=60)
    deroulement.oublier_les_fichiers()


@shared_task
def reprendre_un_import(identifiant: str) -> None:
    deroulement.reprendre(UUID(identifiant))
