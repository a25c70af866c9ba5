"""The order in which a commission is given the dossiers of one offer, and the points that explain it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from candidatures.classement import rangs
from candidatures.models import Candidature


@dataclass(frozen=True)
class Placee:
    """One candidature in its place, with its points of the day."""

    place: int
    candidature: Candidature
    points: int


def en_ordre(candidatures: Iterable[Candidature]) -> list[Placee]:
    """As the published ranking says, among these: the most points, then the oldest demand (candidatures.classement)."""
    jour = timezone.localdate()
    bareme = rangs.bareme_du(jour)
    points = {c: rangs.points_de(c.demande, c.offre, bareme, jour).total for c in candidatures}
    triees = sorted(points, key=lambda c: (-points[c], c.demande.deposee_le, c.demande.numero_unique))
    return [Placee(place, c, points[c]) for place, c in enumerate(triees, start=1)]
