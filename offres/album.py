"""The acts on the photographs of an offer: add, describe, move, remove.

Each locks the offer, writes, keeps `Offre.photo` (the first photograph, all that a list needs), and leaves a line in
the history that the admin shows.
"""

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction

from accounts.models import User
from offres.images import PhotoRefusee, tirer
from offres.models import Offre
from offres.photos import PHOTOS_PAR_OFFRE, Photo, Tirage


def ajouter(offre: Offre, contenu: bytes, texte: str, *, par: User) -> Photo:
    """Keep a photograph, after the others. Raises PhotoRefusee."""
    images = tirer(contenu)  # before the lock: it may take a second
    with transaction.atomic():
        deja = _verrouiller(offre)
        if len(deja) >= PHOTOS_PAR_OFFRE:
            raise PhotoRefusee(f"Ce logement a déjà {PHOTOS_PAR_OFFRE} photos. Retirez-en une, puis recommencez.")
        if double := next((photo for photo in deja if photo.empreinte == images.empreinte), None):
            raise PhotoRefusee(f"Ce logement a déjà cette photo : « {double} ». Choisissez-en une autre.")
        photo = Photo.objects.create(
            offre=offre,
            ordre=len(deja) + 1,
            texte=texte,
            largeur=images.largeur,
            hauteur=images.hauteur,
            empreinte=images.empreinte,
        )
        Tirage.objects.bulk_create(Tirage(photo=photo, taille=t, contenu=c) for t, c in images.contenus.items())
        _ranger(offre, [*deja, photo], f"Photo ajoutée : « {texte} ».", par)
    return photo


@transaction.atomic
def decrire(photo: Photo, texte: str, *, par: User) -> None:
    """Change the words that replace a photograph."""
    photos = _verrouiller(photo.offre)
    if photo in photos:
        Photo.objects.filter(pk=photo.pk).update(texte=texte)
        _ranger(photo.offre, photos, f"Texte d’une photo : « {photo} » est devenu « {texte} ».", par)


@transaction.atomic
def deplacer(photo: Photo, rangs: int, *, par: User) -> None:
    """Move a photograph by so many places, towards the first when negative; at an end it stays there."""
    photos = _verrouiller(photo.offre)
    place = photos.index(photo) if photo in photos else 0
    arrivee = min(max(place + rangs, 0), len(photos) - 1)
    if photo in photos and arrivee != place:
        photos.insert(arrivee, photos.pop(place))
        _ranger(photo.offre, photos, f"Photo déplacée au rang {arrivee + 1} : « {photo} ».", par)


@transaction.atomic
def retirer(photo: Photo, *, par: User) -> None:
    """Remove a photograph for good, its pictures with it. Removed by somebody else meanwhile, it stays removed."""
    photos = _verrouiller(photo.offre)
    if photo in photos:
        photos.remove(photo)
        Photo.objects.filter(pk=photo.pk).delete()
        _ranger(photo.offre, photos, f"Photo retirée : « {photo} ».", par)


def _verrouiller(offre: Offre) -> list[Photo]:
    """The photographs in their order, which nobody else changes before the end of the transaction."""
    Offre.objects.select_for_update(no_key=True).get(pk=offre.pk)
    return list(offre.photos.all())


def _ranger(offre: Offre, photos: list[Photo], phrase: str, par: User) -> None:
    """Number them again, keep the first one on the offer, and tell the history."""
    for ordre, photo in enumerate(photos, 1):
        photo.ordre = ordre
    Photo.objects.bulk_update(photos, ["ordre"])
    offre.photo = photos[0].empreinte if photos else ""
    offre.save(update_fields=["photo"])
    LogEntry.objects.log_actions(par.pk, Offre.objects.filter(pk=offre.pk), CHANGE, phrase, single_object=True)
