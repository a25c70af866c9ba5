"""What the worker does for candidatures."""

from uuid import UUID

from celery import shared_task
from django.utils import timezone

from candidatures import alertes, conservation, en_lot, horloge, mesures
from candidatures.exports import ExportDeSalaries
from candidatures.lots import LotDActes
from candidatures.salaries import export
from demandes.sne.client import RegistreIndisponible


@shared_task
def passer_l_heure() -> None:
    """Silences, delays gone by, and offers closed under someone's feet."""
    horloge.passer_l_heure()


@shared_task(autoretry_for=(RegistreIndisponible,), retry_backoff=60, max_retries=5)
def suivre_radiations() -> None:
    """Demands struck off by the registry; tried again while it is away."""
    horloge.suivre_les_radiations(timezone.localdate())


@shared_task
def mesurer() -> None:
    """What the bailleurs' own results say of their delays, each night; figures too old leave."""
    mesures.mesurer_les_reponses(timezone.localdate())
    mesures.oublier_les_vieux_baux(timezone.localdate())


@shared_task
def conserver() -> None:
    """Retention, each night; repeated after a kill, it goes on."""
    for _ in conservation.conserver():
        pass


LOTS_D_AFFILEE = 20
"""Lots that one task writes before it lets others pass: some twenty seconds."""
OUVRIERS_DES_ALERTES = 4
"""Tasks that share the lots of a round."""


@shared_task
def ouvrir_les_alertes() -> None:
    """Note the offers that have appeared; then write, and write what a crash left unwritten."""
    alertes.ouvrir_une_tournee(timezone.localdate())
    for _ in range(OUVRIERS_DES_ALERTES):
        ecrire_les_alertes.apply_async(expires=600)


@shared_task
def ecrire_les_alertes() -> None:
    """Lot after lot until none waits; several at once share them."""
    for _ in range(LOTS_D_AFFILEE):
        if alertes.ecrire_un_lot() is None:
            return
    ecrire_les_alertes.apply_async(expires=600)


@shared_task
def faire_un_lot(identifiant: str) -> None:
    """Some dossiers of a lot, then the rest in another task, so that a lot of thousands lets others pass."""
    if en_lot.derouler(UUID(identifiant)):
        faire_un_lot.apply_async((identifiant,))


@shared_task
def exporter_les_salaries(identifiant: str) -> None:
    export.fabriquer(UUID(identifiant))


@shared_task
def reprendre_un_export(identifiant: str) -> None:
    export.reprendre(UUID(identifiant))


@shared_task
def suivre_les_exports() -> None:
    """Exports whose worker is gone, each in a task of its own; and the files that are over."""
    for identifiant in ExportDeSalaries.objects.arretes().values_list("pk", flat=True):
        reprendre_un_export.apply_async((str(identifiant),), expires=60)
    export.oublier_les_fichiers()


@shared_task
def reprendre_les_lots() -> None:
    """Lots whose worker is gone, each in a task of its own."""
    for identifiant in LotDActes.objects.arretes().values_list("pk", flat=True):
        faire_un_lot.apply_async((str(identifiant),), expires=60)
