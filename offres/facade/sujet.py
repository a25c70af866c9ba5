"""What a drawing reads of an offer, and the words that replace it for whoever does not see it."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from zlib import crc32

from offres.facade.palette import Style

if TYPE_CHECKING:
    from offres.models import Offre

NIVEAUX_AU_PLUS = 30
"""Floors drawn at most: a higher tower is drawn with thirty, the dwelling at the same share of its height."""
NIVEAUX_MAISON = 2
ETAGES_PAR_DEFAUT = 4
ECLATS = 2**32


@dataclass(frozen=True)
class Hasard:
    """The same drawing for the same offer, for ever: each draw depends on the seed and on what it is for."""

    graine: str

    def part(self, *quoi: object) -> float:
        """A share, 0 included and 1 excluded."""
        return crc32(repr((self.graine, *quoi)).encode()) / ECLATS

    def entier(self, petit: int, grand: int, *quoi: object) -> int:
        """An integer from `petit` to `grand`, both included."""
        return petit + int(self.part(*quoi) * (grand - petit + 1))

    def choix(self, options: tuple[str, ...], *quoi: object) -> str:
        return options[self.entier(0, len(options) - 1, *quoi)]


@dataclass(frozen=True)
class Sujet:
    """The offer, reduced to what shows from the street. None means that the bailleur did not say."""

    graine: str
    style: Style
    annee: int | None
    etages: int | None
    etage: int | None
    pieces: int
    balcon: bool
    commerce: bool
    stationnement: bool
    rampe: bool
    jardin: bool
    solaire: bool

    @property
    def hasard(self) -> Hasard:
        return Hasard(self.graine)

    @property
    def maison(self) -> bool:
        return self.style == Style.MAISON

    @property
    def etages_supposes(self) -> int:
        """The floors above the ground floor; never fewer than the dwelling needs."""
        etage = max(self.etage or 0, 0)
        if self.maison:
            return min(NIVEAUX_MAISON, 1 if self.etages is None else self.etages)
        if self.etages is None:
            return ETAGES_PAR_DEFAUT if self.etage is None else etage + 2
        return max(self.etages, etage)

    @property
    def niveaux(self) -> int:
        """The floors drawn above the ground floor."""
        return min(self.etages_supposes, NIVEAUX_AU_PLUS)

    @property
    def niveau(self) -> int | None:
        """The floor drawn with its lights on; None when nobody knows it."""
        if self.etage is None:
            return None
        if self.etages_supposes <= NIVEAUX_AU_PLUS:
            return max(self.etage, 0)
        return round(max(self.etage, 0) * NIVEAUX_AU_PLUS / self.etages_supposes)

    @property
    def etiquette(self) -> str:
        """« 3e étage », « RDC », « Niveau −1 »; nothing for a house or an unknown floor."""
        if self.maison or self.etage is None:
            return ""
        if self.etage < 0:
            return f"Niveau −{-self.etage}"
        return "RDC" if self.etage == 0 else f"{rang(self.etage)} étage"

    @property
    def empreinte(self) -> str:
        return _empreinte(self)

    @property
    def texte(self) -> str:
        """« Dessin : immeuble de 1908, 6 étages, logement au 3e étage, avec balcon »."""
        quoi = "maison" if self.maison else "immeuble"
        morceaux = [f"Dessin : {quoi} de {self.annee}" if self.annee else f"Dessin : {quoi}"]
        if self.etages:
            morceaux.append(f"{self.etages} étage{'s' if self.etages > 1 else ''}")
        if self.etiquette:
            morceaux.append(f"logement au {self._ou()}")
        return ", ".join(morceaux + self._atouts())

    def _ou(self) -> str:
        return "rez-de-chaussée" if self.etage == 0 else self.etiquette[0].lower() + self.etiquette[1:]

    def _atouts(self) -> list[str]:
        """« avec balcon, jardin et stationnement », in one piece or none."""
        presents = {
            "balcon ou terrasse" if self.maison else "balcon": self.balcon,
            "jardin": self.jardin,
            "stationnement": self.stationnement,
            "rampe d’accès": self.rampe,
            "commerce au rez-de-chaussée": self.commerce and not self.maison,
        }
        *debut, fin = [nom for nom, present in presents.items() if present] or [""]
        if not fin:
            return []
        return [f"avec {', '.join(debut)} et {fin}" if debut else f"avec {fin}"]


@lru_cache(maxsize=20_000)
def _empreinte(sujet: Sujet) -> str:
    return hashlib.blake2b(repr(sujet).encode(), digest_size=5).hexdigest()


def rang(etage: int) -> str:
    """« 1er », « 2e »."""
    return "1er" if etage == 1 else f"{etage}e"


def sujet_de(offre: "Offre") -> Sujet:
    return Sujet(
        graine=offre.reference or str(offre.pk),
        style=_style(offre),
        annee=offre.annee_construction,
        etages=offre.nombre_etages,
        etage=offre.etage,
        pieces=int(offre.typologie[1]),
        balcon=offre.balcon,
        commerce=offre.commerce,
        stationnement=offre.stationnement,
        rampe=offre.accessible_pmr,
        jardin=offre.jardin,
        solaire=offre.dpe in ("A", "B"),
    )


def _style(offre: "Offre") -> Style:
    annee = offre.annee_construction
    if offre.nature == "maison":
        return Style.MAISON
    if annee is None or annee >= 1990:
        return Style.RECENT
    if annee >= 1949:
        return Style.BARRE
    return Style.PIERRE if annee < 1915 else Style.BRIQUE
