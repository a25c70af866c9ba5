"""Who looked at whose demand: written in the transaction of the look, never changed."""

import uuid
from typing import ClassVar

import pgtrigger
from django.db import models
from django.utils import timezone

from accounts.models.personne import Role, User


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def du_demandeur(self, user: User) -> "ConsultationQuerySet":
        """The looks at this person's own demand and candidatures, newest first."""
        return self.filter(demandeur_id=user.pk).order_by("-le")


class Consultation(models.Model):
    """Holds identifiers, not foreign keys, so that erasing a person stays possible."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    le = models.DateTimeField("date", default=timezone.now)
    par_id = models.UUIDField("identifiant de la personne")
    par_nom = models.CharField("qui", max_length=160)
    par_role = models.CharField("rôle", max_length=20, choices=Role)
    objet = models.CharField("ce qui a été ouvert", max_length=80)
    objet_id = models.UUIDField("identifiant de l’objet")
    demandeur_id = models.UUIDField("identifiant du demandeur", db_index=True)

    objects: ClassVar[ConsultationQuerySet] = ConsultationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-le"]
        triggers = [pgtrigger.Protect(name="consultation_intouchable", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.par_nom}, {self.objet}"
