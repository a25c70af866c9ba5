"""How fast a bailleur answers: measured on his results, else announced. `offres.models` gives this model to Django."""

from typing import NamedTuple

from django.db import models

AU_MOINS = 10
"""Answers in a year from which the measure counts."""


class DelaiUsuel(NamedTuple):
    """Days from the dossier sent to the result. `reponses`: how many it is measured on, 0 when it is announced."""

    jours: int
    reponses: int = 0

    @property
    def en_clair(self) -> str:
        """« 21 jours (délai mesuré sur 34 réponses depuis un an) »."""
        s = "s" if self.jours > 1 else ""
        origine = f"mesuré sur {self.reponses} réponses depuis un an" if self.reponses else "annoncé par le bailleur"
        return f"{self.jours} jour{s} (délai {origine})"


class DelaiMesure(models.Model):
    """The median of one bailleur's answers over a year, written again each night by `candidatures.mesures`."""

    bailleur = models.OneToOneField("offres.Bailleur", on_delete=models.CASCADE, related_name="delai_mesure")
    jours = models.PositiveSmallIntegerField("médiane (jours)")
    reponses = models.PositiveIntegerField("réponses comptées")
    mesure_le = models.DateField("mesuré le")

    class Meta:
        verbose_name = "délai mesuré"
        verbose_name_plural = "délais mesurés"

    def __str__(self) -> str:
        return f"{self.bailleur} : {self.jours} jours sur {self.reponses} réponses"


def usuel(annonce: int, mesure: DelaiMesure | None) -> DelaiUsuel:
    """The measure when it stands on enough answers, else what the bailleur announces."""
    if mesure is None or mesure.reponses < AU_MOINS:
        return DelaiUsuel(annonce)
    return DelaiUsuel(mesure.jours, mesure.reponses)
