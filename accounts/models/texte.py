"""The texts that people accept, version by version, and who accepted which, when (RGPD art. 7.1)."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from accounts.models.personne import User


class CodeTexte(models.TextChoices):
    DONNEES = "donnees", "Données personnelles"
    CGU = "cgu", "Conditions générales d’utilisation"
    CONSENTEMENT = "consentement", "Accord donné au service logement"


A_CONNAITRE = (CodeTexte.CGU, CodeTexte.DONNEES)
"""Accepted with the account; a new version is shown until it is acknowledged. Consent is asked, never shown."""


class TexteQuerySet(models.QuerySet["Texte"]):
    def en_vigueur(self, jour: Any = None) -> "TexteQuerySet":
        """The version in force of each text, on that day or today: the highest that has begun."""
        commence = {"en_vigueur_le__lte": jour or timezone.localdate()}
        suivantes = Texte.objects.filter(code=OuterRef("code"), version__gt=OuterRef("version"), **commence)
        return self.filter(~Exists(suivantes.order_by()), **commence).order_by("code")

    def a_connaitre(self, user: Any, jour: Any = None) -> "TexteQuerySet":
        """What is in force and that this person has not acknowledged yet."""
        return self.en_vigueur(jour).filter(code__in=A_CONNAITRE).exclude(acceptations__personne=user)


class Texte(models.Model):
    """One version of one text. Published once, never changed: a correction is the next version."""

    code = models.CharField("texte", max_length=12, choices=CodeTexte)
    version = models.PositiveSmallIntegerField("version")
    en_vigueur_le = models.DateField("en vigueur depuis le")
    contenu = models.TextField("contenu")

    objects: ClassVar[TexteQuerySet] = TexteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "texte"
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "version"],
                name="une_version_par_numero",
                violation_error_message="Cette version est déjà publiée.",
            )
        ]
        triggers = [pgtrigger.Protect(name="texte_intouchable", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_code_display()}, version {self.version}"

    def get_absolute_url(self) -> str:
        return reverse("texte", args=[self.code, self.version])


class Acceptation(models.Model):
    """Someone read this version and accepted it. Never changed; leaves with its person only."""

    personne = models.ForeignKey(User, on_delete=models.CASCADE, related_name="acceptations")
    texte = models.ForeignKey(Texte, on_delete=models.PROTECT, related_name="acceptations")
    le = models.DateTimeField("accepté le", default=timezone.now)

    class Meta:
        verbose_name = "acceptation"
        ordering = ["-le"]
        constraints = [
            models.UniqueConstraint(
                fields=["personne", "texte"],
                name="une_acceptation_par_texte",
                violation_error_message="Cette personne a déjà accepté ce texte.",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="acceptation_intouchable", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="acceptation_part_avec_sa_personne",
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func="IF EXISTS (SELECT FROM accounts_user WHERE id = OLD.personne_id) THEN "
                "RAISE EXCEPTION 'An acceptance leaves with its person only'; END IF; RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.texte}, {self.personne}"
