"""The guide's five rules for a password, each named when it is broken (guide #2).

Eight characters with three classes is lawful only because attempts are limited (CNIL, délibération 2022-100).
"""

from django.core.exceptions import ValidationError

from accounts.models import User

REGLES = (
    "contenir au moins 8 caractères",
    "contenir au moins 1 chiffre",
    "contenir au moins 1 lettre majuscule",
    "contenir au moins 1 lettre minuscule",
    "être différent de votre nom d’utilisateur (votre adresse e-mail)",
)


class HuitCaracteres:
    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002
        if len(password) < 8:
            raise ValidationError("Votre mot de passe est trop court : il doit contenir au moins 8 caractères.")

    def get_help_text(self) -> str:
        return "Votre mot de passe doit contenir au moins 8 caractères."


class UnChiffre:
    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002
        if not any(signe.isdigit() for signe in password):
            raise ValidationError("Il manque un chiffre à votre mot de passe : ajoutez-en au moins un.")

    def get_help_text(self) -> str:
        return "Votre mot de passe doit contenir au moins 1 chiffre."


class UneMajuscule:
    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002
        if not any(signe.isupper() for signe in password):
            raise ValidationError("Il manque une lettre majuscule à votre mot de passe : ajoutez-en au moins une.")

    def get_help_text(self) -> str:
        return "Votre mot de passe doit contenir au moins 1 lettre majuscule."


class UneMinuscule:
    def validate(self, password: str, user: User | None = None) -> None:  # noqa: ARG002
        if not any(signe.islower() for signe in password):
            raise ValidationError("Il manque une lettre minuscule à votre mot de passe : ajoutez-en au moins une.")

    def get_help_text(self) -> str:
        return "Votre mot de passe doit contenir au moins 1 lettre minuscule."


class DifferentDeLIdentifiant:
    def validate(self, password: str, user: User | None = None) -> None:
        if user is not None and password.strip().lower() == user.email.lower():
            raise ValidationError("Votre mot de passe doit être différent de votre adresse e-mail.")

    def get_help_text(self) -> str:
        return "Votre mot de passe doit être différent de votre nom d’utilisateur (votre adresse e-mail)."
