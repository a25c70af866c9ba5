"""The sittings of the commission (CALEOL), as minutes: how many were examined, how many ranked. Source: R441-3.

Counts, not names: a person who leaves AL'in leaves the minutes true.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User
from offres.models import Offre

EXAMINEES_AU_MOINS = 3
"""« La commission examine au moins trois demandes pour un même logement à attribuer » (R441-3), or says why not."""
SANS_TROU = """
IF EXISTS (
    SELECT FROM candidatures_candidature WHERE seance_id = NEW.id
    HAVING count(*) <> NEW.examinees OR count(rang) <> NEW.classees OR coalesce(max(rang), 0) <> NEW.classees
        OR count(DISTINCT rang) <> NEW.classees
) THEN
    RAISE EXCEPTION 'pgtrigger: the ranks of sitting % are not 1 to %', NEW.id, NEW.classees;
END IF;
RETURN NULL;
"""


ECRITES = ("offre_id", "tenue_le", "examinees", "classees", "justification", "le")
"""What is never written again; the author may be forgotten."""


class Seance(models.Model):
    """One sitting about one offer. Written once, with all its decisions, by `candidatures.commission.tenir`."""

    offre = models.ForeignKey(Offre, on_delete=models.PROTECT, related_name="seances", verbose_name="offre")
    tenue_le = models.DateField("tenue le")
    examinees = models.PositiveSmallIntegerField("candidatures examinées")
    classees = models.PositiveSmallIntegerField("candidats classés")
    justification = models.TextField("pourquoi moins de trois candidatures", blank=True)
    par = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="seances_saisies", verbose_name="saisie par"
    )
    le = models.DateTimeField("saisie le", default=timezone.now)

    class Meta:
        verbose_name = "séance de commission"
        verbose_name_plural = "séances de commission"
        ordering = ["-tenue_le", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(examinees__gte=EXAMINEES_AU_MOINS) | ~Q(justification=""),
                name="trois_examinees_ou_une_raison",
                violation_error_message="Moins de trois candidatures examinées : écrivez pourquoi (article R441-3).",
            ),
            models.CheckConstraint(
                condition=Q(examinees__gte=1, classees__lte=F("examinees")),
                name="classees_parmi_les_examinees",
                violation_error_message="On ne classe que des candidatures examinées.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="rangs_de_un_a_n",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=SANS_TROU,
            ),
            pgtrigger.Protect(
                name="seance_intouchable",
                operation=pgtrigger.UpdateOf(*ECRITES),  # type: ignore[no-untyped-call]
            ),
        ]

    def __str__(self) -> str:
        return f"Séance du {self.tenue_le:%d/%m/%Y}"
