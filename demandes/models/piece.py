"""The supporting documents that the applicant says are on the registration site (guide #3, tab 3)."""

from django.db import models
from django.utils import timezone

from demandes.models.demande import Demande


class PieceConfirmee(models.Model):
    """One box ticked. `cle` names the document, its owner and its period (demandes.pieces)."""

    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="pieces_confirmees")
    cle = models.CharField("pièce", max_length=60)
    confirmee_le = models.DateTimeField("confirmée le", default=timezone.now)

    class Meta:
        verbose_name = "pièce confirmée"
        verbose_name_plural = "pièces confirmées"
        constraints = [models.UniqueConstraint(fields=["demande", "cle"], name="une_case_par_piece")]

    def __str__(self) -> str:
        return self.cle
