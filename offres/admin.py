"""Offers and the dated tables in the advisers' workplace."""

from typing import Any

from django.contrib import admin
from django.db.models import DateField, ForeignKey
from django.forms import TextInput
from django.forms.models import ModelChoiceField
from django.http import HttpRequest

from accounts.admin import champ_date
from offres import admin_alertes
from offres.models import Bailleur, Offre, Plafond, SeuilsEffort

__all__ = ["admin_alertes"]

JOURS: dict[Any, Any] = {DateField: {"widget": champ_date()}}


@admin.register(Bailleur)
class BailleurAdmin(admin.ModelAdmin[Bailleur]):
    list_display = ("nom", "ville", "siren", "delai_reponse")
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
        "statut",
        "reservee_a",
    )
    list_filter = ("statut", "typologie", "financement", "bailleur", "reservee_a")
    list_select_related = ("commune", "reservee_a")
    search_fields = ("reference", "commune__nom", "code_postal", "residence")
    date_hierarchy = "date_limite"
    readonly_fields = ("statut",)
    formfield_overrides = JOURS
    fieldsets = (
        (None, {"fields": ("reference", "bailleur", "statut", "reservee_a")}),
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
