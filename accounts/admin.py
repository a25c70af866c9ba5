"""People, companies and their agents, the outbox and the register of consultations, for the team."""

from typing import Any, TypeVar

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, DateField, ForeignKey, Model, Q, QuerySet
from django.forms.models import ModelChoiceField
from django.http import HttpRequest
from django.utils import timezone

from accounts.models import Appartenance, Consultation, Courriel, Entreprise, Role, User
from accounts.models.personne import EQUIPE

M = TypeVar("M", bound=Model)

ROLES_CONFIES = sorted(EQUIPE | {Role.SERVICE_LOGEMENT})
"""The roles given by hand: applicants make their own account, and the clock has one."""


def personne(request: HttpRequest) -> User:
    """Whoever works here. Raises PermissionDenied for nobody, whom the admin never lets this far."""
    if request.user.is_anonymous:
        raise PermissionDenied
    return request.user


def champ_date() -> forms.DateInput:
    """The browser's own calendar: it needs no script, and speaks French."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class LectureSeule(admin.ModelAdmin[M]):
    """What a workflow writes: the admin shows it and never edits, adds or deletes a row, even for a superuser."""

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:  # noqa: ARG002
        return False


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

    identite = ("email", "civilite", "prenom", "nom_naissance", "telephone", "donnees_acceptees_le", "date_joined")

    @admin.display(description="nom", ordering="nom_naissance")
    def nom(self, user: User) -> str:
        return str(user)

    @admin.display(description="compte", ordering="is_active")
    def compte(self, user: User) -> str:
        return "actif" if user.is_active else "désactivé"

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


class AppartenanceInline(admin.StackedInline[Appartenance, Entreprise]):
    model = Appartenance
    verbose_name = "agent du service logement"
    verbose_name_plural = "agents du service logement"
    fields = ("agent", "debut_le", "fin_le")
    readonly_fields = ("debut_le",)
    extra = 1
    can_delete = False
    formfield_overrides = {DateField: {"widget": champ_date()}}

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        kwargs["queryset"] = User.objects.filter(role=Role.SERVICE_LOGEMENT).order_by("nom_naissance", "prenom")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Entreprise)
class EntrepriseAdmin(admin.ModelAdmin[Entreprise]):
    list_display = ("nom", "siret", "code", "effectif", "agents_actuels", "exige")
    list_filter = ("exige_confirmation",)
    search_fields = ("nom", "siret", "code")
    search_help_text = "Nom, n° SIRET ou code entreprise."
    fields = ("siret", "nom", "code", "effectif", "exige_confirmation")
    inlines = (AppartenanceInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entreprise]:
        en_poste = Q(appartenances__fin_le=None) | Q(appartenances__fin_le__gt=timezone.localdate())
        en_cours = Count("appartenances", filter=en_poste)
        return super().get_queryset(request).annotate(nombre_agents=en_cours)

    @admin.display(description="agents", ordering="nombre_agents")
    def agents_actuels(self, entreprise: Entreprise) -> int:
        nombre: int = entreprise.nombre_agents  # type: ignore[attr-defined]
        return nombre

    @admin.display(description="confirme l’emploi", ordering="exige_confirmation")
    def exige(self, entreprise: Entreprise) -> str:
        return "oui" if entreprise.exige_confirmation else "non"


class EtatDuCourriel(admin.SimpleListFilter):
    title = "état"
    parameter_name = "etat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return [("attente", "En attente"), ("envoye", "Envoyés"), ("refuse", "Refusés")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Courriel]) -> QuerySet[Courriel]:  # noqa: ARG002
        etats = {
            "attente": Q(envoye_le=None, refuse_le=None),
            "envoye": Q(envoye_le__isnull=False),
            "refuse": Q(refuse_le__isnull=False),
        }
        return queryset.filter(etats.get(self.value() or "", Q()))


@admin.register(Courriel)
class CourrielAdmin(LectureSeule[Courriel]):
    """Whether a mail left, never what it says: some carry a code or a link that opens an account."""

    list_display = ("sujet", "destinataire", "etat", "tentatives", "derniere_erreur", "cree_le")
    list_filter = (EtatDuCourriel, "cree_le")
    search_fields = ("destinataire", "sujet")
    search_help_text = "Adresse ou objet."
    fields = (
        *("sujet", "destinataire", "repondre_a", "gabarit", "etat"),
        *("cree_le", "envoye_le", "refuse_le", "tentatives", "prochain_essai_le", "derniere_erreur"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Courriel]:
        return super().get_queryset(request).defer("texte", "html")

    @admin.display(description="état")
    def etat(self, courriel: Courriel) -> str:
        if courriel.refuse_le:
            return "refusé"
        if courriel.envoye_le:
            return f"envoyé le {timezone.localtime(courriel.envoye_le):%d/%m/%Y à %H:%M}"
        return "en attente"


@admin.register(Consultation)
class ConsultationAdmin(LectureSeule[Consultation]):
    """Who opened whose demand: the same lines as the applicant reads in « Qui a consulté mon dossier »."""

    list_display = ("le", "par_nom", "par_role", "objet")
    list_filter = ("par_role", "le")
    search_fields = ("par_nom", "objet")
    search_help_text = "Nom de la personne, ou ce qui a été ouvert."
    fields = ("le", "par_nom", "par_role", "objet")
