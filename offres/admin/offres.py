"""Offers, bailleurs and the dated tables in the advisers' workplace."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import DateField, ForeignKey, QuerySet
from django.forms import TextInput
from django.forms.models import ModelChoiceField
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils import timezone

from accounts.admin import champ_date
from offres.admin import photos
from offres.models import Bailleur, Offre, Plafond, SeuilsEffort, StatutOffre

EXPIREE = "expiree"
"""No status of the table: published, and its deadline is past (docs/decisions.md)."""


class FiltreStatut(admin.SimpleListFilter):
    """The statuses as people say them: « Publiée » is still open or to come, « Expirée » is past its deadline."""

    title = "statut"
    parameter_name = "etat"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return [*StatutOffre.choices[:1], (EXPIREE, "Expirée"), *StatutOffre.choices[1:]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        publiees, jour = queryset.filter(statut=StatutOffre.PUBLIEE), timezone.localdate()
        match self.value():
            case StatutOffre.PUBLIEE:
                return publiees.filter(date_limite__gte=jour)
            case "expiree":
                return publiees.filter(date_limite__lt=jour)
            case StatutOffre.PLACEE | StatutOffre.RETIREE as statut:
                return queryset.filter(statut=statut)
        return queryset


class FiltreDesignation(admin.SimpleListFilter):
    """The right of designation comes back to the bailleur on its day: what is to be placed before."""

    title = "droit de désignation"
    parameter_name = "designation"
    CHOIX = (("semaine", "S’achève dans les 7 jours"), ("passe", "Achevé"), ("sans", "Non renseigné"))

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, str], ...]:  # noqa: ARG002
        return self.CHOIX

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        jour = timezone.localdate()
        match self.value():
            case "semaine":
                return queryset.filter(designation_jusqu_au__range=(jour, jour + timedelta(days=7)))
            case "passe":
                return queryset.filter(designation_jusqu_au__lt=jour)
            case "sans":
                return queryset.filter(designation_jusqu_au=None)
        return queryset


JOURS: dict[Any, Any] = {DateField: {"widget": champ_date()}}


@admin.register(Bailleur)
class BailleurAdmin(admin.ModelAdmin[Bailleur]):
    list_display = ("nom", "ville", "siren", "courriel", "delai_reponse")
    search_fields = ("nom", "siren", "ville")


@admin.register(Offre)
class OffreAdmin(admin.ModelAdmin[Offre]):
    """`statut` is not typed: withdrawing an offer frees people, and has a button of its own in the candidatures."""

    list_display = (
        "reference",
        "typologie",
        "commune",
        "loyer_charges_comprises",
        "financement",
        "date_limite",
        "etat",
        "designation_jusqu_au",
        "reservee_a",
    )
    list_filter = (
        *(FiltreStatut, FiltreDesignation, "typologie", "financement", "bailleur"),
        ("reservee_a", admin.EmptyFieldListFilter),
        "reservee_a",
    )
    list_select_related = ("commune", "reservee_a")
    search_fields = ("reference", "commune__nom", "code_postal", "residence")
    date_hierarchy = "date_limite"
    readonly_fields = ("etat",)
    formfield_overrides = JOURS
    fieldsets = (
        (None, {"fields": ("reference", "bailleur", "etat", "reservee_a")}),
        ("Où", {"fields": ("residence", "adresse", "commune", "code_postal", "latitude", "longitude")}),
        (
            "Le logement",
            {
                "fields": (
                    ("nature", "typologie", "chambres", "surface"),
                    ("etage", "nombre_etages", "annee_construction"),
                    ("ascenseur", "accessible_pmr", "balcon", "jardin", "stationnement", "commerce"),
                    "chauffage",
                    "description",
                )
            },
        ),
        (
            "Le loyer (€ par mois)",
            {
                "fields": (
                    ("loyer", "charges", "loyer_stationnement", "loyer_charges_comprises"),
                    ("depot_garantie", "financement"),
                )
            },
        ),
        ("Énergie et climat", {"fields": (("dpe", "dpe_valeur"), ("ges", "ges_valeur"), "diagnostic_le")}),
        ("Dates", {"fields": (("publiee_le", "date_limite"), ("disponible_le", "designation_jusqu_au"))}),
    )

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """35 000 communes do not fit in a list: one types the code."""
        if db_field.name == "commune":
            kwargs |= {"widget": TextInput, "help_text": "Code INSEE, par exemple 75111."}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="statut", ordering="statut")
    def etat(self, offre: Offre) -> str:
        """An offer being written has no deadline yet."""
        return offre.get_statut_display() if offre._state.adding else offre.etat(timezone.localdate())

    def save_model(self, request: HttpRequest, obj: Offre, form: Any, change: bool) -> None:  # noqa: ARG002
        """Write what was typed and nothing else: meanwhile somebody may have moved the photographs."""
        obj.save(update_fields=form.changed_data if change else None)

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view
        return [
            path("<uuid:pk>/photos/", page(photos.lire), name="offres_offre_photos"),
            path("<uuid:pk>/photos/<int:numero>/", page(photos.changer), name="offres_offre_photo"),
            *super().get_urls(),
        ]

    def has_delete_permission(self, request: HttpRequest, obj: Offre | None = None) -> bool:  # noqa: ARG002
        return False


@admin.register(Plafond)
class PlafondAdmin(admin.ModelAdmin[Plafond]):
    formfield_overrides = JOURS
    list_display = ("financement", "zone", "categorie", "montant", "par_personne_en_plus", "en_vigueur_le", "verifie")
    list_filter = ("financement", "zone", "en_vigueur_le", "verifie")


@admin.register(SeuilsEffort)
class SeuilsEffortAdmin(admin.ModelAdmin[SeuilsEffort]):
    formfield_overrides = JOURS
    list_display = ("en_vigueur_le", "alerte", "blocage")
