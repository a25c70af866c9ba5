"""Opening a round: which offers have appeared, and which demands to look at. One transaction, one round at a time.

The demands come from the offers, by commune and size of household: the cost follows the wishes for the communes
where something appeared, and neither the number of demands in the country nor (offers × people).
"""

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Max, QuerySet

from candidatures.models import PLACES_PRISES
from offres.eligibilite import TYPOLOGIES
from offres.models import Offre, Parution, Tournee
from offres.plafonds import Bareme

PAR_LOT = 200
"""Demands of one lot: about a second of work, and what a crash makes a worker do again."""

DECOUPER = """
WITH neuves AS (  -- the cheapest new dwelling, for each place, size of household and reservation
    SELECT o.commune_id AS lieu, t.taille, e.siret, min(o.loyer_charges_comprises) AS loyer
    FROM offres_offre o
    JOIN unnest(%(tailles)s::int[], %(typologies)s::text[]) AS t (taille, typologie) ON t.typologie = o.typologie
    LEFT JOIN accounts_entreprise e ON e.id = o.reservee_a_id
    WHERE o.id = ANY(%(offres)s::uuid[])
    GROUP BY 1, 2, 3
), places AS (  -- the place itself and, once a day, what it touches
    SELECT lieu AS commune, taille, siret, loyer FROM neuves
    UNION ALL
    SELECT v.commune_id, taille, siret, loyer FROM neuves JOIN demandes_voisinage v ON v.voisine_id = neuves.lieu
    WHERE %(voisines)s
), souhaitees AS (  -- a wish for Paris, Lyon or Marseille as a whole means each arrondissement
    SELECT commune, taille, siret, min(loyer) AS loyer
    FROM (
        SELECT * FROM places
        UNION ALL
        SELECT c.parent_id, taille, siret, loyer FROM places JOIN demandes_commune c ON c.code = places.commune
        WHERE c.parent_id IS NOT NULL
    ) toutes
    GROUP BY 1, 2, 3
), demandes AS (
    SELECT d.id, min(s.commune_id) AS lieu
    FROM souhaitees n
    JOIN demandes_souhait s ON s.commune_id = n.commune
    JOIN demandes_demande d ON d.id = s.demande_id AND greatest(1, least(5, d.nombre_personnes)) = n.taille
    LEFT JOIN offres_abonnement a ON a.personne_id = d.demandeur_id
    WHERE n.loyer * 100 <= %(blocage)s * (d.ressources + d.aide_logement)
      AND d.dossier_valide_le IS NOT NULL AND d.radiee_le IS NULL
      AND a.arrete_le IS NULL AND (a.dernier_le IS NULL OR a.dernier_le < %(jour)s)
      AND (n.siret IS NULL OR EXISTS (SELECT FROM demandes_emploi e WHERE e.demande_id = d.id AND e.siret = n.siret))
      AND NOT EXISTS (
          SELECT FROM candidatures_candidature c WHERE c.demande_id = d.id AND c.statut = ANY(%(prises)s::text[])
      )
    GROUP BY d.id
)
INSERT INTO offres_lot (tournee_id, demandes, courriels)
SELECT %(tournee)s, array_agg(id), 0
FROM (SELECT id, (row_number() OVER (ORDER BY lieu, id) - 1) / %(par_lot)s AS lot FROM demandes) rangees
GROUP BY lot
"""


@transaction.atomic
def ouvrir_une_tournee(jour: date, *, par_lot: int = PAR_LOT) -> Tournee | None:
    """Note what has appeared, and cut the people whom it may suit into lots. None if nothing is to be done.

    The first of a day takes up whatever appeared since the first of the day before; those that follow, what has just
    appeared in a commune asked for. The very first ever only notes what is there: none of it is new.
    """
    with connection.cursor() as curseur:
        curseur.execute("SELECT pg_advisory_xact_lock(hashtext('alertes'))")
    premiere = not Tournee.objects.filter(jour=jour, quotidienne=True).exists()
    neuves = Offre.objects.ouvertes(jour).filter(parution=None)
    if not premiere and not neuves.exists():
        return None
    precedente = Tournee.objects.filter(quotidienne=True).aggregate(n=Max("pk"))["n"]
    tournee = Tournee.objects.create(jour=jour, quotidienne=premiere)
    Parution.objects.bulk_create(Parution(offre_id=pk, tournee=tournee) for pk in neuves.values_list("pk", flat=True))
    if precedente is not None:
        depuis = precedente if premiere else tournee.pk - 1
        _decouper(tournee, Offre.objects.ouvertes(jour).filter(parution__tournee__gt=depuis), par_lot)
    return tournee


def _decouper(tournee: Tournee, offres: QuerySet[Offre], par_lot: int) -> None:
    """The lots of this round: whom these offers may suit. The ceilings are left to `lots`, which asks the rules."""
    parametres: dict[str, Any] = {
        "tournee": tournee.pk,
        "jour": tournee.jour,
        "voisines": tournee.quotidienne,
        "offres": list(offres.values_list("pk", flat=True)),
        "tailles": [taille for taille, types in TYPOLOGIES.items() for _ in types],
        "typologies": [str(typologie) for types in TYPOLOGIES.values() for typologie in types],
        "blocage": Bareme.en_vigueur(tournee.jour).blocage,
        "prises": PLACES_PRISES,
        "par_lot": par_lot,
    }
    if parametres["offres"]:
        with connection.cursor() as curseur:
            curseur.execute(DECOUPER, parametres)
