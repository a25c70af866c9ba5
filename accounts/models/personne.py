"""Who may sign in. The identifier is the e-mail address (guide #2)."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from phonenumber_field.modelfields import PhoneNumberField

ADRESSE_AUTOMATE = "automate@alin.invalid"


class Role(models.TextChoices):
    """What a person does here; the clock is a person too, so that no act is ever nobody's."""

    DEMANDEUR = "demandeur", "Demandeur"
    CONSEILLER = "conseiller", "Conseiller Action Logement"
    SUPPORT = "support", "Support"
    SUPERVISEUR = "superviseur", "Superviseur"
    SERVICE_LOGEMENT = "service_logement", "Service logement d’entreprise"
    AUTOMATE = "automate", "Automate"


EQUIPE = frozenset({Role.CONSEILLER, Role.SUPPORT, Role.SUPERVISEUR})
"""The roles that work in the admin."""


class Civilite(models.TextChoices):
    MADAME = "madame", "Madame"
    MONSIEUR = "monsieur", "Monsieur"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **champs: Any) -> "User":
        user = self.model(email=email.strip().lower(), **champs)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **champs: Any) -> "User":
        return self.create_user(email, password, role=Role.SUPERVISEUR, is_superuser=True, **champs)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def automate(self) -> "User":
        """The account in whose name the clock acts; it has no password and cannot sign in."""
        return self.get_or_create(
            email=ADRESSE_AUTOMATE,
            defaults={"role": Role.AUTOMATE, "prenom": "AL’in", "nom_naissance": "", "password": "!"},
        )[0]


class User(AbstractBaseUser, PermissionsMixin):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField("adresse e-mail", unique=True)
    civilite = models.CharField("civilité", max_length=10, choices=Civilite, blank=True)
    nom_naissance = models.CharField("nom de naissance", max_length=36, blank=True)
    prenom = models.CharField("prénom", max_length=36)
    telephone = PhoneNumberField("téléphone portable", blank=True)
    role = models.CharField("rôle", max_length=20, choices=Role, default=Role.DEMANDEUR)
    is_active = models.BooleanField("actif", default=True)
    date_joined = models.DateTimeField("créé le", default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["prenom"]

    class Meta:
        verbose_name = "personne"
        verbose_name_plural = "personnes"
        indexes = [models.Index(Upper("nom_naissance"), Upper("prenom"), name="personnes_par_nom")]
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="une_adresse_un_compte", violation_error_message="Cette adresse a déjà un compte."
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values), name="role_connu", violation_error_message="Rôle inconnu."
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    @property
    def is_staff(self) -> bool:
        """May open the admin."""
        return self.role in EQUIPE

    def get_full_name(self) -> str:
        return f"{self.prenom} {self.nom_naissance}".strip()

    def get_short_name(self) -> str:
        return self.prenom

    @property
    def initiales(self) -> str:
        return "".join(mot[0] for mot in (self.prenom, self.nom_naissance) if mot).upper()

    @property
    def email_masque(self) -> str:
        """« a•••@e•••.fr »: enough to recognise one's own mailbox, not enough to learn it."""
        return masquer(self.email)


def masquer(adresse: str) -> str:
    """« a•••@r•••.fr » for anne@registre.fr."""
    nom, _, domaine = adresse.partition("@")
    hote, _, fin = domaine.rpartition(".")
    return f"{nom[:1]}•••@{hote[:1]}•••.{fin}"
