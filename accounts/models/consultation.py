"""Who looked at whose demand: written in the transaction of the look, never changed."""

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import models
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models.personne import Role, User
from accounts.models.registre import verrous

BAILLEUR = "bailleur"
"""Who opens a transmitted dossier by a link: no account, so no role of ours."""


class Acte(models.TextChoices):
    """What was done. A refusal is somebody who named an object that exists, and was shown nothing of it."""

    OUVERTURE = "ouverture", "Ouverture"
    EXPORT = "export", "Export"
    REFUS = "refus", "Accès refusé"


class Nature(models.TextChoices):
    DEMANDE = "demande", "Demande"
    CANDIDATURE = "candidature", "Candidature"
    COMPTE = "compte", "Compte"


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    def du_demandeur(self, user: User) -> "ConsultationQuerySet":
        """The looks at this person's own demand and candidatures, newest first; refusals are among them."""
        return self.filter(demandeur_id=user.pk).order_by("-le")

    def par_autrui(self) -> "ConsultationQuerySet":
        """Those that showed something to somebody else: no refusal, and not one's own exports."""
        return self.exclude(acte=Acte.REFUS).exclude(par_id=models.F("demandeur_id"))

    def par_jour_et_personne(self) -> "models.QuerySet[Any, Any]":
        """A thousand looks in as many lines as there were people and days (Paris time), newest first."""
        return (
            self.annotate(jour=TruncDate("le"))
            .order_by()
            .values("jour", "acte", "par_id", "par_role", "par_nom")
            .annotate(
                nombre=models.Count("pk"),
                premiere=models.Min("le"),
                derniere=models.Max("le"),
                objets=ArrayAgg("objet", distinct=True, order_by=["objet"]),
            )
            .order_by("-jour", "-derniere", "par_id")
        )


class Consultation(models.Model):
    """Holds identifiers, not foreign keys, so that erasing a person stays possible."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    le = models.DateTimeField("date", default=timezone.now)
    acte = models.CharField("acte", max_length=10, choices=Acte, default=Acte.OUVERTURE)
    par_id = models.UUIDField("identifiant de la personne")
    par_nom = models.CharField("qui", max_length=160)
    par_role = models.CharField("rôle", max_length=20, choices=[*Role.choices, (BAILLEUR, "Bailleur")])
    objet = models.CharField("ce qui a été ouvert", max_length=80)
    objet_nature = models.CharField("nature de l’objet", max_length=12, choices=Nature, default=Nature.DEMANDE)
    objet_id = models.UUIDField("identifiant de l’objet")
    demandeur_id = models.UUIDField("identifiant du demandeur")

    objects: ClassVar[ConsultationQuerySet] = ConsultationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-le"]
        indexes = [
            models.Index(fields=["demandeur_id", "-le"], name="consultations_d_un_dossier"),
            models.Index(fields=["-le"], condition=models.Q(acte="refus"), name="consultations_refusees"),
        ]
        triggers = verrous("consultation")

    def __str__(self) -> str:
        return f"{self.par_nom}, {self.objet}"
