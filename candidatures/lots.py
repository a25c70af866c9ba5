"""One act on many dossiers: what was chosen, by whom, what became of each. `candidatures.models` gives them to Django.

A line holds a candidature's identifier and no name: erasing a person stays possible, and leaves the counts true.
"""

import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import ClassVar, NamedTuple

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from candidatures.statuts import Action

SILENCE = timedelta(seconds=60)
"""A lot in which no dossier has moved for that long has lost its worker, and is taken up by another."""
GARDE = timedelta(hours=24)
"""How long a choice waits to be confirmed: the queue it was made from is another one the day after."""


class Avancement(NamedTuple):
    """How many dossiers of a lot there are, and what has become of them."""

    total: int
    faites: int
    refusees: int

    @property
    def traitees(self) -> int:
        return self.faites + self.refusees


class LotDActesQuerySet(models.QuerySet["LotDActes"]):
    def visibles_par(self, user: User) -> "LotDActesQuerySet":
        """One's own; the supervisor reads everybody's."""
        return self if user.role == Role.SUPERVISEUR else self.filter(par=user)

    def arretes(self) -> "LotDActesQuerySet":
        """Those under way that nobody seems to work on."""
        depuis = timezone.now() - SILENCE
        recentes = LigneDeLot.objects.filter(lot=OuterRef("pk"), traitee_le__gte=depuis)
        return self.filter(~Exists(recentes), fini_le=None, confirme_le__lt=depuis)


class LotDActes(models.Model):
    """One gesture on many dossiers. Chosen, then confirmed, then done by the worker, line by line."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    par = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="lots_d_actes", verbose_name="par")
    action = models.CharField("acte", max_length=24, choices=Action)
    retour = models.CharField("filtres de la liste", max_length=400, blank=True)
    cree_le = models.DateTimeField("choisi le", default=timezone.now)
    confirme_le = models.DateTimeField("confirmé le", null=True, blank=True)
    fini_le = models.DateTimeField("fini le", null=True, blank=True)

    objects: ClassVar[LotDActesQuerySet] = LotDActesQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "acte en lot"
        verbose_name_plural = "actes en lot"
        ordering = ["-cree_le"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fini_le=None) | Q(confirme_le__isnull=False),
                name="lot_fini_apres_confirmation",
                violation_error_message="Un lot n’est fait qu’après avoir été confirmé.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["confirme_le"],
                condition=Q(fini_le=None, confirme_le__isnull=False),
                name="lots_en_cours",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}, {timezone.localtime(self.cree_le):%d/%m/%Y %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("admin:candidatures_lotdactes_change", args=[self.pk])

    @property
    def etat(self) -> str:
        if self.fini_le is not None:
            return "terminé"
        if self.confirme_le is not None:
            return "en cours"
        return "à confirmer" if self.reste_a_confirmer else "abandonné"

    @property
    def en_cours(self) -> bool:
        return self.confirme_le is not None and self.fini_le is None

    @property
    def reste_a_confirmer(self) -> bool:
        return self.confirme_le is None and self.cree_le > timezone.now() - GARDE

    def avancement(self) -> Avancement:
        """Counted on its lines, in one query."""
        faite, refusee = (Count("pk", filter=Q(issue=issue)) for issue in (Issue.FAITE, Issue.REFUSEE))
        return Avancement(**self.lignes.order_by().aggregate(total=Count("pk"), faites=faite, refusees=refusee))


class Issue(models.TextChoices):
    """What became of one dossier."""

    ATTENDUE = "attendue", "attend"
    FAITE = "faite", "fait"
    REFUSEE = "refusee", "refusé"


class LigneDeLot(models.Model):
    """One dossier of a lot. Its issue is written in the transaction that moves the candidature."""

    lot = models.ForeignKey(LotDActes, on_delete=models.CASCADE, related_name="lignes")
    candidature_id = models.UUIDField("candidature (identifiant)")
    issue = models.CharField("issue", max_length=8, choices=Issue, default=Issue.ATTENDUE)
    raison = models.TextField("pourquoi non", blank=True)
    traitee_le = models.DateTimeField("traitée le", null=True, blank=True)

    class Meta:
        verbose_name = "ligne d’un lot"
        verbose_name_plural = "lignes d’un lot"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lot", "candidature_id"],
                name="un_dossier_une_fois_par_lot",
                violation_error_message="Ce dossier est déjà dans ce lot.",
            ),
            models.CheckConstraint(
                condition=Q(issue=Issue.ATTENDUE, traitee_le=None)
                | Q(issue__in=[Issue.FAITE, Issue.REFUSEE], traitee_le__isnull=False),
                name="issue_de_lot_datee",
                violation_error_message="Un dossier traité a son jour et son heure.",
            ),
        ]
        indexes = [
            models.Index(fields=["lot", "id"], condition=Q(issue=Issue.ATTENDUE), name="lignes_qui_attendent"),
            models.Index(fields=["lot", "-traitee_le"], name="lignes_traitees"),
        ]

    def __str__(self) -> str:
        return f"{self.candidature_id} : {self.get_issue_display()}"

    def clore(self, issue: Issue, raison: str = "") -> None:
        self.issue, self.raison, self.traitee_le = issue, raison, timezone.now()
        self.save(update_fields=["issue", "raison", "traitee_le"])


def inscrire(lot: LotDActes, candidatures: Collection[uuid.UUID]) -> None:
    """The dossiers of this lot, in the order given."""
    LigneDeLot.objects.bulk_create((LigneDeLot(lot=lot, candidature_id=pk) for pk in candidatures), batch_size=1000)
