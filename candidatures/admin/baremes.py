"""The scale of the ranking in the admin: every version can be read, only the next one can be written."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import DateField
from django.http import HttpRequest
from django.utils import timezone

from accounts.admin import champ_date
from candidatures.baremes import BaremeDeClassement, TrancheDeBareme
from candidatures.classement import rangs


class BaremeForm(forms.ModelForm[BaremeDeClassement]):
    """A version begins tomorrow at the earliest: nobody's rank changes under his eyes without its being published."""

    class Meta:
        model = BaremeDeClassement
        fields = ("en_vigueur_le", "dalo", "prioritaire", "par_mois", "mois_comptes", "mutation", "rapprochement")

    def clean_en_vigueur_le(self) -> date:
        jour: date = self.cleaned_data["en_vigueur_le"]
        if jour <= timezone.localdate():
            raise forms.ValidationError("Un barème commence demain au plus tôt : il est publié avant de s’appliquer.")
        return jour


class TranchesEnLigne(admin.TabularInline[TrancheDeBareme, BaremeDeClassement]):
    model = TrancheDeBareme
    extra = 7
    fields = ("critere", "seuil", "points")

    def has_add_permission(self, request: HttpRequest, obj: BaremeDeClassement | None = None) -> bool:
        return super().has_add_permission(request, obj) and est_a_venir(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and est_a_venir(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Dropping a bracket of a version that has not begun is changing it."""
        return self.has_change_permission(request, obj)


@admin.register(BaremeDeClassement)
class BaremeDeClassementAdmin(admin.ModelAdmin[BaremeDeClassement]):
    form = BaremeForm
    formfield_overrides = {DateField: {"widget": champ_date()}}
    inlines = (TranchesEnLigne,)
    list_display = ("en_vigueur_le", "dalo", "prioritaire", "par_mois", "mois_comptes", "mutation", "rapprochement")

    def has_change_permission(self, request: HttpRequest, obj: BaremeDeClassement | None = None) -> bool:
        return super().has_change_permission(request, obj) and est_a_venir(obj)

    def has_delete_permission(self, request: HttpRequest, obj: BaremeDeClassement | None = None) -> bool:  # noqa: ARG002
        return False

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:  # noqa: ARG002
        """A new version starts from the weights in force."""
        actuel, demain = rangs.bareme_du(timezone.localdate()), timezone.localdate() + timedelta(days=1)
        return {nom: getattr(actuel, nom) for nom in BaremeForm.Meta.fields} | {"en_vigueur_le": demain}

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        """… and from its brackets."""
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if obj.pk is None and request.method == "GET":
            actuel = rangs.bareme_du(timezone.localdate())
            paires = (("suroccupation", actuel.suroccupation), ("effort", actuel.effort))
            kwargs["initial"] = [
                {"critere": critere, "seuil": t.seuil, "points": t.points} for critere, tous in paires for t in tous
            ]
        return kwargs


def est_a_venir(bareme: BaremeDeClassement | None) -> bool:
    """Whether it can still be changed: a version that has begun has ranked people."""
    return bareme is None or bareme.pk is None or bareme.en_vigueur_le > timezone.localdate()
