"""What is remembered of the files of bailleurs: who sent which, when, how far it got, and what became of its rows.

The offers themselves tell nothing of it: an import is the account of one gesture, as a line of a register is.
"""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User

SILENCE = timedelta(seconds=60)
"""An import that has not moved for that long has lost its worker, and is taken up by another."""
REPRISES = 5
"""Times an import is taken up without moving before it is given up."""
GARDE = timedelta(hours=24)
"""How long the file of a dry run waits for « Importer pour de bon »."""


class ImportOffresQuerySet(models.QuerySet["ImportOffres"]):
    def arretes(self) -> "ImportOffresQuerySet":
        """Those under way that nobody seems to work on."""
        return self.filter(fini_le=None, avance_le__lt=timezone.now() - SILENCE)

    def issus_de(self, essai: "ImportOffres") -> "ImportOffresQuerySet":
        """Those of the same file for the same bailleur, for good, after this dry run."""
        memes = {"empreinte": essai.empreinte, "bailleur": essai.bailleur_id, "complet": essai.complet}
        return self.filter(a_blanc=False, depose_le__gte=essai.depose_le, **memes)

    def aux_fichiers_inutiles(self) -> "ImportOffresQuerySet":
        """Dry runs that nobody followed up in time."""
        return self.filter(fichier__isnull=False, fini_le__lt=timezone.now() - GARDE)


class ImportOffres(models.Model):
    """One file of offers. The counts are those of its rows; unchanged rows are counted and not kept.

    `lignes_lues` is how far it got: each batch moves it in the transaction that writes its offers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    par = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="imports_d_offres", verbose_name="par"
    )
    bailleur = models.ForeignKey(
        "offres.Bailleur", on_delete=models.PROTECT, null=True, blank=True, related_name="imports"
    )
    nom_fichier = models.CharField("fichier", max_length=150)
    format = models.CharField("format", max_length=4, blank=True)
    taille = models.PositiveIntegerField("taille (octets)")
    empreinte = models.CharField("empreinte (SHA-256)", max_length=64)
    a_blanc = models.BooleanField("essai à blanc", default=False)
    complet = models.BooleanField("le fichier contient toutes les offres du bailleur", default=False)
    depose_le = models.DateTimeField("déposé le", default=timezone.now)
    avance_le = models.DateTimeField("a avancé le", default=timezone.now)
    fini_le = models.DateTimeField("fini le", null=True, blank=True)
    reprises = models.PositiveSmallIntegerField("reprises sans avancer", default=0)
    erreur = models.TextField("arrêté parce que", blank=True)
    colonnes_ignorees = ArrayField(models.CharField(max_length=60), verbose_name="colonnes ignorées", default=list)
    lignes_annoncees = models.PositiveIntegerField("lignes annoncées", null=True, blank=True)
    lignes_lues = models.PositiveIntegerField("lignes lues", default=0)
    nouvelles = models.PositiveIntegerField("nouvelles", default=0)
    changees = models.PositiveIntegerField("changées", default=0)
    inchangees = models.PositiveIntegerField("inchangées", default=0)
    retirees = models.PositiveIntegerField("retirées", default=0)
    refusees = models.PositiveIntegerField("refusées", default=0)

    objects: ClassVar[ImportOffresQuerySet] = ImportOffresQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "import d’offres"
        verbose_name_plural = "imports d’offres"
        ordering = ["-depose_le"]
        permissions = [("importer_offres", "Peut importer un fichier d’offres")]

    def __str__(self) -> str:
        return f"{self.nom_fichier}, {timezone.localtime(self.depose_le):%d/%m/%Y %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("admin:offres_importoffres_change", args=[self.pk])

    @property
    def etat(self) -> str:
        if self.fini_le is None:
            return "en cours" if self.lignes_lues else "en attente"
        if self.erreur:
            return "arrêté"
        return "terminé"

    @property
    def comptes(self) -> list[tuple[str, int]]:
        """Each issue, with how many rows came to it."""
        champs = ("nouvelles", "changees", "inchangees", "retirees", "refusees")
        return [(str(self._meta.get_field(champ).verbose_name), getattr(self, champ)) for champ in champs]  # type: ignore[union-attr]

    @property
    def reste_a_confirmer(self) -> bool:
        """Whether « Importer pour de bon » can still be pressed: a dry run whose file is still here."""
        return self.a_blanc and self.fini_le is not None and not self.erreur and hasattr(self, "fichier")


class FichierImporte(models.Model):
    """The bytes of a file, for as long as its import needs them; its worker may be on another machine."""

    depot = models.OneToOneField(ImportOffres, on_delete=models.CASCADE, primary_key=True, related_name="fichier")
    contenu = models.BinaryField("contenu")

    class Meta:
        verbose_name = "fichier importé"
        verbose_name_plural = "fichiers importés"

    def __str__(self) -> str:
        return self.depot.nom_fichier


class Issue(models.TextChoices):
    """What became of a row, or of an offer that a whole file does not have any more."""

    NOUVELLE = "nouvelle", "nouvelle"
    CHANGEE = "changee", "changée"
    INCHANGEE = "inchangee", "inchangée"
    RETIREE = "retiree", "retirée"
    REFUSEE = "refusee", "refusée"


class LigneImport(models.Model):
    """One row of the report. Without a number, an offer that was withdrawn because the whole file lacks it."""

    depot = models.ForeignKey(ImportOffres, on_delete=models.CASCADE, related_name="lignes")
    numero = models.PositiveIntegerField("ligne", null=True)
    reference = models.CharField("référence", max_length=80, blank=True)
    issue = models.CharField("issue", max_length=10, choices=Issue)
    detail = models.TextField("détail", blank=True)

    class Meta:
        verbose_name = "ligne d’import"
        verbose_name_plural = "lignes d’import"
        ordering = ["depot", models.F("numero").asc(nulls_last=True), "reference"]
        constraints = [
            models.UniqueConstraint(fields=["depot", "numero"], name="une_ligne_d_import_une_fois"),
            models.CheckConstraint(
                condition=Q(issue__in=["nouvelle", "changee", "retiree", "refusee"]),
                name="issue_d_import_connue",
                violation_error_message="Issue inconnue.",
            ),
        ]

    def __str__(self) -> str:
        return f"ligne {self.numero} : {self.get_issue_display()}"
