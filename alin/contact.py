"""« Formulaire de contact »: a message to the support, answerable by e-mail."""

import redis.exceptions
from allauth.core import ratelimit
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.validators import ProhibitNullCharactersValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.courriels import ecrire_au_support
from accounts.saisie import ADRESSE_FAUSSE, ChampAdresse

TROP = (
    "Plusieurs messages sont déjà partis d’ici depuis une heure : celui-ci n’est pas envoyé. Réessayez dans une heure, "
    "ou appelez le 0970 800 800."
)
CHAMP_VIDE = "Ce champ est obligatoire."
SUJETS = (
    "Mon compte et mon mot de passe",
    "Mon Numéro Unique et l’import de ma demande",
    "Mon employeur, mon SIRET ou mon code entreprise",
    "Mes pièces justificatives",
    "Une offre de logement",
    "Ma candidature",
    "Mes données personnelles",
    "Une difficulté d’accessibilité",
    "Une fraude ou une demande d’argent",
    "Autre question",
)
"""What people write about, in the order of the guide."""


class ContactForm(forms.Form):
    nom = forms.CharField(
        label="Nom et prénom",
        max_length=80,
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": CHAMP_VIDE},
    )
    courriel = ChampAdresse(
        label="Email",
        help_text="Nous vous répondrons à cette adresse.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": CHAMP_VIDE,
            "invalid": ADRESSE_FAUSSE,
        },
    )
    numero_unique = forms.CharField(
        label="Numéro Unique (NUD ou NUR)",
        help_text="Si vous l’avez sous la main : il nous aide à retrouver votre demande.",
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    sujet = forms.ChoiceField(
        label="Sujet",
        choices=[("", "Choisir"), *((sujet, sujet) for sujet in SUJETS)],
        error_messages={"required": "Choisissez un sujet : votre message ira à la bonne personne."},
    )
    message = forms.CharField(
        label="Message",
        help_text="N’écrivez ni mot de passe, ni numéro de sécurité sociale, ni information sur votre santé.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Écrivez votre question : nous ne pouvons pas répondre à un message vide."},
    )
    site_web = forms.CharField(
        label="Ne remplissez pas ce champ",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    """The trap: people do not see it, robots fill it."""

    def clean_nom(self) -> str:
        """One line, whatever was posted."""
        return " ".join(self.cleaned_data["nom"].split())

    def clean_numero_unique(self) -> str:
        return "".join(self.cleaned_data["numero_unique"].split()).upper()

    @property
    def champs(self) -> list[forms.BoundField]:
        """What people fill."""
        return [champ for champ in self if champ.name != "site_web"]

    def envoyer(self) -> None:
        """Write to the support; a robot is thanked like anyone and nothing leaves."""
        message = dict(self.cleaned_data)
        if not message.pop("site_web"):
            ecrire_au_support(**message)


@login_not_required
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    initial = {}
    if request.user.is_authenticated:
        initial = {"nom": request.user.get_full_name(), "courriel": request.user.email}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    statut = 200
    if form.is_valid() and not _passe(request, form.cleaned_data["courriel"]):
        form.add_error(None, TROP)
        statut = 429
    elif form.is_valid():
        form.envoyer()
        return redirect("contact_merci")
    return render(request, "pages/contact.html", {"form": form}, status=statut)


def _passe(request: HttpRequest, courriel: str) -> bool:
    """Whether one more message may leave (ACCOUNT_RATE_LIMITS). Without the cache nothing is counted: people write."""
    try:
        return bool(ratelimit.consume(request, action="contact", key=courriel.lower()))
    except redis.exceptions.RedisError:
        return True


@login_not_required
@require_safe
def merci(request: HttpRequest) -> HttpResponse:
    """Where a sent message leads, so that a reload sends nothing twice."""
    return render(request, "pages/contact_merci.html")
