"""Where allauth meets the house: mails go to the outbox, links to the guide's pages, secrets are encrypted."""

import base64
import hashlib
import time
from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from accounts import courriels
from accounts.adresse import jeton_de_retour
from accounts.deuxieme_facteur import OBLIGES, peut_retirer
from accounts.models import User
from accounts.saisie import lire_adresse

GABARITS = {
    "account/email/email_confirmation_signup": "demande_acces",
    "account/email/email_confirmation": "demande_acces",
    "account/email/account_already_exists": "compte_existant",
    "account/email/password_reset_key": "mot_de_passe_oublie",
    "account/email/unknown_account": "adresse_inconnue",
    "account/email/email_changed": "adresse_changee",
    "account/email/password_changed": "mot_de_passe_change",
    "account/email/password_reset": "mot_de_passe_change",
    "mfa/email/totp_activated": "deuxieme_facteur_ajoute",
    "mfa/email/webauthn_added": "deuxieme_facteur_ajoute",
    "mfa/email/totp_deactivated": "deuxieme_facteur_retire",
    "mfa/email/webauthn_removed": "deuxieme_facteur_retire",
    "mfa/email/recovery_codes_generated": "codes_de_secours",
}
CHANGEMENT_ABANDONNE = "account/email/email_deleted"
"""An address that never counted is given up by its author: nobody has to be told."""
SESSION_DE_TRAVAIL = timedelta(hours=4)
"""How long whoever opens other people's files stays signed in; the others, SESSION_COOKIE_AGE."""
ENCORE_FRAIS = timedelta(minutes=5)
"""How long a proof of oneself is good for what matters: a factor, the address, the account."""


class Adaptateur(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "L’adresse e-mail ou le mot de passe n’est pas le bon. Vérifiez-les, ou choisissez "
        "un nouveau mot de passe avec « Mot de passe oublié ? ».",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if template_prefix == CHANGEMENT_ABANDONNE:
            return
        gabarit = GABARITS[template_prefix]
        if gabarit == "demande_acces" and context["user"].has_usable_password():
            gabarit = "adresse_a_confirmer"
        if gabarit == "adresse_changee":
            user = User.objects.get(email__iexact=context["to_email"])
            jeton = jeton_de_retour(user, context["from_email"])
            context["lien"] = adresse_absolue(reverse("account_email_retablir", args=[jeton]))
        courriels.ecrire(email, gabarit, context, pour=context.get("user"))

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        if user.role in OBLIGES:
            request.session.set_expiry(SESSION_DE_TRAVAIL)

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:  # noqa: ARG002
        """Whoever has just signed in need not prove himself again."""
        preuves = get_authentication_records(self.request, self.request.user)
        return not preuves or time.time() - preuves[-1]["at"] > ENCORE_FRAIS.total_seconds()

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """After « Cliquez ici »: choose a password. Nobody is signed in by a link."""
        user = email_address.user
        if user.has_usable_password():
            return reverse("account_email" if self.request.user == user else "account_login")
        return lien_nouveau_mot_de_passe(user)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of « Mot de passe oublié ? ». `key` joins person and token; our address parts them."""
        personne, _, jeton = key.partition("-")
        chemin = reverse("account_reset_password_from_key", args=[personne, jeton])
        return adresse_absolue(chemin)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:  # noqa: ARG002
        return adresse_absolue(reverse("account_confirm_email", args=[emailconfirmation.key]))

    def clean_email(self, email: str) -> str:
        return lire_adresse(email)

    def is_safe_url(self, url: str) -> bool:
        """An address that cannot even be read (« http://[::1 ») leads nowhere."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return True

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: each page of the guide says it itself."""


class AdaptateurDeuxiemeFacteur(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": "Votre rôle demande toujours un deuxième facteur : ajoutez-en un autre avant de "
        "retirer celui-ci. Vous avez perdu votre appareil ? Un superviseur peut remettre votre compte à zéro.",
        "incorrect_code": "Ce code n’est pas le bon, ou il a déjà servi. Attendez que l’application en montre un autre "
        "et tapez-le aussitôt.",
        "unverified_email": "Confirmez d’abord votre adresse e-mail : le lien est dans votre boîte aux lettres.",
    }

    def encrypt(self, text: str) -> str:
        """Secrets of applications and recovery codes are never readable in the database."""
        return _coffre().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _coffre().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The square to scan, ready to stand in a page: allauth's own is a file with its XML header."""
        svg: str = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return peut_retirer(authenticator)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        nombre = Authenticator.objects.filter(user=user, type=type).count()
        return f"Ma clé d’accès {nombre + 1}" if nombre else "Ma clé d’accès"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "AL’in"}


def adresse_absolue(chemin: str) -> str:
    """A link for a mail: at our own address, whatever the Host header said."""
    return f"{settings.ADRESSE}{chemin}"


def lien_nouveau_mot_de_passe(user: User) -> str:
    """Where to choose a password, for someone who has just proved his mailbox."""
    cle = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), cle])


def _coffre() -> Fernet:
    cle = hashlib.sha256(b"accounts.deuxieme_facteur:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(cle))
