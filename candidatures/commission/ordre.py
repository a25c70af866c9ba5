"""The order in which a commission is given the dossiers of one offer, and the numbers that explain it."""

from collections.abc import Iterable
from dataclasses import dataclass

from candidatures.models import Candidature


@dataclass(frozen=True)
class Placee:
    """One candidature in its place; `points` is None where no scale gives any."""

    place: int
    candidature: Candidature
    points: int | None = None


def en_ordre(candidatures: Iterable[Candidature]) -> list[Placee]:
    """The oldest demand first, then the oldest candidature. The one place that decides this order."""
    triees = sorted(candidatures, key=lambda c: (c.demande.deposee_le, c.deposee_le, c.pk))
    return [Placee(place, candidature) for place, candidature in enumerate(triees, start=1)]
