"""The forms of guide #2, in the guide's words."""

from typing import Any
from uuid import uuid4

from allauth.account.forms import (
    AddEmailForm,
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
    SignupForm,
)
from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import HttpRequest
from phonenumber_field.formfields import PhoneNumberField

from accounts.models import A_CONNAITRE, Civilite, Texte, User
from accounts.passwords import REGLES
from accounts.saisie import ADRESSE_FAUSSE, ChampNom, lire_adresse
from accounts.textes import accepter

MAUVAIS_TELEPHONE = (
    "Ce numéro de téléphone n’est pas valable. Écrivez-le comme 06 06 06 06 06, ou avec son indicatif : "
    "+32 470 12 34 56."
)
CHAMP_VIDE = "Ce champ est obligatoire."


def champ_nom(libelle: str, autocomplete: str) -> ChampNom:
    return ChampNom(
        label=libelle,
        max_length=36,
        error_messages={"required": CHAMP_VIDE},
        widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
    )


class CreationCompteForm(SignupForm):  # type: ignore[misc]
    """« Création de compte »: five fields and a box. No password yet: it comes after the e-mail is proved."""

    civilite = forms.ChoiceField(
        label="Civilité",
        choices=Civilite.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez Madame ou Monsieur."},
    )
    nom_naissance = champ_nom("Nom de naissance", "family-name")
    prenom = champ_nom("Prénom", "given-name")
    telephone = PhoneNumberField(
        label="Téléphone portable",
        error_messages={"required": CHAMP_VIDE, "invalid": MAUVAIS_TELEPHONE},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    donnees_acceptees = forms.BooleanField(
        label="J’ai compris et j’accepte l’utilisation de mes données personnelles.",
        error_messages={"required": "Cochez cette case pour créer votre compte."},
    )
    field_order = ("civilite", "nom_naissance", "prenom", "telephone", "email", "donnees_acceptees")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["telephone"].error_messages["invalid"] = MAUVAIS_TELEPHONE
        _presenter_email(self.fields["email"])
        self.fields["email"].help_text = (
            "Nous vous conseillons d’utiliser la même adresse e-mail que pour votre demande de logement social "
            "sur demande-logement-social.gouv.fr."
        )

    def try_save(self, request: HttpRequest) -> Any:
        """Remember which address the page « Validation du compte » must name, known or not."""
        request.session["adresse_a_valider"] = self.cleaned_data["email"]
        if self.account_already_exists:
            self._inscrire_pour_rien(request)
        return super().try_save(request)

    def custom_signup(self, request: HttpRequest, user: User) -> None:  # noqa: ARG002
        for nom in ("civilite", "nom_naissance", "prenom", "telephone"):
            setattr(user, nom, self.cleaned_data[nom])
        user.save()
        accepter(user, Texte.objects.en_vigueur().filter(code__in=A_CONNAITRE))

    def _inscrire_pour_rien(self, request: HttpRequest) -> None:
        """Write what a new account writes and undo it, so that a known address is not answered sooner."""
        with transaction.atomic():
            personne = User.objects.create(email=f"{uuid4()}@adresse.invalid", password=make_password(None))
            self.custom_signup(request, personne)
            EmailAddress.objects.add_email(request, personne, personne.email)
            transaction.set_rollback(True)


class ConnexionForm(LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _presenter_email(self.fields["login"])
        _presenter_mot_de_passe(self.fields["password"], "Mot de passe", "current-password")

    def clean_login(self) -> str:
        return lire_adresse(super().clean_login())

    def _setup_password_field(self) -> None:
        """Keep it: allauth drops it from its sign-in page where signing up asks for none."""


class MotDePasseOublieForm(ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _presenter_email(self.fields["email"])

    def clean_email(self) -> Any:
        """allauth writes to the address as it was typed: let it be as we keep it."""
        self.cleaned_data["email"] = lire_adresse(self.cleaned_data["email"])
        return super().clean_email()


class MiseAJourMotDePasseForm(ResetPasswordKeyForm):  # type: ignore[misc]
    """« Mise à jour du mot de passe ». Reaching it proves the mailbox, so the address is verified with it."""

    regles = REGLES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _presenter_mot_de_passe(self.fields["password1"], "Nouveau mot de passe", "new-password")
        _presenter_mot_de_passe(self.fields["password2"], "Confirmation du mot de passe", "new-password")
        self.fields["password1"].help_text = ""

    def clean(self) -> dict[str, Any]:
        donnees: dict[str, Any] = super().clean()
        if self.has_error("password2", code=None) and "password2" not in donnees and donnees.get("password1"):
            self.errors["password2"] = self.error_class(
                ["Les deux mots de passe ne sont pas les mêmes. Tapez deux fois le même."]
            )
        return donnees

    @transaction.atomic
    def save(self) -> None:
        super().save()
        EmailAddress.objects.filter(user=self.user, email__iexact=self.user.email).update(verified=True)


class ChangementMotDePasseForm(ChangePasswordForm):  # type: ignore[misc]
    regles = REGLES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _presenter_mot_de_passe(self.fields["oldpassword"], "Mot de passe actuel", "current-password")
        _presenter_mot_de_passe(self.fields["password1"], "Nouveau mot de passe", "new-password")
        _presenter_mot_de_passe(self.fields["password2"], "Confirmation du mot de passe", "new-password")


class ConfirmerMotDePasseForm(ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _presenter_mot_de_passe(self.fields["password"], "Mot de passe", "current-password")


class NouvelleAdresseForm(AddEmailForm):  # type: ignore[misc]
    """The address one wants from now on; it counts once its own mailbox has said yes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _presenter_email(self.fields["email"])
        self.fields["email"].label = "Nouvelle adresse e-mail"


class ProfilForm(forms.ModelForm[User]):
    """What the applicant may correct about himself; the demand itself is corrected at the registry."""

    civilite = forms.ChoiceField(label="Civilité", choices=Civilite.choices, widget=forms.RadioSelect)
    nom_naissance = champ_nom("Nom de naissance", "family-name")
    prenom = champ_nom("Prénom", "given-name")
    telephone = PhoneNumberField(
        label="Téléphone portable", widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
    )

    class Meta:
        model = User
        fields = ("civilite", "nom_naissance", "prenom", "telephone")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["telephone"].error_messages["invalid"] = MAUVAIS_TELEPHONE


def _presenter_email(champ: forms.Field) -> None:
    champ.label = "Email"
    champ.widget.attrs = {
        "autocomplete": "email",
        "maxlength": champ.widget.attrs.get("maxlength", 254),
    }
    champ.error_messages.update(required=CHAMP_VIDE, invalid=ADRESSE_FAUSSE)


def _presenter_mot_de_passe(champ: forms.Field, libelle: str, autocomplete: str) -> None:
    champ.label = libelle
    champ.help_text = ""
    champ.widget.attrs = {"autocomplete": autocomplete}
    champ.error_messages["required"] = CHAMP_VIDE
