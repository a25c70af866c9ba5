"""How long it took those who had a dwelling here with a demand like one's own (R441-2-17), from the leases signed.

Each lease leaves one line without anybody: what was let, the points of the demand that day, how many candidatures and
months it had taken. Medians, over two years, and nothing below ten leases.
"""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Aggregate, Count, IntegerField

from candidatures.attributions import Attribution
from candidatures.classement import rangs
from candidatures.classement.regle import mois_pleins
from candidatures.models import Candidature
from demandes.models import Demande
from offres.models import Offre

AU_MOINS = 10
"""Leases below which nothing is told."""
PRES = 10
"""Points, of the demand alone, within which two demands are alike."""
DEUX_ANS = timedelta(days=730)


class Mediane(Aggregate):
    """The value that half of the others do not exceed."""

    function = "percentile_disc"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = IntegerField()


class Comparables(NamedTuple):
    """Medians of `baux` leases: candidatures deposited, months since the demand was filed."""

    baux: int
    candidatures: int
    mois: int
    points: int


def comparables(offre: Offre, hors_loyer: int, jour: date) -> Comparables | None:
    """Same type, same département, points within `PRES`; None below `AU_MOINS` leases. One query, by its index."""
    semblables = Attribution.objects.filter(
        departement=offre.commune.departement_id,
        typologie=offre.typologie,
        points__range=(hors_loyer - PRES, hors_loyer + PRES),
        le__gt=jour - DEUX_ANS,
    )
    n = semblables.aggregate(baux=Count("pk"), candidatures=Mediane("candidatures"), mois=Mediane("mois"))
    return Comparables(**n, points=hors_loyer) if n["baux"] >= AU_MOINS else None


def noter(candidature: Candidature, jour: date) -> None:
    """The line that this lease leaves; with the signature, or not at all."""
    demande: Demande = candidature.demande
    offre: Offre = candidature.offre
    Attribution.objects.create(
        departement_id=offre.commune.departement_id,
        typologie=offre.typologie,
        points=rangs.points_de(demande, offre, rangs.bareme_du(jour), jour).hors_loyer,
        candidatures=Candidature.objects.dans_la_file().filter(demande=demande).count(),
        mois=mois_pleins(demande.deposee_le, jour),
        le=jour.replace(day=1),
    )
