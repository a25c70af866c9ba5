"""An invitation to a company's housing service: for one address, once, for seven days."""

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models.entreprise import Entreprise, RoleDAgent
from accounts.models.personne import masquer

VALIDITE = timedelta(days=7)


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def ouvertes(self) -> "InvitationQuerySet":
        """Those that still wait for their answer; some may have expired."""
        return self.filter(acceptee_le=None, annulee_le=None)


class Invitation(models.Model):
    """The token of its mail is never stored: only what recognises it (`accounts.invitations`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entreprise = models.ForeignKey(Entreprise, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField("adresse e-mail")
    prenom = models.CharField("prénom", max_length=36)
    nom_naissance = models.CharField("nom", max_length=36)
    role = models.CharField("rôle", max_length=12, choices=RoleDAgent, default=RoleDAgent.AGENT)
    empreinte = models.CharField("empreinte du jeton", max_length=64, unique=True)
    par_id = models.UUIDField("invité par (identifiant)")
    par_nom = models.CharField("invité par", max_length=160)
    cree_le = models.DateTimeField("envoyée le", default=timezone.now)
    expire_le = models.DateTimeField("valable jusqu’au")
    acceptee_le = models.DateTimeField("acceptée le", null=True, blank=True)
    annulee_le = models.DateTimeField("annulée le", null=True, blank=True)

    objects: ClassVar[InvitationQuerySet] = InvitationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "invitation"
        ordering = ["-cree_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["entreprise", "email"],
                condition=Q(acceptee_le=None, annulee_le=None),
                name="une_invitation_ouverte",
                violation_error_message="Cette adresse a déjà une invitation en attente.",
            ),
            models.CheckConstraint(
                condition=Q(acceptee_le=None) | Q(annulee_le=None),
                name="acceptee_ou_annulee",
                violation_error_message="Une invitation acceptée ne s’annule plus.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prenom} {self.nom_naissance}, {self.entreprise}"

    @property
    def est_expiree(self) -> bool:
        return self.expire_le <= timezone.now()

    @property
    def email_masque(self) -> str:
        return masquer(self.email)
