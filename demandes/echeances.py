"""The calendar of a demand: until when it is valid, when it is struck off, until when it may come back. Pure dates.

Source: arrêté of 23 March 2015, annexe §5 and §6.1: valid one year from its filing or last renewal, a notice at least a
month before the anniversary, struck off 13 months after, brought back with its ancienneté until 18 months.
"""

from calendar import monthrange
from datetime import date, timedelta

VALABLE = 12
"""Months from the filing or the last renewal."""
RADIATION = 13
"""Months after which the registry strikes off a demand that was not renewed."""
RETABLISSEMENT = 18
"""Months until which it may be brought back, with its ancienneté."""
PREMIER_RAPPEL = 1
"""Month before the anniversary: the notice that the text asks of the registry. Ours comes beside it."""
SECOND_RAPPEL = timedelta(days=7)
"""Before the anniversary; our own choice."""


def dans_des_mois(jour: date, mois: int) -> date:
    """The same day so many months later, or the last day of a shorter month (code de procédure civile, art. 641)."""
    annees, rang = divmod(jour.month - 1 + mois, 12)
    annee, numero = jour.year + annees, rang + 1
    return date(annee, numero, min(jour.day, monthrange(annee, numero)[1]))


def jours_des_rappels(fin: date) -> tuple[date, date]:
    """When the two reminders of a demand valid until `fin` are due."""
    return dans_des_mois(fin, -PREMIER_RAPPEL), fin - SECOND_RAPPEL
