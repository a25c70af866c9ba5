"""How long each bailleur really took, from the journal: one statement a night, right however often it runs."""

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from candidatures.attributions import Attribution
from candidatures.classement.comparables import DEUX_ANS
from candidatures.statuts import EN_SEANCE, Action
from offres.models import DelaiMesure

UN_AN = timedelta(days=365)
MESURER = """
INSERT INTO offres_delaimesure (bailleur_id, jours, reponses, mesure_le)
SELECT offre.bailleur_id,
    percentile_disc(0.5) WITHIN GROUP (
        ORDER BY (resultat.le AT TIME ZONE 'Europe/Paris')::date - (envoi.le AT TIME ZONE 'Europe/Paris')::date
    ),
    count(*), %(jour)s
FROM candidatures_evenement resultat
JOIN candidatures_evenement envoi ON envoi.candidature_id = resultat.candidature_id AND envoi.action = %(envoi)s
JOIN offres_offre offre ON offre.id = resultat.offre_id
WHERE resultat.action = ANY(%(decisions)s) AND resultat.depuis = 'en_commission'
    AND (resultat.le AT TIME ZONE 'Europe/Paris')::date > %(depuis)s
    AND (resultat.le AT TIME ZONE 'Europe/Paris')::date <= %(jour)s
GROUP BY offre.bailleur_id
ON CONFLICT (bailleur_id) DO UPDATE SET
    jours = EXCLUDED.jours, reponses = EXCLUDED.reponses, mesure_le = EXCLUDED.mesure_le
"""
"""The median of the days from the dossier sent to the result of the commission, over the year that ends that day."""


@transaction.atomic
def mesurer_les_reponses(jour: date) -> int:
    """Write the delay of each bailleur; forget those silent for a year. Returns how many are measured."""
    decisions = [action.value for action in sorted(EN_SEANCE)]
    parametres: dict[str, Any] = {
        "jour": jour,
        "depuis": jour - UN_AN,
        "envoi": Action.TRANSMETTRE.value,
        "decisions": decisions,
    }
    with connection.cursor() as curseur:
        curseur.execute(MESURER, parametres)
        mesures: int = curseur.rowcount
    DelaiMesure.objects.exclude(mesure_le=jour).delete()
    return mesures


def oublier_les_vieux_baux(jour: date) -> int:
    """What nobody reads any more leaves. Returns how many lines left."""
    return Attribution.objects.filter(le__lte=jour - DEUX_ANS).delete()[0]
