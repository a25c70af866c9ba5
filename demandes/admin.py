"""Demands read in words, attempts to import one, and the territories, for the team."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import DateField, QuerySet, URLField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html_join
from django.views.decorators.http import require_safe

from accounts.admin import LectureSeule, champ_date, personne
from demandes import consultation, correction, lecture
from demandes.importation import noms_des_communes
from demandes.models import Commune, Demande, Departement, Importation
from demandes.models.demande import DemandeQuerySet

LIRE_LE_SENSIBLE = "demandes.lire_le_sensible"


@admin.register(Demande)
class DemandeAdmin(LectureSeule[Demande]):
    list_display = ("demandeur", "numero_unique", "validite", "importee_le", "mise_a_jour_le", "dossier_valide")
    list_display_links = ("demandeur",)
    list_filter = (("dossier_valide_le", admin.EmptyFieldListFilter), ("radiee_le", admin.EmptyFieldListFilter))
    search_fields = ("numero_unique", "demandeur__nom_naissance", "demandeur__prenom", "demandeur__email")
    search_help_text = "Numéro unique, nom ou adresse e-mail du compte."
    ordering = ("-mise_a_jour_le",)
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> DemandeQuerySet:
        return Demande.objects.visibles_par(personne(request)).select_related("demandeur", "emploi")

    @admin.display(description="validité", ordering="renouvelee_le")
    def validite(self, demande: Demande) -> str:
        if demande.radiee_le:
            return f"radiée le {demande.radiee_le:%d/%m/%Y}"
        fin = demande.valable_jusqu_au
        return f"{'jusqu’au' if fin >= timezone.localdate() else 'expirée le'} {fin:%d/%m/%Y}"

    @admin.display(description="dossier", ordering="dossier_valide_le")
    def dossier_valide(self, demande: Demande) -> str:
        return "validé" if demande.dossier_valide_le else "à terminer"

    @method_decorator(require_safe)
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """The demand in words, in place of a form; opening it is recorded, and the applicant can read it."""
        user = personne(request)
        if not self.has_view_permission(request):
            raise PermissionDenied
        demande = consultation.ouvrir(self.get_queryset(request), object_id, "la demande", par=user)
        sensibles = user.has_perm(LIRE_LE_SENSIBLE)
        contexte = {
            "title": f"Demande {demande.numero_unique}",
            "demande": demande,
            "emploi": getattr(demande, "emploi", None),
            "rubriques": lecture.rubriques(demande.dossier, noms_des_communes(demande.dossier), sensibles=sensibles),
            "sensibles": sensibles,
        }
        return render(request, "admin/demandes/demande.html", self.admin_site.each_context(request) | contexte)

    def history_view(
        self,
        request: HttpRequest,  # noqa: ARG002
        object_id: str,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Nothing is written here by hand: the demand's own page, where a look is recorded."""
        return redirect("admin:demandes_demande_change", object_id)


@admin.register(Importation)
class ImportationAdmin(LectureSeule[Importation]):
    """Why someone does not receive his code: where it went (masked), when, how many tries."""

    list_display = (
        *("numero_unique", "reference", "par", "adresse_connue", "codes_envoyes", "essais", "etat"),
        *("anomalie", "cree_le"),
    )
    list_select_related = ("par",)
    list_filter = ("cree_le",)
    search_fields = ("numero_unique", "id", "par__email", "par__nom_naissance")
    search_help_text = "Numéro unique, référence, nom ou adresse e-mail du compte."
    fields = (
        *(
            "numero_unique",
            "reference",
            "par",
            "adresse_connue",
            "codes_envoyes",
            "essais",
            "etat",
            "refus",
            "anomalie",
        ),
        *("identites", "cree_le", "expire_le", "verifiee_le", "close_le"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Importation]:
        return super().get_queryset(request).defer("empreinte")

    @admin.display(description="adresse connue du registre")
    def adresse_connue(self, importation: Importation) -> str:
        return importation.adresse_masquee if importation.adresse else ""

    @admin.display(description="nom du compte et nom au registre")
    def identites(self, importation: Importation) -> str:
        """What differed, and what was corrected here: one line each, oldest first."""
        return format_html_join("", "<p>{} : {}</p>", correction.en_mots(importation))

    @admin.display(description="état")
    def etat(self, importation: Importation) -> str:
        if importation.refus:
            return "import refusé"
        if importation.attend_le_registre:
            return "attend le registre"
        if importation.verifiee_le:
            return "code vérifié"
        if importation.close_le:
            return "abandonnée"
        return "code expiré" if importation.est_expiree else "code attendu"


@admin.register(Departement)
class DepartementAdmin(admin.ModelAdmin[Departement]):
    """The registration site of each département, and the day someone last checked it."""

    list_display = ("code", "nom", "region", "site", "site_verifie_le")
    list_filter = ("region", ("site_verifie_le", admin.EmptyFieldListFilter))
    search_fields = ("code", "nom", "site")
    fields = ("code", "nom", "region", "site", "site_verifie_le")
    readonly_fields = ("code", "nom", "region")
    formfield_overrides = {DateField: {"widget": champ_date()}, URLField: {"assume_scheme": "https"}}

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Departement | None = None) -> bool:  # noqa: ARG002
        return False


@admin.register(Commune)
class CommuneAdmin(LectureSeule[Commune]):
    list_display = ("nom", "code", "departement", "population", "zone", "zone_abc")
    list_select_related = ("departement",)
    list_filter = ("zone", "zone_abc")
    search_fields = ("nom", "=code")
    search_help_text = "Nom ou code INSEE."
    fields = ("code", "nom", "departement", "codes_postaux", "population", "zone", "zone_abc", "type", "parent")
    show_full_result_count = False
