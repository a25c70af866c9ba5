"""Communes, their neighbours and the registration site of each département.

Sources: INSEE code officiel géographique 2026, IGN Admin Express (see demandes/donnees/SOURCES.md).
"""

from dataclasses import dataclass
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Departement(models.Model):
    code = models.CharField("code", max_length=3, primary_key=True)
    nom = models.CharField("nom", max_length=40)
    region = models.CharField("région", max_length=40)
    site = models.URLField("site d’enregistrement de la demande")
    site_verifie_le = models.DateField("site vérifié le", null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = "département"

    def __str__(self) -> str:
        return f"{self.code} – {self.nom}"

    @property
    def site_en_clair(self) -> str:
        """The address as the guide prints it, without its scheme."""
        return self.site.removeprefix("https://").removeprefix("http://").removeprefix("www.")


class TypeCommune(models.TextChoices):
    COMMUNE = "COM", "Commune"
    ARRONDISSEMENT = "ARM", "Arrondissement municipal"


class CommuneQuerySet(models.QuerySet["Commune"]):
    def ou_l_on_habite(self) -> "CommuneQuerySet":
        """Communes that hold dwellings: all but Paris, Lyon and Marseille as a whole."""
        return self.filter(arrondissements=None)


class Commune(models.Model):
    code = models.CharField("code INSEE", max_length=5, primary_key=True)
    nom = models.CharField("nom", max_length=60)
    departement = models.ForeignKey(Departement, on_delete=models.PROTECT, related_name="communes")
    codes_postaux = ArrayField(models.CharField(max_length=5), verbose_name="codes postaux", default=list)
    population = models.PositiveIntegerField("population", default=0)
    latitude = models.FloatField("latitude", null=True)
    longitude = models.FloatField("longitude", null=True)
    zone = models.PositiveSmallIntegerField("zone des plafonds HLM (1, 2 ou 3)", default=3)
    zone_abc = models.CharField("zone ABC", max_length=4, blank=True)
    type = models.CharField("type", max_length=3, choices=TypeCommune, default=TypeCommune.COMMUNE)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="arrondissements", verbose_name="ville"
    )
    voisines = models.ManyToManyField("self", through="Voisinage", symmetrical=False)

    objects: ClassVar[CommuneQuerySet] = CommuneQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["nom"]

    def __str__(self) -> str:
        return self.nom

    @property
    def nom_court(self) -> str:
        """« Paris 11e » for « Paris 11e Arrondissement »."""
        return self.nom.removesuffix(" Arrondissement")

    @property
    def ou(self) -> str:
        """« à Paris 11e », « au Havre », « aux Lilas »."""
        for article, contracte in (("Le ", "au "), ("Les ", "aux ")):
            if self.nom.startswith(article):
                return contracte + self.nom.removeprefix(article)
        return f"à {self.nom_court}"

    @property
    def outre_mer(self) -> bool:
        """Overseas départements have ceilings of their own, which we do not have."""
        return self.departement_id.startswith("97")


class Voisinage(models.Model):
    """Two communes that share a stretch of boundary; each pair is stored in both directions."""

    commune = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="voisinages")
    voisine = models.ForeignKey(Commune, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "voisine"], name="un_voisinage_par_paire")]

    def __str__(self) -> str:
        return f"{self.commune_id} touche {self.voisine_id}"


class TableDeReference(models.Model):
    """Which data files were loaded, so that loading them again costs nothing."""

    nom = models.CharField("table", max_length=40, primary_key=True)
    empreinte = models.CharField("empreinte des fichiers", max_length=64, blank=True)
    chargee_le = models.DateTimeField("chargée le", null=True)

    class Meta:
        verbose_name = "table de référence"
        verbose_name_plural = "tables de référence"

    def __str__(self) -> str:
        return self.nom


@dataclass(frozen=True)
class Zones:
    """The three exclusive zones of one demand (guide #5), as INSEE and département codes."""

    demandees: frozenset[str]
    limitrophes: frozenset[str]
    departements: frozenset[str]

    @classmethod
    def autour_de(cls, souhaits: list[str]) -> "Zones":
        """The zones around the communes wished for, in three queries.

        A wish for Paris, Lyon or Marseille as a whole means its arrondissements too.
        """
        arrondissements = Commune.objects.filter(parent__in=souhaits).values_list("code", flat=True)
        demandees = frozenset(souhaits) | frozenset(arrondissements)
        voisines = Voisinage.objects.filter(commune__in=demandees).values_list("voisine_id", flat=True)
        departements = Commune.objects.filter(code__in=demandees).values_list("departement_id", flat=True)
        return cls(demandees, frozenset(voisines) - demandees, frozenset(departements))
