"""The accounts."""

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from accounts.admin.lecture import personne
from accounts.deuxieme_facteur import remettre_a_zero
from accounts.models import Courriel, Role, User
from accounts.models.personne import EQUIPE

ROLES_CONFIES = sorted(EQUIPE | {Role.SERVICE_LOGEMENT})
"""The roles given by hand: applicants make their own account, and the clock has one."""


class NouveauCompteForm(forms.ModelForm[User]):
    """An account for someone of the team or of a company. No password: its owner chooses it."""

    role = forms.ChoiceField(label="Rôle", choices=[(role.value, role.label) for role in ROLES_CONFIES])

    class Meta:
        model = User
        fields = ("email", "civilite", "prenom", "nom_naissance", "telephone", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.set_unusable_password()

    def clean_email(self) -> str:
        adresse: str = self.cleaned_data["email"]
        return adresse.lower()


@admin.register(User)
class UserAdmin(admin.ModelAdmin[User]):
    list_display = ("nom", "email", "role", "compte", "date_joined")
    list_display_links = ("nom",)
    list_filter = ("role", "is_active")
    search_fields = ("email", "prenom", "nom_naissance", "telephone")
    search_help_text = "Nom, prénom, adresse e-mail ou téléphone."
    ordering = ("-date_joined",)
    list_per_page = 50

    identite = ("email", "joignable", "civilite", "prenom", "nom_naissance", "telephone", "date_joined")

    @admin.display(description="nom", ordering="nom_naissance")
    def nom(self, user: User) -> str:
        return str(user)

    @admin.display(description="courriels")
    def joignable(self, user: User) -> str:
        depuis = Courriel.objects.en_defaut_depuis(user.email)
        if depuis is None:
            return "Aucun courriel n’est revenu de cette adresse."
        return f"Les courriels à cette adresse reviennent depuis le {timezone.localtime(depuis):%d/%m/%Y}."

    @admin.display(description="compte", ordering="is_active")
    def compte(self, user: User) -> str:
        return "actif" if user.is_active else "désactivé"

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                "<uuid:pk>/deuxieme-facteur/",
                self.admin_site.admin_view(self.remettre_a_zero),
                name="accounts_user_deuxieme_facteur",
            ),
            *super().get_urls(),
        ]

    @method_decorator(permission_required("accounts.change_user", raise_exception=True))
    @method_decorator(require_http_methods(["GET", "POST"]))
    def remettre_a_zero(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """For someone who has lost his telephone and his recovery codes; his supervisor knows his voice."""
        user = get_object_or_404(User, pk=pk)
        fiche = redirect("admin:accounts_user_change", user.pk)
        if user.pk == personne(request).pk:
            messages.error(request, "Un autre superviseur doit remettre votre deuxième facteur à zéro.")
            return fiche
        if request.method == "POST":
            remettre_a_zero(user)
            self.log_change(request, user, "Deuxième facteur remis à zéro.")
            messages.success(request, f"{user} choisira un nouveau deuxième facteur à sa prochaine connexion.")
            return fiche
        contexte = self.admin_site.each_context(request) | {"title": "Remettre le deuxième facteur à zéro", "qui": user}
        return render(request, "admin/accounts/deuxieme_facteur.html", contexte)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:  # noqa: ARG002
        return False

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None:
            kwargs["form"] = NouveauCompteForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:  # noqa: ARG002
        return NouveauCompteForm.Meta.fields if obj is None else (*self.identite, "role", "is_active")

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Names belong to their owner. Nobody changes his own rights, nor makes an adviser of an applicant."""
        if obj is None:
            return ()
        if obj.pk == personne(request).pk or obj.role == Role.AUTOMATE:
            return (*self.identite, "role", "is_active")
        return (*self.identite, "role") if obj.role == Role.DEMANDEUR else self.identite

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "role":
            kwargs["choices"] = [(role.value, role.label) for role in ROLES_CONFIES]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm[User], change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            EmailAddress.objects.create(user=obj, email=obj.email, primary=True, verified=False)
            messages.info(
                request,
                f"Dites à {obj} de choisir son mot de passe : page de connexion, « Mot de passe oublié ? », avec "
                f"l’adresse {obj.email}.",
            )
