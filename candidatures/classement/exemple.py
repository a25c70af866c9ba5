"""An invented household reckoned by the rule itself, so that the example of the public page is never out of date."""

from datetime import date, timedelta
from typing import NamedTuple

from candidatures.baremes import Bareme
from candidatures.classement.regle import Points, Situation, compter
from demandes.models import LienEmploi, Priorite

LOYER = 640


class Exemple(NamedTuple):
    loyer: int
    points: Points


def camille(bareme: Bareme, jour: date) -> Exemple:
    """Three people in 22 m², a demand of about two and a half years, a job that has moved away, 2 400 € a month."""
    deposee_le = (jour - timedelta(days=930)).replace(day=1)
    situation = Situation(str(Priorite.AUCUNE), deposee_le, str(LienEmploi.RAPPROCHEMENT), 22, 3, 2_400)
    return Exemple(LOYER, compter(situation, LOYER, bareme, jour))
