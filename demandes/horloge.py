"""What the clock does to demands: it asks the registry where they stand, and reminds of what is due."""

import logging
from datetime import date

from demandes import vie
from demandes.models import Demande
from demandes.sne import client

journal = logging.getLogger(__name__)


def suivre_les_demandes(jour: date) -> int:
    """Follow the demands whose life may turn, each in a transaction of its own. Returns how many were looked at.

    The registry is asked before any reminder: nobody is told to renew what he renewed yesterday. Raises
    `client.RegistreIndisponible`; the next passage catches up. An answer that cannot be read stops only its demand.
    """
    suivies = 0
    for demande in Demande.objects.a_suivre(jour).order_by("pk"):
        if not _a_demander(demande, jour):
            continue
        try:
            vie.suivre(demande, client.lire_dossier(demande.numero_unique), jour)
        except client.DemandeInconnue:
            continue
        except client.ReponseInvalide:
            journal.warning("Le registre a répondu de travers sur une demande à suivre.", exc_info=True)
            continue
        suivies += 1
    return suivies


def _a_demander(demande: Demande, jour: date) -> bool:
    """Struck off or out of date, it may have come back; still valid, only a reminder makes it worth asking."""
    if demande.radiee_le or demande.valable_jusqu_au < jour:
        return True
    return vie.rappel_a_envoyer(demande, jour) is not None
