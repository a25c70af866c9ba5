"""Where the dwellings of the demonstration stand: real communes, with what one says of their neighbourhoods.

The rent levels are those usually seen in recent and older social housing, in euros a month per m², charges apart.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Marche:
    """Rents per m² by financing, charges per m², and the share of dwellings built in each era."""

    plai: float
    plus: float
    pls: float
    lli: float
    charges: float
    eres: str  # one letter per dwelling of a typical ten: a, h, g, v, d, n (logements.ERES)
    maisons: int = 0  # houses in a hundred large dwellings
    etages: int = 12  # of the highest building
    reseau: bool = True  # a heating network serves the city


PARIS = Marche(6.6, 7.7, 11.9, 16.4, 2.5, "aahhggvvdn", etages=14)
COURONNE = Marche(6.3, 7.2, 10.4, 13.6, 2.4, "ahggggvddn", 4)
LYON = Marche(5.8, 6.7, 9.4, 12.4, 2.0, "aaggvvddnn", 2)
MARSEILLE = Marche(5.6, 6.4, 8.8, 11.2, 1.9, "aagggvvddn", 6, 10)
LILLE = Marche(5.5, 6.3, 8.5, 10.9, 1.8, "aahggvdddn", 36, 8)
OUEST = Marche(5.4, 6.2, 8.4, 10.7, 1.6, "aggvvdddnn", 24, 8)
BREST = Marche(5.0, 5.6, 7.2, 8.6, 1.6, "gggvvddnnn", 20, 8)
TOULOUSE = Marche(5.4, 6.2, 8.3, 10.8, 1.7, "agvvdddnnn", 16, 8)
BOURG = Marche(4.8, 5.4, 6.8, 8.0, 1.3, "aavvddddnn", 90, 3, reseau=False)


@dataclass(frozen=True)
class Lieu:
    """A commune (INSEE code), how many dwellings it offers, and sentences about its neighbourhoods."""

    code: str
    nombre: int
    marche: Marche
    quartiers: tuple[str, ...]
