"""Companies whose employees AL'in houses, and the agents of their housing services."""

import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from stdnum.exceptions import ValidationError as NumeroInvalide
from stdnum.fr import siret as controle_siret

from accounts.models.personne import User


def valider_siret(valeur: str) -> None:
    """Refuse a number that is not a SIRET: 14 digits, Luhn key, La Poste's own rule included.

    Raises `django.core.exceptions.ValidationError`.
    """
    try:
        controle_siret.validate(valeur)
    except NumeroInvalide as erreur:
        raise ValidationError(
            "Ce n° SIRET n’est pas valable : il a 14 chiffres et sa clé de contrôle ne correspond pas. "
            "Vous le trouvez en haut de votre bulletin de salaire.",
            code="siret",
        ) from erreur


class EntrepriseQuerySet(models.QuerySet["Entreprise"]):
    def suivies_par(self, user: User) -> "EntrepriseQuerySet":
        """The companies whose housing service this person works for."""
        en_poste = Q(appartenances__fin_le=None) | Q(appartenances__fin_le__gt=timezone.localdate())
        return self.filter(en_poste, appartenances__agent=user).distinct()


class Entreprise(models.Model):
    """One establishment (SIRET) of a company that is a client of Action Logement."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    siret = models.CharField("n° SIRET", max_length=14, unique=True, validators=[valider_siret])
    nom = models.CharField("nom", max_length=80)
    code = models.CharField("code entreprise", max_length=12, blank=True)
    effectif = models.PositiveIntegerField("salariés", default=10)
    exige_confirmation = models.BooleanField(
        "confirme l’emploi de ses salariés",
        default=False,
        help_text="Matricule et date d’entrée deviennent nécessaires ; une offre réservée attend la confirmation.",
    )
    travail_temporaire = models.BooleanField(
        "entreprise de travail temporaire",
        default=False,
        help_text="Ses salariés disent s’ils sont en CDI.",
    )
    agents = models.ManyToManyField(User, through="Appartenance", related_name="entreprises")

    objects: ClassVar[EntrepriseQuerySet] = EntrepriseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["nom"]

    def __str__(self) -> str:
        return self.nom


class Appartenance(models.Model):
    """An agent's place in a company's housing service; ended, never deleted."""

    agent = models.ForeignKey(User, on_delete=models.CASCADE, related_name="appartenances")
    entreprise = models.ForeignKey(Entreprise, on_delete=models.CASCADE, related_name="appartenances")
    debut_le = models.DateField("depuis le", auto_now_add=True)
    fin_le = models.DateField("jusqu’au", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "entreprise"],
                condition=models.Q(fin_le=None),
                name="une_appartenance_en_cours",
                violation_error_message="Cette personne travaille déjà pour ce service logement.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.agent} chez {self.entreprise}"
