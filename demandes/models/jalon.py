"""What happened to a demand in the registry, as we learnt it, and the reminders that we sent."""

import pgtrigger
from django.db import models
from django.utils import timezone

from demandes.models.demande import Demande
from demandes.sne import nomenclature


class Genre(models.TextChoices):
    PREMIER_RAPPEL = "premier_rappel", "Rappel un mois avant la fin de validité"
    SECOND_RAPPEL = "second_rappel", "Rappel une semaine avant la fin de validité"
    RENOUVELLEMENT = "renouvellement", "Demande renouvelée"
    RADIATION = "radiation", "Demande radiée du registre"
    RETABLISSEMENT = "retablissement", "Demande rétablie"


class Jalon(models.Model):
    """One fact, once: the mail about it is in the same transaction. Insert-only.

    `jour`: the end of validity that a reminder is about, else the day it happened. `motif`: why it was struck off.
    """

    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="jalons")
    genre = models.CharField("quoi", max_length=16, choices=Genre)
    jour = models.DateField("jour concerné")
    motif = models.CharField("motif de la radiation", max_length=6, blank=True, choices=nomenclature.RADIATIONS)
    le = models.DateTimeField("noté le", default=timezone.now)

    class Meta:
        verbose_name = "jalon"
        ordering = ["le", "id"]
        constraints = [models.UniqueConstraint(fields=["demande", "genre", "jour"], name="un_jalon_une_fois")]
        triggers = [pgtrigger.Protect(name="jalon_intouchable", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.get_genre_display()} ({self.jour:%d/%m/%Y})"
