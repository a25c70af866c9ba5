"""« Nouveau »: what was published since the applicant last looked at the offers.

Two days in the demand's own row, today's visit and the one before, written at most once a day: they live and are erased
with the demand, and the list costs no query more.
"""

from datetime import date

from django.db.models import F

from demandes.models import Demande


def noter(demande: Demande, jour: date) -> None:
    """Today the applicant looks at the offers; looking again the same day changes nothing."""
    if demande.offres_vues_le == jour:
        return
    pas_encore = Demande.objects.filter(pk=demande.pk).exclude(offres_vues_le=jour)
    pas_encore.update(offres_vues_avant_le=F("offres_vues_le"), offres_vues_le=jour)
    demande.offres_vues_avant_le, demande.offres_vues_le = demande.offres_vues_le, jour
