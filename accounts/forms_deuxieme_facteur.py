"""The forms of the second factor: allauth's, in our words."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator

CODE_VIDE = "Tapez le code que montre votre application."
NOM_LONG = "Ce nom est trop long : 60 caractères au plus."


def _presenter_code(champ: forms.Field, libelle: str) -> None:
    champ.label = libelle
    champ.widget.attrs = {"autocomplete": "one-time-code", "maxlength": 20, "autofocus": True}
    champ.validators.append(ProhibitNullCharactersValidator())
    champ.error_messages["required"] = CODE_VIDE


def _presenter_nom(champ: forms.Field) -> None:
    champ.label = "Nom de cette clé"
    champ.help_text = "Pour la reconnaître : « Mon téléphone », « Clé du bureau »."
    champ.widget.attrs = {"maxlength": 60, "autocomplete": "off"}
    champ.validators += [MaxLengthValidator(60, NOM_LONG), ProhibitNullCharactersValidator()]


class CodeForm(AuthenticateForm):  # type: ignore[misc]
    """At sign-in, after the password: the application's six digits, or one recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _presenter_code(self.fields["code"], "Code de votre application, ou code de secours")


class ConfirmerCodeForm(ReauthenticateForm):  # type: ignore[misc]
    """The same, to prove oneself again before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _presenter_code(self.fields["code"], "Code de votre application, ou code de secours")


class ActiverApplicationForm(ActivateTOTPForm):  # type: ignore[misc]
    """The first code, which proves that the application has the secret."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _presenter_code(self.fields["code"], "Code à 6 chiffres montré par l’application")


class AjouterCleForm(AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _presenter_nom(self.fields["name"])
        self.fields["passwordless"].label = "Me connecter avec cette clé seule, sans mot de passe"
        self.fields["passwordless"].help_text = (
            "Votre appareil vérifiera que c’est vous : empreinte, visage ou code de l’appareil. Rien de cela ne nous "
            "est envoyé."
        )


class RenommerCleForm(EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _presenter_nom(self.fields["name"])
