"""How the points of an offer's candidatures are spread, and where one stands (R441-2-17), without anybody's line.

Bars ten or twenty points wide. With fewer than five other people nothing is drawn: a bar would be somebody.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from candidatures.classement import rangs
from candidatures.classement.requetes import total
from demandes.models import Demande
from offres.models import Offre

AU_MOINS = 5
"""Other people below whom no bar is drawn."""
FIN, LARGE = 10, 20
"""Points in a bar; the wider where the narrow ones would be more than `BARRES`."""
BARRES = 9
PAS, EPAISSEUR, HAUTEUR = 40, 32, 100
"""Units of the drawing: from a bar to the next, of a bar, of the tallest."""


class Barre(NamedTuple):
    """`nombre` candidatures from `de` to `a` points; `la_sienne` is the reader's, who is counted if he has applied."""

    de: int
    a: int
    nombre: int
    la_sienne: bool
    x: int
    hauteur: int

    @property
    def y(self) -> int:
        return HAUTEUR - self.hauteur

    @property
    def milieu(self) -> int:
        return self.x + EPAISSEUR // 2


@dataclass(frozen=True)
class Repartition:
    """`barres` is empty where too few have applied. `plus`, `autant` and `moins` count the others."""

    barres: tuple[Barre, ...]
    points: int
    autres: int
    plus: int
    autant: int
    moins: int

    @property
    def largeur(self) -> int:
        return len(self.barres) * PAS


def de_l_offre(offre: Offre, demande: Demande, jour: date, points: int, *, candidate: bool) -> Repartition:
    """What this applicant may read, in one query."""
    bareme = rangs.bareme_connu(jour, demande.reperes)
    autres = rangs.qui_comptent().filter(offre=offre).exclude(demande=demande)
    return repartir(list(autres.values_list(total(bareme, jour), flat=True)), points, candidate=candidate)


def repartir(autres: Collection[int], points: int, *, candidate: bool) -> Repartition:
    """The points of the others, and one's own, in bars of one width."""
    plus, autant = sum(n > points for n in autres), sum(n == points for n in autres)
    barres = _barres([*autres, points] if candidate else [*autres], points) if len(autres) >= AU_MOINS else ()
    return Repartition(barres, points, len(autres), plus, autant, len(autres) - plus - autant)


def _barres(tous: list[int], points: int) -> tuple[Barre, ...]:
    bas, haut = min(*tous, points), max(*tous, points)
    pas = FIN if haut // FIN - bas // FIN < BARRES else LARGE
    nombres = dict.fromkeys(range(bas // pas, haut // pas + 1), 0)
    for n in tous:
        nombres[n // pas] += 1
    plus_haute = max(nombres.values())
    return tuple(
        Barre(
            rang * pas,
            rang * pas + pas - 1,
            nombre,
            rang == points // pas,
            place * PAS + (PAS - EPAISSEUR) // 2,
            -(-nombre * HAUTEUR // plus_haute),
        )
        for place, (rang, nombre) in enumerate(nombres.items())
    )
