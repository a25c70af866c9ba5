"""Telling people about new offers: rounds that find whom to look at, and lots that write (docs/alertes.md).

Here and not with the offers, because whoever holds a candidature cannot apply.
"""

from candidatures.alertes.lots import ecrire_un_lot
from candidatures.alertes.ouverture import ouvrir_une_tournee

__all__ = ["ecrire_un_lot", "ouvrir_une_tournee"]
