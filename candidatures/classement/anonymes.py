"""The list of points of one offer, without anybody's name, so that each can reckon his own rank again.

A letter follows the rank of the day: it says nothing of who is behind it, nor from one offer or day to the next. Only
points are given, never what was found. Below three other candidatures nobody's breakdown is shown but one's own.
"""

from datetime import date
from typing import NamedTuple

from candidatures.classement import rangs
from candidatures.classement.rangs import Place
from candidatures.classement.regle import Points
from demandes.models import Demande
from offres.models import Offre

AU_MOINS = 3
"""Other candidatures below which their points are not shown."""


class Rangee(NamedTuple):
    """One line of the list; `la_sienne` is the reader's."""

    nom: str
    points: Points
    rang: int
    la_sienne: bool


class FileAnonyme(NamedTuple):
    """`rangees` is empty where too few have applied. `candidate`: whether the reader is among them."""

    place: Place
    candidate: bool
    rangees: tuple[Rangee, ...]
    autres: int


def file_de(offre: Offre, demande: Demande, jour: date) -> FileAnonyme:
    """The list as this applicant may read it."""
    bareme = rangs.bareme_connu(jour, demande.reperes)
    classees = rangs.de_l_offre(offre, jour, bareme)
    siennes = [c.candidature.demande_id == demande.pk for c in classees]
    place = rangs.si(demande, offre, jour, bareme)
    autres = len(classees) - sum(siennes)
    if autres < AU_MOINS:
        return FileAnonyme(place, any(siennes), (), autres)
    rangees = (
        Rangee("Vous" if sienne else f"Candidature {lettres(c.rang)}", c.points, c.rang, sienne)
        for c, sienne in zip(classees, siennes, strict=True)
    )
    return FileAnonyme(place, any(siennes), tuple(rangees), autres)


def lettres(rang: int) -> str:
    """A, B, … Z, AA, AB… as the columns of a spreadsheet."""
    nom = ""
    while rang:
        rang, reste = divmod(rang - 1, 26)
        nom = chr(ord("A") + reste) + nom
    return nom
