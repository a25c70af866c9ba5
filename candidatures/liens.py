"""The link a bailleur opens a transmitted dossier with. `candidatures.models` gives this model to Django."""

import secrets
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from candidatures.statuts import ATTRIBUEES, CHEZ_LE_BAILLEUR

LISIBLES = sorted(CHEZ_LE_BAILLEUR | ATTRIBUEES)
"""Where the bailleur still has to read: a link dies with the candidature, without anybody's writing it."""
SEL = "candidatures.liens"


def tirer_un_jeton() -> str:
    """256 bits, for an address."""
    return secrets.token_urlsafe(32)


def empreinte(jeton: str) -> str:
    """What is kept of it: nothing that opens."""
    return salted_hmac(SEL, jeton, algorithm="sha256").hexdigest()


class LienQuerySet(models.QuerySet["Lien"]):
    def en_cours(self) -> "LienQuerySet":
        """Those that open today."""
        return self.filter(revoque_le=None, expire_le__gt=timezone.now(), candidature__statut__in=LISIBLES)


class Lien(models.Model):
    """The token itself is never stored. Who opened, and when, is in the consultations of the applicant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    candidature = models.ForeignKey("candidatures.Candidature", on_delete=models.CASCADE, related_name="liens")
    empreinte = models.CharField("empreinte du jeton", max_length=64, unique=True)
    cree_le = models.DateTimeField("créé le", default=timezone.now)
    expire_le = models.DateTimeField("valable jusqu’au")
    revoque_le = models.DateTimeField("révoqué le", null=True, blank=True)
    par_id = models.UUIDField("créé par (identifiant)")

    objects: ClassVar[LienQuerySet] = LienQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "lien de transmission"
        verbose_name_plural = "liens de transmission"
        ordering = ["-cree_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidature"],
                condition=Q(revoque_le=None),
                name="un_lien_par_candidature",
                violation_error_message="Cette candidature a déjà un lien.",
            )
        ]

    def __str__(self) -> str:
        return f"Lien du {self.cree_le:%d/%m/%Y}"
