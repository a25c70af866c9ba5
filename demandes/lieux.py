"""The communes that a plan shows, and how they are named in a few words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

NOMS_AU_PLUS = 8
"""Names written one after the other; the others are counted."""


class Lieu(NamedTuple):
    """A commune that may be named: its INSEE code, its name, the code of its city when it is an arrondissement."""

    code: str
    nom: str
    parent: str | None = None

    @property
    def nom_court(self) -> str:
        """« Paris 11e » for « Paris 11e Arrondissement »."""
        return self.nom.removesuffix(" Arrondissement").replace("'", "’")

    @property
    def numero(self) -> str:
        """« 11e » for an arrondissement, when its city goes without saying; else the name."""
        return self.nom_court.rpartition(" ")[2] if self.parent else self.nom_court


@dataclass(frozen=True)
class Territoire:
    """What to draw: the plans of the communes asked for, or with `ici` one plan centred on that commune.

    A city asked for as a whole is in `demandees` with its arrondissements. `lieux` are the communes that may be named.
    """

    demandees: frozenset[str]
    limitrophes: frozenset[str]
    lieux: tuple[Lieu, ...]
    ici: str = ""

    def nom(self, code: str) -> str:
        """The short name of a commune; its code when nobody gave it."""
        return next((lieu.nom_court for lieu in self.lieux if lieu.code == code), code)

    def noms(self, codes: Iterable[str]) -> list[str]:
        """The names of these communes, « Lyon » standing for its arrondissements when it is asked for as a whole."""
        villes = {lieu.code: lieu.parent for lieu in self.lieux if lieu.parent in self.demandees}
        return [self.nom(code) for code in dict.fromkeys(villes.get(code) or code for code in codes)]

    def zone(self, code: str) -> str:
        """« , commune demandée, », « , commune limitrophe, » or nothing."""
        if code in self.demandees:
            return ", commune demandée,"
        return ", commune limitrophe," if code in self.limitrophes else ""


def enumerer(noms: list[str]) -> str:
    """« Paris 11e, Paris 20e et Montreuil »; beyond eight names, « et 4 autres communes »."""
    if len(noms) > NOMS_AU_PLUS:
        return f"{', '.join(noms[: NOMS_AU_PLUS - 1])} et {len(noms) - NOMS_AU_PLUS + 1} autres communes"
    *debut, fin = noms
    return f"{', '.join(debut)} et {fin}" if debut else fin
