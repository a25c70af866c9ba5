"""What a company's housing service writes to the adviser. `candidatures.models` gives this model to Django.

Insert-only; it leaves with its demand, and its applicant reads it in « Mes données ».
"""

import pgtrigger
from django.db import models
from django.utils import timezone

from demandes.models import Demande

LONGUEUR = 1_000
"""Signs of a note at most."""


class NoteAuConseiller(models.Model):
    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="notes")
    texte = models.TextField("note", max_length=LONGUEUR)
    le = models.DateTimeField("écrite le", default=timezone.now)
    par_id = models.UUIDField("par (identifiant)")
    par_nom = models.CharField("écrite par", max_length=160)

    class Meta:
        verbose_name = "note au conseiller"
        verbose_name_plural = "notes au conseiller"
        ordering = ["-le", "-id"]
        triggers = [pgtrigger.Protect(name="note_intouchable", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"Note du {timezone.localtime(self.le):%d/%m/%Y}"
