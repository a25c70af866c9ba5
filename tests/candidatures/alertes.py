"""Rounds of alerts, as the tests run them."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import Courriel
from candidatures import alertes
from offres.alertes import GABARIT
from offres.models import Tournee


def deja_en_service() -> None:
    """Yesterday's round has been: what is open now is no longer new, and what appears from now on is."""
    alertes.ouvrir_une_tournee(timezone.localdate() - timedelta(days=1))


def passer(jours: int = 0) -> Tournee | None:
    """A round, `jours` from today, and all its lots."""
    tournee = alertes.ouvrir_une_tournee(timezone.localdate() + timedelta(days=jours))
    while alertes.ecrire_un_lot() is not None:
        pass
    return tournee


def recues() -> list[Courriel]:
    """The alerts written so far, oldest first."""
    return list(Courriel.objects.filter(gabarit=GABARIT).order_by("cree_le"))
