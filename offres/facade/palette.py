"""The colours of the drawings: one palette per age of building, and what they all share."""

from dataclasses import dataclass
from enum import StrEnum

LUMIERE = "#ffc24b"
"""The amber light: these windows may be yours. Nothing else in a drawing has this colour."""
LAMPE = "#e39a1c"
ENCRE = "#1c2333"
GRADUATION = "#8d8577"
PAPIER = "#ffffff"

SOL = "#d9d2c6"
BORDURE = "#c3baab"
RAMPE = "#a89f90"
VOISINS = ("#d9d8d8", "#e0ddda")
TOIT_VOISIN = "#d0d2d7"
NUAGE = "#ffffff"
TRONC = "#8a7a66"
FEUILLAGES = ("#9db595", "#aabf9f", "#8fab8a")
HAIE = "#93ab8a"
PANNEAU = "#43587a"
PANNEAU_REFLET = "#7f95b8"
RIDEAU = "#c9d0d9"
STORES = ("#5c7a6b", "#9a5548", "#5b6f8f")
DEVANTURE = "#7e8ca0"
GARAGE = "#b9b4aa"
GARAGE_LATTE = "#a39d92"
POT = "#c08d70"

CIELS = (("#dfe9f1", "#f8efe2"), ("#e6e6f0", "#fbeadb"), ("#e2eeee", "#f7f1e4"))


class Style(StrEnum):
    PIERRE = "pierre"
    BRIQUE = "brique"
    BARRE = "barre"
    RECENT = "recent"
    MAISON = "maison"


@dataclass(frozen=True)
class Palette:
    mur: str
    ombre: str
    toit: str
    faite: str
    vitre: str
    porte: str
    fer: str
    filet: str
    accents: tuple[str, ...]


PALETTES = {
    Style.PIERRE: Palette(
        "#ece0c9", "#d8c8aa", "#8492a6", "#6f7d92", "#6b788c", "#46566b", "#3f4a5c", "#f6eedd", ("#c79a7e",)
    ),
    Style.BRIQUE: Palette(
        "#d0906f", "#b97a5b", "#8b7468", "#75604f", "#5f6b7d", "#4b3d38", "#4b3d38", "#efd8bf", ("#c38163", "#d99d7c")
    ),
    Style.BARRE: Palette(
        "#e9e6df",
        "#d0d3d5",
        "#a9b1b8",
        "#8f989f",
        "#6d7b8e",
        "#52606f",
        "#77848f",
        "#f7f5f0",
        ("#d9b98a", "#a9bccb", "#b9c6ab"),
    ),
    Style.RECENT: Palette(
        "#fbf8f2",
        "#e3ddd1",
        "#b8a98e",
        "#8d9c86",
        "#5d6b80",
        "#52606f",
        "#7a8794",
        "#ffffff",
        ("#dcb988", "#b5c4ad", "#c9b5a1"),
    ),
    Style.MAISON: Palette(
        "#f1e7d5",
        "#dccdb2",
        "#b4694d",
        "#9a553c",
        "#66738a",
        "#48604f",
        "#5c4a3e",
        "#fbf5e9",
        ("#5f7f73", "#9a553c", "#66809c", "#8a7a9c"),
    ),
}
