"""Whose employer the demand is attached to, and what that company may see."""

from functools import cached_property
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils import timezone

from accounts.models import Entreprise, Texte, valider_siret
from demandes.models.demande import Demande


class Titulaire(models.TextChoices):
    DEMANDEUR = "demandeur", "Demandeur"
    CODEMANDEUR = "codemandeur", "Codemandeur"


class Emploi(models.Model):
    """The employer tab of the import (guide #3, tab 2)."""

    demande = models.OneToOneField(Demande, on_delete=models.CASCADE, related_name="emploi")
    titulaire = models.CharField("rattachée à", max_length=12, choices=Titulaire, default=Titulaire.DEMANDEUR)
    sans_employeur = models.BooleanField("sans employeur, en situation prioritaire", default=False)
    siret = models.CharField("N° SIRET de l’employeur", max_length=14, blank=True, validators=[valider_siret])
    nom_employeur = models.CharField("Nom de l’employeur", max_length=80, blank=True)
    code_entreprise = models.CharField("Code entreprise", max_length=12, blank=True)
    matricule = models.CharField("Matricule", max_length=30, blank=True)
    entree_le = models.DateField("Date d’entrée dans l’entreprise", null=True, blank=True)
    travail_temporaire = models.BooleanField("dans une entreprise de travail temporaire", default=False)
    en_cdi = models.BooleanField("Êtes-vous en CDI ?", null=True, blank=True)
    valide_le = models.DateTimeField("entreprise validée le", null=True, blank=True)
    confirme_le = models.DateTimeField("emploi confirmé le", null=True, blank=True)

    class Meta:
        verbose_name = "emploi"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(sans_employeur=True) | (~models.Q(siret="") & ~models.Q(nom_employeur="")),
                name="un_employeur_ou_aucun",
                violation_error_message="Indiquez le SIRET et le nom de l’employeur, ou cochez « sans employeur ».",
            )
        ]

    def __str__(self) -> str:
        return self.nom_employeur or "Sans employeur"

    @property
    def entreprise(self) -> Entreprise | None:
        """The client company behind the SIRET, if it is one."""
        return Entreprise.objects.filter(siret=self.siret).first() if self.siret else None

    @cached_property
    def entreprise_id(self) -> UUID | None:
        """The key of that company, if there is one."""
        entreprise = self.entreprise
        return entreprise.pk if entreprise else None

    @property
    def donnees_manquantes(self) -> str:
        """« matricule et date d’entrée »: what some companies need to recognise their employee (guide #3, tab 2)."""
        absentes = {"matricule": not self.matricule, "date d’entrée": self.entree_le is None}
        return " et ".join(nom for nom, manque in absentes.items() if manque)


class ConsentementQuerySet(models.QuerySet["Consentement"]):
    def en_cours(self) -> "ConsentementQuerySet":
        return self.filter(retire_le=None)


class Consentement(models.Model):
    """Leave given to one company's housing service. Off by default, dated, withdrawn in one click (RGPD art. 7)."""

    demande = models.ForeignKey(Demande, on_delete=models.CASCADE, related_name="consentements")
    entreprise = models.ForeignKey(Entreprise, on_delete=models.PROTECT, related_name="consentements")
    texte = models.ForeignKey(Texte, on_delete=models.PROTECT, related_name="+", verbose_name="texte accepté")
    donne_le = models.DateTimeField("donné le", default=timezone.now)
    retire_le = models.DateTimeField("retiré le", null=True, blank=True)

    objects: ClassVar[ConsentementQuerySet] = ConsentementQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-donne_le"]
        constraints = [
            models.UniqueConstraint(
                fields=["demande"], condition=models.Q(retire_le=None), name="un_consentement_en_cours"
            )
        ]

    def __str__(self) -> str:
        return f"{self.demande} → {self.entreprise}"
