"""What a signed lease leaves behind: figures, nobody. `candidatures.models` gives this model to Django."""

from django.db import models

from offres.models import Typologie


class Attribution(models.Model):
    """One dwelling let. The day is rounded to its month, and no identifier leads to a person or an offer."""

    departement = models.ForeignKey(
        "demandes.Departement", on_delete=models.CASCADE, related_name="+", verbose_name="département"
    )
    typologie = models.CharField("type", max_length=3, choices=Typologie)
    points = models.PositiveSmallIntegerField("points de la demande, hors loyer")
    candidatures = models.PositiveSmallIntegerField("candidatures déposées")
    mois = models.PositiveSmallIntegerField("mois d’ancienneté")
    le = models.DateField("mois de la signature")

    class Meta:
        verbose_name = "attribution"
        ordering = ["-le", "-id"]
        indexes = [models.Index(fields=["departement", "typologie", "points"], name="attributions_comparables")]

    def __str__(self) -> str:
        return f"{self.typologie}, {self.departement_id}, {self.le:%m/%Y}"
