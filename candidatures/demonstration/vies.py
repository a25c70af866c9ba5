"""Demands that have lived with the portal: reminded, struck off, brought back, each on its day."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from candidatures.demonstration.histoire import Histoire
from candidatures.demonstration.scenario import Vie
from demandes import echeances, vie
from demandes.models import Demande
from demandes.sne.dossier import DossierSNE

MINUTE = 15
"""After 8 in the morning, when the clock makes its round."""


def a_l_import(dossier: DossierSNE, recit: Vie, histoire: Histoire) -> DossierSNE:
    """What the registry said on the day of the import."""
    renouvelee = dossier.date_renouvellement
    if recit.renouvelee is not None:
        renouvelee = histoire.jour + timedelta(days=recit.renouvelee)
    return replace(dossier, date_renouvellement=renouvelee, date_radiation=None, motif_radiation="")


def noter(demande: Demande, alors: DossierSNE, dossier: DossierSNE, recit: Vie, histoire: Histoire) -> None:
    """The reminders that were due, the strike-off, the return. `alors` was imported, `dossier` is true now."""
    for rappel in echeances.jours_des_rappels(demande.valable_jusqu_au):
        jour = (rappel - histoire.jour).days
        if recit.arrivee < jour < 0:
            histoire.noter(jour, MINUTE, partial(vie.suivre, demande, alors, rappel))
    if recit.radiee is not None:
        le = dossier.date_radiation or demande.radiable_le
        histoire.noter(recit.radiee, MINUTE, partial(vie.radier, demande, le, "RADREN"))
    if recit.retablie is not None:
        le = histoire.jour + timedelta(days=recit.retablie)
        histoire.noter(recit.retablie, MINUTE, partial(vie.suivre, demande, dossier, le))
