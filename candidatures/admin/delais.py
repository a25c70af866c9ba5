"""The delays of each step in the admin: every version can be read, only the next one can be written."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import DateField
from django.http import HttpRequest
from django.utils import timezone

from accounts.admin import champ_date
from candidatures.delais_d_attente import DelaiDAttente


class DelaiForm(forms.ModelForm[DelaiDAttente]):
    """A version begins tomorrow at the earliest: nobody's limit changes without a day's notice."""

    class Meta:
        model = DelaiDAttente
        fields = (
            *("statut", "bailleur", "financement", "usuel", "limite"),
            *("libere", "libere_designation", "en_vigueur_le"),
        )

    def clean_en_vigueur_le(self) -> date:
        jour: date = self.cleaned_data["en_vigueur_le"]
        if jour <= timezone.localdate():
            raise forms.ValidationError("Un délai commence demain au plus tôt : il est publié avant de s’appliquer.")
        return jour


@admin.register(DelaiDAttente)
class DelaiDAttenteAdmin(admin.ModelAdmin[DelaiDAttente]):
    form = DelaiForm
    formfield_overrides = {DateField: {"widget": champ_date()}}
    list_display = ("statut", "pour_qui", "usuel", "limite", "libere", "libere_designation", "en_vigueur_le")
    list_filter = ("statut", "en_vigueur_le")
    list_select_related = ("bailleur",)

    def has_change_permission(self, request: HttpRequest, obj: DelaiDAttente | None = None) -> bool:
        """A version that has begun has been told to people."""
        a_venir = obj is None or obj.en_vigueur_le > timezone.localdate()
        return super().has_change_permission(request, obj) and a_venir

    def has_delete_permission(self, request: HttpRequest, obj: DelaiDAttente | None = None) -> bool:  # noqa: ARG002
        return False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return super().get_changeform_initial_data(request) | {"en_vigueur_le": timezone.localdate() + timedelta(1)}

    @admin.display(description="pour")
    def pour_qui(self, delai: DelaiDAttente) -> str:
        qui = str(delai.bailleur or "tous les bailleurs")
        return f"{qui}, {delai.get_financement_display()}" if delai.financement else qui
