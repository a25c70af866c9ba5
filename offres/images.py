"""The file of a photograph, made into the two pictures we keep: checked, turned upright, resized, written anew.

The pictures are painted on a blank canvas, so that nothing of the file but its colours reaches them: no place, date,
camera, comment, thumbnail or colour profile.
"""

import hashlib
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from threading import Lock

from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError

from offres.photos import Taille

FORMATS = ("JPEG", "PNG", "WEBP")
OCTETS = 10_000_000
PIXELS = 50_000_000
COTE_MINIMAL = 300
"""Pixels: below it on a side, a picture shows nothing of a room."""
HAUTEURS = {Taille.PETITE: 960, Taille.GRANDE: 1600}
"""The most pixels that a picture is high, at each size. The large one fits a square, which stays one when turned."""
QUALITE = 80

Image.MAX_IMAGE_PIXELS = PIXELS
UNE_A_LA_FOIS = Lock()
"""50 million pixels take up to 800 MB while they are decoded: one photograph at a time in each process."""

SENS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What each EXIF orientation asks for (Exif 2.32 §4.6.4), as `ImageOps.exif_transpose` does; but that writes the EXIF
again, and breaks down on a damaged one."""
SEIZE_BITS = [niveau >> 8 for niveau in range(1 << 16)]
"""Levels of a grey picture of 16 bits, in 8: Pillow would make them all white."""
ILLISIBLE = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    KeyError,
    TypeError,
    AttributeError,
    struct.error,
    zlib.error,
)
"""What Pillow raises on a damaged file, according to where the damage is; `tests/offres/test_images.py` tries."""


class PhotoRefusee(Exception):
    """Why a photograph is refused, and what to do next, in French."""


@dataclass(frozen=True)
class Images:
    """What is kept of a photograph; `largeur` and `hauteur` are the pixels of the large size."""

    largeur: int
    hauteur: int
    contenus: dict[Taille, bytes]

    @property
    def empreinte(self) -> str:
        """SHA-256 of the bytes kept."""
        return hashlib.sha256(b"".join(self.contenus[taille] for taille in Taille)).hexdigest()


def tirer(contenu: bytes) -> Images:
    """Raises PhotoRefusee. A picture is never enlarged, and its size is known before any of it is decoded."""
    if len(contenu) > OCTETS:
        pese = f"{len(contenu) / 1_000_000:.1f}".replace(".", ",")
        raise PhotoRefusee(
            f"Cette photo pèse {pese} Mo, et nous en gardons {OCTETS // 1_000_000} au plus. Réduisez-la, "
            "puis choisissez-la à nouveau."
        )
    try:
        with UNE_A_LA_FOIS, Image.open(BytesIO(contenu), formats=FORMATS) as image:
            _verifier(image)
            grande = _peindre(image)
    except UnidentifiedImageError:
        raise PhotoRefusee(
            "Ce fichier n’est pas une photo JPEG, PNG ou WebP. Ouvrez la photo, enregistrez-la en JPEG, puis "
            "choisissez-la à nouveau."
        ) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PhotoRefusee(_trop_de_pixels()) from None
    except ILLISIBLE:
        raise PhotoRefusee(
            "Ce fichier est abîmé ou incomplet. Copiez la photo à nouveau depuis l’appareil, ou ouvrez-la et "
            "enregistrez-la en JPEG, puis choisissez-la."
        ) from None
    petite = grande.copy()
    petite.thumbnail((Taille.PETITE, HAUTEURS[Taille.PETITE]), Image.Resampling.LANCZOS)
    return Images(*grande.size, {Taille.PETITE: _webp(petite), Taille.GRANDE: _webp(grande)})


def _verifier(image: Image.Image) -> None:
    """What the head of the file says. Raises PhotoRefusee."""
    largeur, hauteur = image.size
    if largeur * hauteur > PIXELS:
        raise PhotoRefusee(_trop_de_pixels())
    if min(largeur, hauteur) < COTE_MINIMAL:
        raise PhotoRefusee(
            f"Cette photo mesure {largeur} × {hauteur} pixels : il en faut {COTE_MINIMAL} au moins de chaque côté. "
            "Choisissez l’original plutôt qu’une vignette."
        )
    # A JPEG of several pictures is no animation: telephones keep a depth map or a second view beside the photograph.
    if image.format != "MPO" and getattr(image, "is_animated", False):
        raise PhotoRefusee("Cette image est animée. Choisissez une photo, ou enregistrez-en une seule vue en JPEG.")


def _trop_de_pixels() -> str:
    return (
        f"Cette photo a plus de {PIXELS // 1_000_000} millions de pixels. Réduisez ses dimensions, puis "
        "choisissez-la à nouveau."
    )


def _peindre(image: Image.Image) -> Image.Image:
    """The large size, upright, on a white canvas, in the colours of the Web (sRGB)."""
    profil, transparente = image.info.get("icc_profile"), "transparency" in image.info
    if image.mode.startswith("I"):
        image = image.convert("I").point(SEIZE_BITS, "L")
    elif transparente or image.mode not in ("L", "RGB", "RGBA", "CMYK"):
        image = image.convert("RGBA")
    image.thumbnail((Taille.GRANDE, HAUTEURS[Taille.GRANDE]), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if (sens := SENS.get(_orientation(image))) is not None:
        image = image.transpose(sens)
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    toile = Image.new("RGB", image.size)
    toile.paste(_en_srgb(image, profil))
    return toile


def _orientation(image: Image.Image) -> int:
    """How the camera was held; 0 where the file does not say, or says it badly. Nothing else of its EXIF is read."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 0))
    except ILLISIBLE:
        return 0


def _en_srgb(image: Image.Image, profil: bytes | None) -> Image.Image:
    """The colours as the file's own profile means them; a profile that makes no sense counts for nothing."""
    if profil:
        try:
            source, web = ImageCms.ImageCmsProfile(BytesIO(profil)), ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, web, outputMode="RGB") or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            return image.convert("RGB")
    return image.convert("RGB")


def _webp(image: Image.Image) -> bytes:
    """A picture without anything beside; `image` has no `info` to leak, having been painted."""
    sortie = BytesIO()
    image.save(sortie, "WEBP", quality=QUALITE, method=4)
    return sortie.getvalue()
