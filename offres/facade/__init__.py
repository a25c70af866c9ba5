"""A building drawn from what an offer says of it: its age, its height, the dwelling's windows lit on the right floor.

dessiner(offre)   the SVG file, 3 to 12 kB, the same for ever for the same offer
texte(offre)      the words that replace it
empreinte(offre)  changes when the drawing does: the key of a cache that never goes stale
"""

from typing import TYPE_CHECKING

from django.utils.html import escape

from offres.facade.decor import document
from offres.facade.immeuble import dessiner_immeuble
from offres.facade.maison import dessiner_maison
from offres.facade.sujet import sujet_de

if TYPE_CHECKING:
    from offres.models import Offre

VERSION = "1"
"""To raise when the drawing itself changes, so that browsers ask for it again."""


def dessiner(offre: "Offre") -> str:
    sujet = sujet_de(offre)
    dessin = dessiner_maison(sujet) if sujet.maison else dessiner_immeuble(sujet)
    return document(dessin, escape(sujet.texte), sujet.hasard)


def texte(offre: "Offre") -> str:
    """« Dessin : immeuble de 1908, 6 étages, logement au 3e étage, avec balcon »."""
    return sujet_de(offre).texte


def empreinte(offre: "Offre") -> str:
    """A dozen characters, to put in the drawing's address."""
    return f"{VERSION}-{sujet_de(offre).empreinte}"
