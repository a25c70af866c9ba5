"""The leave given to one company's housing service: to whom, under which text, since when and until when."""

from datetime import date
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Entreprise, Texte
from demandes.models.demande import Demande


class ConsentementQuerySet(models.QuerySet["Consentement"]):
    def non_retires(self) -> "ConsentementQuerySet":
        """Those nobody took back: one at most for each demand. Some may be over all the same."""
        return self.filter(retire_le=None)

    def en_cours(self) -> "ConsentementQuerySet":
        """Those in force today: not withdrawn, not past their end, the company still there.

        Nothing has to sweep: what is over is over at midnight. Migration demandes 0010 says the same in SQL.
        """
        pas_finis = Q(fin_le=None) | Q(fin_le__gte=timezone.localdate())
        return self.non_retires().filter(pas_finis, entreprise__in=Entreprise.objects.ouvertes())


class Consentement(models.Model):
    """Off by default, to one named company, dated, withdrawn in one click (RGPD art. 7).

    Written once: nothing changes afterwards but `retire_le`, once. Another end date is another line. It leaves with
    its demand only.
    """

    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="consentements")
    entreprise = models.ForeignKey(Entreprise, on_delete=models.PROTECT, related_name="consentements")
    texte = models.ForeignKey(Texte, on_delete=models.PROTECT, related_name="+", verbose_name="texte accepté")
    donne_le = models.DateTimeField("donné le", default=timezone.now)
    fin_le = models.DateField("valable jusqu’au", null=True, blank=True)
    retire_le = models.DateTimeField("retiré le", null=True, blank=True)

    objects: ClassVar[ConsentementQuerySet] = ConsentementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-donne_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["demande"], condition=models.Q(retire_le=None), name="un_consentement_en_cours"
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="consentement_intouchable",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.retire_le IS NOT NULL OR"
                    " (OLD.demande_id, OLD.entreprise_id, OLD.texte_id, OLD.donne_le, OLD.fin_le) IS DISTINCT FROM"
                    " (NEW.demande_id, NEW.entreprise_id, NEW.texte_id, NEW.donne_le, NEW.fin_le)"
                ),
            ),
            pgtrigger.Trigger(
                name="consentement_part_avec_sa_demande",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func="IF EXISTS (SELECT FROM demandes_demande WHERE id = OLD.demande_id) THEN "
                "RAISE EXCEPTION 'A leave goes with its demand only'; END IF; RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.demande} → {self.entreprise}"

    @property
    def fini_le(self) -> date | None:
        """The day it ended, by its own date or by its withdrawal; None while neither has come."""
        retrait = timezone.localdate(self.retire_le) if self.retire_le else None
        terme = self.fin_le if self.fin_le and self.fin_le < timezone.localdate() else None
        return min((jour for jour in (retrait, terme) if jour), default=None)
