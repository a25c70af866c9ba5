"""A length of time as the law and people say it."""

from calendar import monthrange
from datetime import datetime, timedelta
from typing import NamedTuple


class Duree(NamedTuple):
    """Calendar months, or days."""

    mois: int = 0
    jours: int = 0

    def __str__(self) -> str:
        if self.mois and self.mois % 12 == 0:
            return f"{self.mois // 12} an{'s' if self.mois > 12 else ''}"
        if self.mois:
            return f"{self.mois} mois"
        return f"{self.jours} jour{'s' if self.jours > 1 else ''}"

    def avant(self, instant: datetime) -> datetime:
        """That long before; the 31st becomes the last day of a shorter month."""
        annee, mois = divmod(instant.year * 12 + instant.month - 1 - self.mois, 12)
        jour = min(instant.day, monthrange(annee, mois + 1)[1])
        return instant.replace(year=annee, month=mois + 1, day=jour) - timedelta(days=self.jours)
