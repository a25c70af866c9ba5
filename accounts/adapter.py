"""Where allauth meets the house: its mails go to the outbox, its links to the guide's pages."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.utils import build_absolute_uri
from django.http import HttpRequest
from django.urls import reverse

from accounts import courriels

GABARITS = {
    "account/email/email_confirmation_signup": "demande_acces",
    "account/email/email_confirmation": "demande_acces",
    "account/email/account_already_exists": "compte_existant",
    "account/email/password_reset_key": "mot_de_passe_oublie",
    "account/email/unknown_account": "adresse_inconnue",
}


class Adaptateur(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "L’adresse e-mail ou le mot de passe n’est pas le bon. Vérifiez-les, ou choisissez "
        "un nouveau mot de passe avec « Mot de passe oublié ? ».",
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        courriels.ecrire(email, GABARITS[template_prefix], context)

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """After « Cliquez ici »: choose a password. Nobody is signed in by a link."""
        user = email_address.user
        if user.has_usable_password():
            return reverse("account_login")
        cle = default_token_generator.make_token(user)
        return reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), cle])

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of « Mot de passe oublié ? ». `key` joins person and token; our address parts them."""
        personne, _, jeton = key.partition("-")
        chemin = reverse("account_reset_password_from_key", args=[personne, jeton])
        return str(build_absolute_uri(self.request, chemin))

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return True

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: each page of the guide says it itself."""
