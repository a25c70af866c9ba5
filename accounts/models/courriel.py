"""The outbox: a mail is a row, inserted in the transaction that causes it."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

ATTENTE_MAXIMALE = timedelta(hours=1)
"""The longest pause between two tries at one mail."""


class CourrielQuerySet(models.QuerySet["Courriel"]):
    def a_envoyer(self) -> "CourrielQuerySet":
        """Mails neither sent nor refused, whose next try is due, oldest first."""
        return self.filter(envoye_le=None, refuse_le=None, prochain_essai_le__lte=timezone.now()).order_by(
            "prochain_essai_le", "cree_le"
        )


class Courriel(models.Model):
    """One message to one person. Its body is wiped in the commit that marks it sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gabarit = models.CharField("modèle", max_length=60)
    destinataire = models.EmailField("destinataire")
    repondre_a = models.EmailField("répondre à", blank=True)
    sujet = models.CharField("objet", max_length=200)
    texte = models.TextField("texte", blank=True)
    html = models.TextField("HTML", blank=True)
    cree_le = models.DateTimeField("écrit le", default=timezone.now)
    prochain_essai_le = models.DateTimeField("prochain essai", default=timezone.now)
    tentatives = models.PositiveSmallIntegerField("essais", default=0)
    derniere_erreur = models.CharField("dernière erreur", max_length=200, blank=True)
    envoye_le = models.DateTimeField("envoyé le", null=True, blank=True)
    refuse_le = models.DateTimeField("refusé le", null=True, blank=True)

    objects: ClassVar[CourrielQuerySet] = CourrielQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-cree_le"]
        indexes = [
            models.Index(
                fields=["prochain_essai_le", "cree_le"],
                condition=models.Q(envoye_le=None, refuse_le=None),
                name="courriels_a_envoyer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.sujet} → {self.destinataire}"

    @property
    def message_id(self) -> str:
        """The same at every try, so that a mail repeated after a crash is recognised as one."""
        return f"<{self.id}@alin>"

    def marquer_envoye(self) -> None:
        self.envoye_le, self.texte, self.html, self.derniere_erreur = timezone.now(), "", "", ""
        self.save()

    def marquer_refuse(self, erreur: str) -> None:
        """The server will never take this address: keep the trace, drop the body."""
        self.refuse_le, self.texte, self.html, self.derniere_erreur = timezone.now(), "", "", erreur[:200]
        self.save()

    def reporter(self, erreur: str) -> None:
        """Try again later: 10 s, then twice as long each time, at most an hour."""
        self.tentatives += 1
        pause = min(ATTENTE_MAXIMALE, timedelta(seconds=10 * 2 ** min(self.tentatives - 1, 10)))
        self.prochain_essai_le, self.derniere_erreur = timezone.now() + pause, erreur[:200]
        self.save()
