"""Companies whose employees AL'in houses, and the agents of their housing services."""

import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
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


class Nature(models.TextChoices):
    """An employer, or whoever helps as one does (« structure aidante », guide #3)."""

    ENTREPRISE = "entreprise", "Entreprise"
    ASSOCIATION = "association", "Association"
    ACADEMIE = "academie", "Académie"


class EntrepriseQuerySet(models.QuerySet["Entreprise"]):
    def ouvertes(self) -> "EntrepriseQuerySet":
        """Those whose housing service may work here today: clients, neither struck off nor merged into another."""
        debout = Q(radiee_le=None) | Q(radiee_le__gt=timezone.localdate())
        return self.filter(debout, cliente=True)

    def suivies_par(self, user: User) -> "EntrepriseQuerySet":
        """The companies whose housing service this person works for; migration accounts 0032 says the same in SQL."""
        return self._des_postes(Appartenance.objects.en_poste().filter(agent=user, agent__is_active=True))

    def gerees_par(self, user: User) -> "EntrepriseQuerySet":
        """Those whose agents this person invites and dismisses."""
        postes = Appartenance.objects.en_poste().filter(agent=user, agent__is_active=True)
        return self._des_postes(postes.filter(role=RoleDAgent.GESTIONNAIRE))

    def _des_postes(self, postes: "models.QuerySet[Appartenance]") -> "EntrepriseQuerySet":
        du_groupe = postes.filter(toute_l_entreprise=True).values("entreprise__siren")
        voisines = self.ouvertes().filter(siren__in=postes.values("entreprise__siren"))
        return voisines.filter(Q(pk__in=postes.values("entreprise")) | Q(siren__in=du_groupe))


class Entreprise(models.Model):
    """One establishment (SIRET) of a company (SIREN), or a structure that helps as a company does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    siret = models.CharField("n° SIRET", max_length=14, unique=True, validators=[valider_siret])
    siren = models.GeneratedField(
        expression=Left("siret", 9),
        output_field=models.CharField("n° SIREN", max_length=9),
        db_persist=True,
        db_index=True,
        verbose_name="n° SIREN",
    )
    nom = models.CharField("nom", max_length=80)
    nature = models.CharField("nature", max_length=12, choices=Nature, default=Nature.ENTREPRISE)
    code = models.CharField("code entreprise", max_length=12, blank=True)
    cliente = models.BooleanField(
        "cliente d’Action Logement",
        default=True,
        help_text="Sans cela, elle n’a pas de service logement ici, et ses agents ne voient plus rien.",
    )
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
    radiee_le = models.DateField(
        "fermée ou absorbée le",
        null=True,
        blank=True,
        help_text="Dès ce jour ses agents ne voient plus rien : un accord ne passe pas d’une entreprise à une autre.",
    )
    successeur = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="absorbees",
        verbose_name="devenue",
        help_text="L’entreprise qui l’a absorbée : ses salariés peuvent lui donner leur accord.",
    )
    agents = models.ManyToManyField(User, through="Appartenance", related_name="entreprises")

    objects: ClassVar[EntrepriseQuerySet] = EntrepriseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["nom"]
        constraints = [
            models.CheckConstraint(
                condition=Q(successeur=None) | Q(radiee_le__isnull=False),
                name="absorbee_donc_fermee",
                violation_error_message="Dites depuis quel jour elle est absorbée.",
            ),
            models.CheckConstraint(
                condition=Q(nature__in=Nature.values),
                name="nature_d_entreprise_connue",
                violation_error_message="Nature inconnue.",
            ),
        ]

    def __str__(self) -> str:
        return self.nom

    @property
    def est_ouverte(self) -> bool:
        """Whether its housing service may work here today (`EntrepriseQuerySet.ouvertes`)."""
        return self.cliente and (self.radiee_le is None or self.radiee_le > timezone.localdate())


class RoleDAgent(models.TextChoices):
    AGENT = "agent", "Agent"
    GESTIONNAIRE = "gestionnaire", "Gestionnaire"


class AppartenanceQuerySet(models.QuerySet["Appartenance"]):
    def en_poste(self) -> "AppartenanceQuerySet":
        """Those not ended today."""
        return self.filter(Q(fin_le=None) | Q(fin_le__gt=timezone.localdate()))


class Appartenance(models.Model):
    """An agent's place in a company's housing service; ended, never deleted."""

    agent = models.ForeignKey(User, on_delete=models.CASCADE, related_name="appartenances")
    entreprise = models.ForeignKey(Entreprise, on_delete=models.CASCADE, related_name="appartenances")
    role = models.CharField(
        "rôle",
        max_length=12,
        choices=RoleDAgent,
        default=RoleDAgent.AGENT,
        help_text="Un gestionnaire invite les autres agents et leur retire l’accès.",
    )
    toute_l_entreprise = models.BooleanField(
        "pour tous les établissements de l’entreprise",
        default=False,
        help_text="Ceux qui ont le même n° SIREN.",
    )
    debut_le = models.DateField("depuis le", auto_now_add=True)
    fin_le = models.DateField("jusqu’au", null=True, blank=True)

    objects: ClassVar[AppartenanceQuerySet] = AppartenanceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "entreprise"],
                condition=models.Q(fin_le=None),
                name="une_appartenance_en_cours",
                violation_error_message="Cette personne travaille déjà pour ce service logement.",
            ),
            models.CheckConstraint(
                condition=Q(role__in=RoleDAgent.values),
                name="role_d_agent_connu",
                violation_error_message="Rôle inconnu.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agent} chez {self.entreprise}"
