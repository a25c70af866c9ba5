"""The photographs of a dwelling, as we wrote them anew (offres.images). `offres.models` gives these models to Django.

What is shown to somebody is a `Tirage`, whose bytes only the view that serves it reads: no list meets them.
"""

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Deferrable, Q
from django.urls import reverse

PHOTOS_PAR_OFFRE = 10


class Taille(models.IntegerChoices):
    """The two sizes kept, by the most pixels they are wide."""

    PETITE = 640, "petite"
    GRANDE = 1600, "grande"

    def adresse(self, offre: object, empreinte: str) -> str:
        """Where the picture of this print is served at this size, to whoever may see this offer."""
        return reverse(f"offres:photo_{self.label}", args=[offre, empreinte])


class Photo(models.Model):
    """One photograph of one offer. `largeur` and `hauteur` are the pixels of the large size."""

    offre = models.ForeignKey("offres.Offre", on_delete=models.CASCADE, related_name="photos")
    ordre = models.PositiveSmallIntegerField("ordre")
    texte = models.CharField("texte alternatif", max_length=160)
    largeur = models.PositiveSmallIntegerField("largeur (pixels)")
    hauteur = models.PositiveSmallIntegerField("hauteur (pixels)")
    empreinte = models.CharField("empreinte (SHA-256 des deux tailles)", max_length=64)

    class Meta:
        verbose_name = "photo"
        ordering = ["offre", "ordre"]
        constraints = [
            models.UniqueConstraint(
                fields=["offre", "ordre"],
                name="une_photo_par_rang",
                deferrable=Deferrable.DEFERRED,
                violation_error_message="Une autre photo de ce logement a déjà ce rang.",
            ),
            models.UniqueConstraint(
                fields=["offre", "empreinte"],
                name="une_photo_une_fois_par_offre",
                violation_error_message="Ce logement a déjà cette photo.",
            ),
            models.CheckConstraint(
                condition=Q(ordre__gte=1, ordre__lte=PHOTOS_PAR_OFFRE),
                name="dix_photos_par_offre",
                violation_error_message="Un logement a dix photos au plus.",
            ),
        ]

    def __str__(self) -> str:
        return self.texte

    @property
    def petite(self) -> str:
        """The address of the small size."""
        return Taille.PETITE.adresse(self.offre_id, self.empreinte)

    @property
    def grande(self) -> str:
        """The address of the large size."""
        return Taille.GRANDE.adresse(self.offre_id, self.empreinte)


class TirageQuerySet(models.QuerySet["Tirage"]):
    def de(self, offre: UUID, empreinte: str, taille: int) -> "TirageQuerySet":
        """The one picture of an address, or none."""
        return self.filter(photo__offre=offre, photo__empreinte=empreinte, taille=taille)


class Tirage(models.Model):
    """A photograph at one size: the bytes of a WebP file that holds a picture and nothing else."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="tirages")
    taille = models.PositiveSmallIntegerField("taille", choices=Taille)
    contenu = models.BinaryField("contenu")

    objects: ClassVar[TirageQuerySet] = TirageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "tirage"
        constraints = [
            models.UniqueConstraint(
                fields=["photo", "taille"],
                name="un_tirage_par_taille",
                violation_error_message="Cette photo est déjà tirée à cette taille.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.photo_id}, {self.get_taille_display()}"
