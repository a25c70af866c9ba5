"""Alerts on new offers: who wants them, and the rounds that write them. `offres.models` gives these models to Django.

A round notes the offers that have just opened, and the people to look at, cut into lots; each lot is written in one
transaction (`candidatures.alertes`). What a person was told of is one number: the last round that his last alert read.
"""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User


class Tournee(models.Model):
    """One round. The first of a day writes to everybody it concerns, the others for the communes asked for only."""

    jour = models.DateField("jour")
    quotidienne = models.BooleanField("première du jour", default=False)
    commencee_le = models.DateTimeField("commencée le", default=timezone.now)

    class Meta:
        verbose_name = "tournée d’alertes"
        verbose_name_plural = "tournées d’alertes"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["jour"],
                condition=Q(quotidienne=True),
                name="une_tournee_quotidienne_par_jour",
                violation_error_message="La tournée du jour est déjà faite.",
            )
        ]

    def __str__(self) -> str:
        return f"Tournée {self.pk} du {self.jour:%d/%m/%Y}"


class Parution(models.Model):
    """An offer was seen open for the first time, by this round: from then on it is no longer new."""

    offre = models.OneToOneField("offres.Offre", on_delete=models.CASCADE, primary_key=True, related_name="parution")
    tournee = models.ForeignKey(Tournee, on_delete=models.PROTECT, related_name="parutions")

    class Meta:
        verbose_name = "parution"

    def __str__(self) -> str:
        return f"{self.offre_id}, tournée {self.tournee_id}"


class Lot(models.Model):
    """Demands that one transaction looks at. Their identifiers are forgotten in the commit that marks it done."""

    tournee = models.ForeignKey(Tournee, on_delete=models.CASCADE, related_name="lots")
    demandes = ArrayField(models.UUIDField(), verbose_name="demandes", default=list)
    fait_le = models.DateTimeField("fait le", null=True, blank=True)
    courriels = models.PositiveIntegerField("e-mails écrits", default=0)

    class Meta:
        verbose_name = "lot"
        indexes = [models.Index(fields=["id"], condition=Q(fait_le=None), name="lots_a_faire")]

    def __str__(self) -> str:
        return f"Lot {self.pk} de la tournée {self.tournee_id}"

    def clore(self, courriels: int) -> None:
        self.demandes, self.courriels, self.fait_le = [], courriels, timezone.now()
        self.save()


class AbonnementQuerySet(models.QuerySet["Abonnement"]):
    def a_prevenir(self, jour: date) -> "AbonnementQuerySet":
        """Those who did not stop, and have had no alert that day."""
        return self.filter(Q(dernier_le=None) | Q(dernier_le__lt=jour), arrete_le=None)


class Abonnement(models.Model):
    """One person's alerts. Without a row they are on: they are part of the search that he asked for.

    `annonce_jusqu_a` is the last round that his last alert took account of; what it noted is never announced again.
    """

    personne = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="abonnement")
    arrete_le = models.DateTimeField("arrêtées le", null=True, blank=True)
    dernier_le = models.DateField("dernière alerte le", null=True, blank=True)
    logements = models.PositiveSmallIntegerField("logements annoncés ce jour-là", default=0)
    annonce_jusqu_a = models.PositiveBigIntegerField("dernière tournée lue", default=0)

    objects: ClassVar[AbonnementQuerySet] = AbonnementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "abonnement aux alertes"
        verbose_name_plural = "abonnements aux alertes"
        ordering = ["-dernier_le", "personne"]

    def __str__(self) -> str:
        return "Alertes arrêtées" if self.arrete_le else "Alertes activées"
