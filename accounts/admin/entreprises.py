"""Companies and the agents of their housing services."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, DateField, ForeignKey, Q, QuerySet
from django.forms.models import ModelChoiceField
from django.http import HttpRequest
from django.utils import timezone

from accounts.admin.lecture import champ_date
from accounts.models import Appartenance, Entreprise, Role, User


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
    fields = ("siret", "nom", "code", "effectif", "travail_temporaire", "exige_confirmation")
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
