"""Photographs made for the tests: rooms of flat colours, in the formats and with the oddities of real files."""

from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, ImageCms, ImageDraw

MUR, SOL, FENETRE = (222, 205, 178), (120, 84, 52), (176, 214, 240)
COMMENTAIRE = b"pris par Jeanne Martin"


def piece(largeur: int = 1200, hauteur: int = 800, mode: str = "RGB") -> Image.Image:
    """A wall, a floor, and a window near the top left corner."""
    image = Image.new("RGB", (largeur, hauteur), MUR)
    dessin = ImageDraw.Draw(image)
    dessin.rectangle((0, hauteur * 2 // 3, largeur, hauteur), SOL)
    dessin.rectangle((largeur // 10, hauteur // 10, largeur // 3, hauteur // 2), FENETRE)
    return image.convert(mode)


def fichier(image: Image.Image, genre: str = "JPEG", **reglages: Any) -> bytes:
    sortie = BytesIO()
    image.save(sortie, genre, **reglages)
    return sortie.getvalue()


def photo(largeur: int = 1200, hauteur: int = 800, **reglages: Any) -> bytes:
    return fichier(piece(largeur, hauteur), **reglages)


def exif(**balises: Any) -> Image.Exif:
    """What a telephone writes: its name, where and when; with tags of one's own."""
    donnees = Image.Exif()
    donnees[ExifTags.Base.Make] = "Telephone"
    donnees[ExifTags.Base.DateTime] = "2026:11:20 10:00:00"
    for nom, valeur in balises.items():
        donnees[ExifTags.Base[nom]] = valeur
    donnees.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (48.0, 51.0, 30.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (2.0, 22.0, 10.0),
        }
    )
    return donnees


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>Jeanne Martin</dc:creator></x:xmpmeta>'


def profil() -> bytes:
    """An ICC profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def morceaux(webp: bytes) -> list[str]:
    """The names of the chunks of a WebP file (RFC 9649 §2.3)."""
    assert (webp[:4], webp[8:12]) == (b"RIFF", b"WEBP")
    noms, place = [], 12
    while place < len(webp):
        noms.append(webp[place : place + 4].decode())
        taille = int.from_bytes(webp[place + 4 : place + 8], "little")
        place += 8 + taille + taille % 2
    return noms


def lue(webp: bytes) -> Image.Image:
    return Image.open(BytesIO(webp)).convert("RGB")


def proche(couleur: object, attendue: object, ecart: int = 12) -> bool:
    """Whether a colour is that one, as far as a lossy file keeps it."""
    assert isinstance(couleur, tuple)
    assert isinstance(attendue, tuple)
    return all(abs(int(a) - b) <= ecart for a, b in zip(couleur, attendue, strict=True))
