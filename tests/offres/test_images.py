"""What an adviser's file becomes: refused with a reason, or two pictures with nothing but a picture in them."""

import random
import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image

from offres.images import OCTETS, PIXELS, PhotoRefusee, tirer
from offres.photos import Taille
from tests.offres.images import (
    COMMENTAIRE,
    FENETRE,
    MUR,
    SOL,
    XMP,
    exif,
    fichier,
    lue,
    morceaux,
    photo,
    piece,
    proche,
    profil,
)

LIEUX = {MUR: (1000, 100), SOL: (1000, 750), FENETRE: (250, 200)}
"""Where each colour of the room is, on the large size."""


def tirages(contenu: bytes) -> tuple[bytes, bytes]:
    images = tirer(contenu)
    return images.contenus[Taille.PETITE], images.contenus[Taille.GRANDE]


def refus(contenu: bytes) -> str:
    with pytest.raises(PhotoRefusee) as pourquoi:
        tirer(contenu)
    return str(pourquoi.value)


def png_annonce(largeur: int, hauteur: int) -> bytes:
    """A PNG of some bytes whose head announces a size, whatever follows."""
    tete = struct.pack(">IIBBBBB", largeur, hauteur, 8, 2, 0, 0, 0)
    suite = b"\x89PNG\r\n\x1a\n"
    for nom, contenu in ((b"IHDR", tete), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")):
        suite += struct.pack(">I", len(contenu)) + nom + contenu + struct.pack(">I", zlib.crc32(nom + contenu))
    return suite


@pytest.mark.parametrize(
    ("dimensions", "petite", "grande"),
    [
        ((3000, 2000), (640, 427), (1600, 1067)),
        ((2000, 3000), (640, 960), (1067, 1600)),
        ((500, 400), (500, 400), (500, 400)),
        ((4000, 400), (640, 64), (1600, 160)),
    ],
    ids=["landscape", "portrait", "small", "panorama"],
)
def test_two_sizes_are_kept_and_nothing_is_enlarged(dimensions, petite, grande):
    images = tirer(photo(*dimensions))
    assert (images.largeur, images.hauteur) == grande
    assert [lue(images.contenus[taille]).size for taille in Taille] == [petite, grande]


@pytest.mark.parametrize("genre", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_the_three_formats_are_read_whatever_their_colours(genre, mode):
    _, grande = tirages(fichier(piece(mode=mode), genre))
    image, envoyee = lue(grande), piece(mode=mode).convert("RGB")
    assert all(proche(image.getpixel(place), envoyee.getpixel(place)) for place in LIEUX.values())


@pytest.mark.parametrize(
    "contenu",
    [
        fichier(piece(mode="CMYK")),
        fichier(piece(mode="CMYK"), progressive=True),
        fichier(piece().quantize(8), "PNG"),
        fichier(piece(mode="RGBA"), "PNG"),
        photo(icc_profile=profil()),
        photo(icc_profile=b"no profile at all"),
        fichier(piece(mode="CMYK"), icc_profile=profil()),
        fichier(piece(), "MPO", save_all=True, append_images=[piece(640, 480)]),
    ],
    ids=["cmyk", "progressive cmyk", "palette", "rgba", "icc", "bad icc", "icc of another mode", "two views"],
)
def test_the_colours_are_those_of_the_room(contenu):
    _, grande = tirages(contenu)
    image = lue(grande)
    assert all(proche(image.getpixel(place), couleur, 25) for couleur, place in LIEUX.items())


def test_a_grey_picture_of_sixteen_bits_is_not_all_white():
    _, grande = tirages(fichier(Image.new("I;16", (400, 400), 40_000), "PNG"))
    assert proche(lue(grande).getpixel((200, 200)), (156, 156, 156))


def test_what_is_transparent_becomes_white():
    image = piece(mode="RGBA")
    image.putalpha(0)
    _, grande = tirages(fichier(image, "PNG"))
    assert proche(lue(grande).getpixel((600, 100)), (255, 255, 255))
    _, grande = tirages(fichier(piece(), "PNG", transparency=MUR))
    assert proche(lue(grande).getpixel((1000, 100)), (255, 255, 255))
    assert proche(lue(grande).getpixel((1000, 750)), SOL)


@pytest.mark.parametrize("genre", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    ("orientation", "dimensions", "fenetre"),
    [
        (1, (900, 600), (200, 150)),
        (3, (900, 600), (700, 450)),
        (6, (600, 900), (450, 200)),
        (8, (600, 900), (150, 700)),
        (2, (900, 600), (700, 150)),
        (4, (900, 600), (200, 450)),
        (5, (600, 900), (150, 200)),
        (7, (600, 900), (450, 700)),
        (9, (900, 600), (200, 150)),
    ],
)
def test_a_photograph_stands_as_the_camera_was_held(genre, orientation, dimensions, fenetre):
    petite, grande = tirages(fichier(piece(900, 600), genre, exif=exif(Orientation=orientation)))
    image = lue(grande)
    assert image.size == dimensions
    assert proche(image.getpixel(fenetre), FENETRE)
    assert lue(petite).size == ((640, 427) if dimensions == (900, 600) else dimensions)


@pytest.mark.parametrize(
    "contenu",
    [
        photo(exif=exif(), comment=COMMENTAIRE, icc_profile=profil(), xmp=XMP),
        fichier(piece(), "PNG", exif=exif(), icc_profile=profil(), xmp=XMP),
        fichier(piece(), "WEBP", exif=exif(), icc_profile=profil(), xmp=XMP),
        fichier(piece(), "MPO", save_all=True, append_images=[piece(640, 480)], exif=exif(), comment=COMMENTAIRE),
    ],
    ids=["jpeg", "png", "webp", "mpo"],
)
def test_place_date_camera_author_and_profile_are_all_gone(contenu):
    assert b"Telephone" in contenu
    for webp in tirages(contenu):
        assert morceaux(webp) == ["VP8 "]
        image = Image.open(BytesIO(webp))
        assert (dict(image.getexif()), image.info.get("xmp"), image.info.get("icc_profile")) == ({}, None, None)
        assert not any(trace in webp for trace in (b"Telephone", b"Jeanne", b"Exif", b"2026:11", b"ICC"))


def test_the_same_file_makes_the_same_bytes_and_another_makes_others():
    assert tirer(photo()).empreinte == tirer(photo()).empreinte
    assert tirer(photo()).empreinte != tirer(photo(1200, 801)).empreinte


def test_a_file_too_heavy_is_refused_with_its_weight():
    assert "Cette photo pèse 10,1 Mo, et nous en gardons 10 au plus." in refus(photo() + b"\0" * (OCTETS + 50_000))


@pytest.mark.parametrize(
    "contenu",
    [
        b"%PDF-1.7 un bail",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html><script>alert(1)</script>",
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
        fichier(piece(), "GIF"),
        fichier(piece(), "BMP"),
        fichier(piece(), "TIFF"),
        b"\xff\xd8\xff",
    ],
    ids=["pdf", "svg", "html", "heic", "gif", "bmp", "tiff", "three bytes"],
)
def test_what_is_no_jpeg_png_or_webp_is_refused(contenu):
    assert "Ce fichier n’est pas une photo JPEG, PNG ou WebP. Ouvrez la photo, enregistrez-la" in refus(contenu)


@pytest.mark.parametrize("dimensions", [(10_000, 5_001), (20_000, 20_000), (60_000, 60_000)])
def test_a_bomb_is_refused_by_what_its_head_announces(dimensions):
    assert len(png_annonce(*dimensions)) < 200
    assert f"Cette photo a plus de {PIXELS // 1_000_000} millions de pixels." in refus(png_annonce(*dimensions))


def test_a_bomb_of_webp_is_refused_too():
    tete = b"VP8L" + struct.pack("<IBI", 5, 0x2F, 16_382 | 16_382 << 14)
    assert "millions de pixels" in refus(b"RIFF" + struct.pack("<I", len(tete) + 5) + b"WEBP" + tete + b"\0")


def test_a_thumbnail_is_refused_with_its_size():
    assert "Cette photo mesure 120 × 80 pixels : il en faut 300 au moins de chaque côté." in refus(photo(120, 80))


@pytest.mark.parametrize("genre", ["PNG", "WEBP"])
def test_an_animation_is_refused(genre):
    anime = fichier(piece(), genre, save_all=True, append_images=[piece(mode="L").convert("RGB")])
    assert "Cette image est animée." in refus(anime)


@pytest.mark.parametrize("genre", ["JPEG", "PNG", "WEBP"])
def test_a_file_cut_short_is_refused(genre):
    bruit = Image.effect_noise((600, 400), 80).convert("RGB")
    contenu = fichier(bruit, genre)
    assert "abîmé ou incomplet" in refus(contenu[: len(contenu) // 2])


def abimes(genre: str, combien: int) -> None:
    """Files damaged at random are read or refused; nothing else comes out."""
    hasard = random.Random(genre)
    reglages = {"exif": exif(Orientation=6), "icc_profile": profil(), "xmp": XMP}
    entier = fichier(piece(400, 300), genre, **reglages)
    for _ in range(combien):
        contenu = bytearray(entier)
        for _ in range(hasard.randint(1, 12)):
            contenu[hasard.randrange(len(contenu) if hasard.random() < 0.5 else 900)] = hasard.randrange(256)
        if hasard.random() < 0.2:
            del contenu[hasard.randrange(len(contenu)) :]
        with suppress(PhotoRefusee):
            assert tirer(bytes(contenu)).largeur


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow says what it forgives
@pytest.mark.parametrize("genre", ["JPEG", "PNG", "WEBP"])
def test_a_damaged_file_is_read_or_refused(genre):
    abimes(genre, 40)


@pytest.mark.epreuve
@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("genre", ["JPEG", "PNG", "WEBP"])
def test_three_thousand_damaged_files_are_read_or_refused(genre):
    abimes(genre, 3_000)
