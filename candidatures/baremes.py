"""The published scales of the ranking, by date. `candidatures.models` gives these models to Django.

A scale is never corrected once in force: a new one is written with a later date, and the former stay readable.
"""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, NamedTuple

from django.db import models, transaction

from offres.declencheurs import REPERE


class Tranche(NamedTuple):
    """`points` up to this share, in percent: below it for the surface, that very share included for the rent."""

    seuil: int
    points: int


@dataclass(frozen=True)
class Bareme:
    """The weights in force. Brackets go up by share: the first one that holds counts."""

    en_vigueur_le: date
    dalo: int
    prioritaire: int
    par_mois: int
    mois_comptes: int
    mutation: int
    rapprochement: int
    suroccupation: tuple[Tranche, ...]
    effort: tuple[Tranche, ...]


class BaremeQuerySet(models.QuerySet["BaremeDeClassement"]):
    def du(self, jour: date) -> Bareme:
        """The scale in force on that day; with none in the database, the one published first."""
        modele = self.filter(en_vigueur_le__lte=jour).prefetch_related("tranches").order_by("-en_vigueur_le").first()
        return modele.en_valeur() if modele else PREMIER


class BaremeDeClassement(models.Model):
    """One version: points for each criterion, in force from its day until the next version's."""

    en_vigueur_le = models.DateField("en vigueur le", unique=True)
    dalo = models.PositiveSmallIntegerField("reconnu prioritaire au titre du DALO (points)", default=50)
    prioritaire = models.PositiveSmallIntegerField("autre situation de l’article L441-1 (points)", default=25)
    par_mois = models.PositiveSmallIntegerField("par mois plein d’ancienneté (points)", default=1)
    mois_comptes = models.PositiveSmallIntegerField("mois d’ancienneté comptés au plus", default=60)
    mutation = models.PositiveSmallIntegerField("mutation professionnelle (points)", default=15)
    rapprochement = models.PositiveSmallIntegerField("rapprochement du lieu de travail (points)", default=10)

    objects: ClassVar[BaremeQuerySet] = BaremeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "barème de classement"
        verbose_name_plural = "barèmes de classement"
        ordering = ["-en_vigueur_le"]
        triggers = [REPERE]

    def __str__(self) -> str:
        return f"Barème du {self.en_vigueur_le:%d/%m/%Y}"

    def en_valeur(self) -> Bareme:
        """As the rule reads it."""
        tranches = sorted(self.tranches.all(), key=lambda tranche: tranche.seuil)
        return Bareme(
            self.en_vigueur_le,
            self.dalo,
            self.prioritaire,
            self.par_mois,
            self.mois_comptes,
            self.mutation,
            self.rapprochement,
            tuple(Tranche(t.seuil, t.points) for t in tranches if t.critere == TrancheDeBareme.Critere.SUROCCUPATION),
            tuple(Tranche(t.seuil, t.points) for t in tranches if t.critere == TrancheDeBareme.Critere.EFFORT),
        )


class TrancheDeBareme(models.Model):
    """Points up to a share: of the minimal surface, or of the income."""

    class Critere(models.TextChoices):
        SUROCCUPATION = "suroccupation", "Logement actuel trop petit (moins de … % du minimum)"
        EFFORT = "effort", "Part du loyer (au plus … % des revenus)"

    bareme = models.ForeignKey(BaremeDeClassement, on_delete=models.CASCADE, related_name="tranches")
    critere = models.CharField("critère", max_length=16, choices=Critere)
    seuil = models.PositiveSmallIntegerField("seuil (%)")
    points = models.PositiveSmallIntegerField("points")

    class Meta:
        verbose_name = "tranche"
        ordering = ["critere", "seuil"]
        triggers = [REPERE]
        constraints = [
            models.UniqueConstraint(
                fields=["bareme", "critere", "seuil"],
                name="un_seuil_par_critere",
                violation_error_message="Ce seuil existe déjà pour ce critère.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.seuil} % : {self.points} points"


PREMIER = Bareme(
    en_vigueur_le=date(2026, 1, 1),
    dalo=50,
    prioritaire=25,
    par_mois=1,
    mois_comptes=60,
    mutation=15,
    rapprochement=10,
    suroccupation=(Tranche(50, 15), Tranche(75, 10), Tranche(100, 5)),
    effort=(Tranche(20, 15), Tranche(25, 10), Tranche(30, 5)),
)
"""The first scale published. What another is weighed against: docs/classement.md."""


@transaction.atomic
def charger() -> bool:
    """Write the first scale; False if the portal has one already, its own or a later one."""
    if BaremeDeClassement.objects.exists():
        return False
    ecrire(PREMIER)
    return True


@transaction.atomic
def ecrire(bareme: Bareme) -> BaremeDeClassement:
    """A version of its own, with its brackets."""
    tranches = {
        TrancheDeBareme.Critere.SUROCCUPATION: bareme.suroccupation,
        TrancheDeBareme.Critere.EFFORT: bareme.effort,
    }
    simples = ("en_vigueur_le", "dalo", "prioritaire", "par_mois", "mois_comptes", "mutation", "rapprochement")
    version = BaremeDeClassement.objects.create(**{nom: getattr(bareme, nom) for nom in simples})
    TrancheDeBareme.objects.bulk_create(
        TrancheDeBareme(bareme=version, critere=critere, seuil=tranche.seuil, points=tranche.points)
        for critere, liste in tranches.items()
        for tranche in liste
    )
    return version
