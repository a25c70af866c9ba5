"""The files a company's housing service asks for: the list it sees. `candidatures.models` gives these models to Django.

The rows are personal data: a file opens for whoever asked for it, for a day, and as long as every leave still stands.
"""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts.models import User

VALABLE = timedelta(hours=24)
"""How long the file opens, from its making."""
SILENCE = timedelta(seconds=60)
"""An export that has not moved for that long has lost its worker, and is taken up by another."""
REPRISES = 5
"""Times it is taken up before it is given up."""


class Format(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "Excel (XLSX)"


class ExportQuerySet(models.QuerySet["ExportDeSalaries"]):
    def de(self, user: User) -> "ExportQuerySet":
        """Those that this agent asked for: nobody else opens them, not even a colleague."""
        return self.filter(par=user)

    def recents(self) -> "ExportQuerySet":
        """Those whose file may still be taken, or is being made."""
        return self.filter(cree_le__gt=timezone.now() - VALABLE)

    def arretes(self) -> "ExportQuerySet":
        """Those under way that nobody seems to work on."""
        return self.filter(fini_le=None, avance_le__lt=timezone.now() - SILENCE)

    def perimes(self) -> "ExportQuerySet":
        """Those whose file is still here after its day."""
        return self.filter(fichier__isnull=False, fini_le__lte=timezone.now() - VALABLE)


class ExportDeSalaries(models.Model):
    """One file asked for. `filtres` is the query string of the list; `lignes` grows while the file is made."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    par = models.ForeignKey(User, on_delete=models.CASCADE, related_name="exports_de_salaries", verbose_name="par")
    filtres = models.CharField("filtres", max_length=400, blank=True)
    format = models.CharField("format", max_length=4, choices=Format)
    cree_le = models.DateTimeField("demandé le", default=timezone.now)
    avance_le = models.DateTimeField("a avancé le", default=timezone.now)
    fini_le = models.DateTimeField("fini le", null=True, blank=True)
    total = models.PositiveIntegerField("salariés", default=0)
    lignes = models.PositiveIntegerField("lignes écrites", default=0)
    reprises = models.PositiveSmallIntegerField("reprises", default=0)
    erreur = models.CharField("arrêté parce que", max_length=200, blank=True)

    objects: ClassVar[ExportQuerySet] = ExportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "export de salariés"
        verbose_name_plural = "exports de salariés"
        ordering = ["-cree_le"]

    def __str__(self) -> str:
        return f"Export du {timezone.localtime(self.cree_le):%d/%m/%Y %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("service_logement:export", args=[self.pk])

    @property
    def en_cours(self) -> bool:
        return self.fini_le is None

    @property
    def ouvert(self) -> bool:
        """Whether its file can be taken, as far as time goes."""
        return self.fini_le is not None and not self.erreur and self.expire_le > timezone.now()

    @property
    def expire_le(self) -> datetime:
        return (self.fini_le or self.cree_le) + VALABLE


class FichierDeSalaries(models.Model):
    """The bytes, and whose rows they are: a leave withdrawn since then closes the whole file."""

    export = models.OneToOneField(ExportDeSalaries, on_delete=models.CASCADE, primary_key=True, related_name="fichier")
    contenu = models.BinaryField("contenu")
    demandes = ArrayField(models.UUIDField(), verbose_name="demandes (identifiants)")

    class Meta:
        verbose_name = "fichier de salariés"
        verbose_name_plural = "fichiers de salariés"

    def __str__(self) -> str:
        return str(self.export)
