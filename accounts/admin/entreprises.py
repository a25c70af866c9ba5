"""Companies and the agents of their housing services."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, DateField, ForeignKey, Q, QuerySet
from django.forms.models import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods

from accounts import invitations
from accounts.admin.lecture import champ_date, personne
from accounts.entreprises_csv import FichierRefuse, decoder, importer
from accounts.forms_agents import InvitationForm
from accounts.forms_entreprises import CHAMPS, EntrepriseForm, FichierForm
from accounts.models import Appartenance, Entreprise, Role, User

EN_ATTENTE = "entreprises_a_importer"
"""Where a session keeps the text of the file whose report is being read."""


class AppartenanceInline(admin.StackedInline[Appartenance, Entreprise]):
    model = Appartenance
    verbose_name = "agent du service logement"
    verbose_name_plural = "agents du service logement"
    fields = ("agent", "role", "toute_l_entreprise", "debut_le", "fin_le")
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
    form = EntrepriseForm
    list_display = ("nom", "siret", "siren", "nature", "etat", "code", "agents_actuels", "exige")
    list_filter = ("nature", "cliente", "exige_confirmation")
    search_fields = ("nom", "siret", "code")
    search_help_text = "Nom, n° SIRET ou SIREN, ou code entreprise."
    fields = CHAMPS
    formfield_overrides = {DateField: {"widget": champ_date()}}
    inlines = (AppartenanceInline,)
    change_form_template = "admin/accounts/entreprise.html"

    def get_urls(self) -> list[URLPattern]:
        inviter = self.admin_site.admin_view(self.inviter)
        fichier = self.admin_site.admin_view(self.importer_un_fichier)
        return [
            path("importer/", fichier, name="accounts_entreprise_importer"),
            path("<uuid:pk>/inviter/", inviter, name="accounts_entreprise_inviter"),
            *super().get_urls(),
        ]

    @method_decorator(permission_required("accounts.add_entreprise", raise_exception=True))
    @method_decorator(require_http_methods(["GET", "POST"]))
    def importer_un_fichier(self, request: HttpRequest) -> HttpResponse:
        """A file, its report, then « Importer »: the text waits in the session, encrypted, between the two."""
        if request.method == "GET":
            return self._montrer_le_rapport(request)
        texte = request.session.pop(EN_ATTENTE, "")
        if "abandonner" in request.POST:
            return redirect("admin:accounts_entreprise_importer")
        if "importer" in request.POST and texte:
            return self._appliquer(request, texte)
        form = FichierForm(request.POST, request.FILES)
        if form.is_valid():
            request.session[EN_ATTENTE] = decoder(form.cleaned_data["fichier"].read())
        else:
            messages.error(request, " ".join(str(erreur) for erreur in form.errors.get("fichier", [])))
        return redirect("admin:accounts_entreprise_importer")

    def _montrer_le_rapport(self, request: HttpRequest) -> HttpResponse:
        contexte = self.admin_site.each_context(request) | {"title": "Importer des entreprises", "champs": CHAMPS}
        contexte |= {"form": FichierForm(), "rapport": None}
        if texte := request.session.get(EN_ATTENTE):
            try:
                contexte["rapport"] = importer(texte, a_blanc=True)
            except FichierRefuse as refus:
                del request.session[EN_ATTENTE]
                contexte["refus"] = str(refus)
        return render(request, "admin/accounts/importer.html", {"refus": "", **contexte})

    def _appliquer(self, request: HttpRequest, texte: str) -> HttpResponse:
        rapport = importer(texte, a_blanc=False)
        if rapport.erreurs:
            messages.error(request, "Le fichier ne passe plus : rien n’est écrit. Envoyez-le à nouveau.")
            return redirect("admin:accounts_entreprise_importer")
        creees, changees = len(rapport.creees), len(rapport.changees)
        messages.success(request, f"Import fait. Entreprises créées : {creees}, changées : {changees}.")
        return redirect("admin:accounts_entreprise_changelist")

    @method_decorator(permission_required("accounts.change_appartenance", raise_exception=True))
    @method_decorator(require_http_methods(["GET", "POST"]))
    def inviter(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """The first manager of a company, or any other agent."""
        entreprise = get_object_or_404(Entreprise, pk=pk)
        celle_ci = Entreprise.objects.filter(pk=pk)
        form = InvitationForm(request.POST if request.method == "POST" else None, entreprises=celle_ci)
        if form.is_valid():
            try:
                envoyee = invitations.inviter(par=personne(request), **form.cleaned_data)
            except invitations.InvitationRefusee as refus:
                messages.error(request, str(refus))
            else:
                self.log_change(request, entreprise, f"Invitation envoyée à {envoyee.email}.")
                messages.success(request, f"Une invitation part pour {envoyee.email}. Elle vaut 7 jours.")
            return redirect("admin:accounts_entreprise_change", entreprise.pk)
        contexte = self.admin_site.each_context(request) | {
            "title": "Inviter un agent",
            "entreprise": entreprise,
            "form": form,
        }
        return render(request, "admin/accounts/inviter.html", contexte)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Whose place ends today is shown out of every open page."""
        super().save_formset(request, form, formset, change)
        for poste, champs in formset.changed_objects:
            if "fin_le" in champs and poste.fin_le and poste.fin_le <= timezone.localdate():
                invitations.fermer_les_sessions(poste.agent)

    @admin.display(description="état")
    def etat(self, entreprise: Entreprise) -> str:
        if entreprise.est_ouverte:
            return "ouverte"
        return "fermée ou absorbée" if entreprise.cliente else "non cliente"

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
