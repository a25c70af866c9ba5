"""The files of bailleurs in the advisers' workplace: sent, tried, followed, read again."""

import logging
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from kombu.exceptions import OperationalError

from accounts.admin import LectureSeule, personne
from offres.depots import ImportOffres, Issue
from offres.imports import deroulement, formats
from offres.imports.classeur import Illisible
from offres.imports.colonnes import COLONNES, mille
from offres.imports.rapport import en_csv
from offres.models import Bailleur
from offres.tasks import importer_offres

journal = logging.getLogger(__name__)
EXEMPLE = "exemple-offres.csv"
LIGNES_MONTREES = 50
"""Rows of the report that the page shows; the file to download has them all."""
importer_un_fichier = permission_required("offres.importer_offres", raise_exception=True)


class FichierForm(forms.Form):
    fichier = forms.FileField(
        label="Fichier",
        help_text=f"CSV, XLSX ou JSON, {formats.OCTETS // 1_000_000} Mo et {mille(formats.LIGNES)} lignes au plus.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.json,text/csv,application/json"}),
        error_messages={"required": "Choisissez un fichier.", "empty": "Ce fichier est vide."},
    )
    bailleur = forms.ModelChoiceField(
        label="Bailleur",
        queryset=Bailleur.objects.all(),
        required=False,
        empty_label="Plusieurs : le fichier a une colonne « bailleur »",
    )
    complet = forms.BooleanField(
        label="Ce fichier contient toutes les offres de ce bailleur : retirer les autres",
        help_text="Les personnes qui attendaient une offre retirée sont prévenues et peuvent postuler ailleurs.",
        required=False,
    )
    a_blanc = forms.BooleanField(
        label="Essayer d’abord à blanc : lire le rapport, sans rien écrire", required=False, initial=True
    )

    def deposer(self, request: HttpRequest) -> ImportOffres | None:
        """The import begun, or None and the reason on the field."""
        recu: UploadedFile[bytes] = self.cleaned_data["fichier"]
        try:
            return deroulement.deposer(
                recu.read(),
                recu.name or "sans nom",
                par=personne(request),
                bailleur=self.cleaned_data["bailleur"],
                a_blanc=self.cleaned_data["a_blanc"],
                complet=self.cleaned_data["complet"],
            )
        except Illisible as refus:
            self.add_error("fichier", str(refus))
            return None


@admin.register(ImportOffres)
class ImportOffresAdmin(LectureSeule[ImportOffres]):
    list_display = ("nom_fichier", "bailleur", "par", "envoye_le", "avancement", *deroulement.COMPTEURS.values())
    list_filter = ("a_blanc", "bailleur")
    list_select_related = ("bailleur", "par")
    search_fields = ("nom_fichier",)
    date_hierarchy = "depose_le"

    def has_add_permission(self, request: HttpRequest) -> bool:
        return personne(request).has_perm("offres.importer_offres")

    @method_decorator([importer_un_fichier, require_http_methods(["GET", "POST"])])
    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """« Importer un fichier d’offres »."""
        donnees = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = FichierForm(*donnees)
        if form.is_valid() and (depot := form.deposer(request)):
            _sonner(depot)
            return redirect(depot)
        contexte = {"title": "Importer un fichier d’offres", "form": form, "colonnes": COLONNES}
        return render(request, "admin/offres/import.html", self.admin_site.each_context(request) | contexte)

    @method_decorator([importer_un_fichier, require_safe])
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """How far it is, then its report; the page asks again by itself until the end."""
        depot = get_object_or_404(ImportOffres.objects.select_related("bailleur", "par"), pk=_uuid(object_id))
        contexte = {"title": depot.nom_fichier, "depot": depot, "comptes": depot.comptes, **_extrait_du_rapport(depot)}
        page = f"admin/offres/import_suivi.html{'#suivi' if 'HX-Request' in request.headers else ''}"
        return render(request, page, self.admin_site.each_context(request) | contexte)

    def history_view(
        self,
        request: HttpRequest,  # noqa: ARG002
        object_id: str,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Its own page tells all of it."""
        return redirect("admin:offres_importoffres_change", object_id)

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view
        return [
            path("exemple.csv", page(exemple), name="offres_importoffres_exemple"),
            path("<uuid:pk>/rapport.csv", page(rapport), name="offres_importoffres_rapport"),
            path("<uuid:pk>/confirmer/", page(confirmer), name="offres_importoffres_confirmer"),
            *super().get_urls(),
        ]

    @admin.display(description="envoyé le", ordering="depose_le")
    def envoye_le(self, depot: ImportOffres) -> str:
        return f"{timezone.localtime(depot.depose_le):%d/%m/%Y %H:%M}"

    @admin.display(description="état", ordering="a_blanc")
    def avancement(self, depot: ImportOffres) -> str:
        return f"essai {depot.etat}" if depot.a_blanc else depot.etat


@require_safe
@importer_un_fichier
def exemple(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Twenty offers to take as a model."""
    reponse = HttpResponse((formats.DONNEES / EXEMPLE).read_bytes(), content_type="text/csv; charset=utf-8")
    reponse.headers["Content-Disposition"] = f"attachment; filename={EXEMPLE}"
    return reponse


@require_safe
@importer_un_fichier
def rapport(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:  # noqa: ARG001
    depot = get_object_or_404(ImportOffres, pk=pk)
    nom = quote(f"rapport-{depot.nom_fichier}.csv")
    reponse = StreamingHttpResponse(en_csv(depot), content_type="text/csv; charset=utf-8")
    reponse.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{nom}"
    return reponse


@require_POST
@importer_un_fichier
def confirmer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """« Importer pour de bon » after a dry run; pressed twice in a row, it leads to the same page."""
    essai = get_object_or_404(ImportOffres, pk=pk)
    depot = deroulement.confirmer(essai, par=personne(request))
    if depot is None:
        if en_cours := ImportOffres.objects.issus_de(essai).filter(fini_le=None).first():
            return redirect(en_cours)
        messages.warning(request, "Ce fichier n’est plus gardé : envoyez-le à nouveau.")
        return redirect(essai)
    _sonner(depot)
    return redirect(depot)


def _sonner(depot: ImportOffres) -> None:
    """Tell the worker at once; without a broker, the clock finds it within a minute."""
    try:
        importer_offres.apply_async((str(depot.pk),), retry=False)
    except OperationalError:
        journal.warning("Le courtier ne répond pas : l’import commencera à la prochaine tournée.")


def _extrait_du_rapport(depot: ImportOffres) -> dict[str, Any]:
    """The rows to look at first: those refused, then the others. The counts tell how many more there are."""
    refusees = Q(issue=Issue.REFUSEE)
    lignes = [*depot.lignes.filter(refusees)[:LIGNES_MONTREES]]
    lignes += depot.lignes.exclude(refusees)[: LIGNES_MONTREES - len(lignes)]
    total = depot.nouvelles + depot.changees + depot.retirees + depot.refusees
    return {"lignes": lignes, "autres": max(0, total - LIGNES_MONTREES)}


def _uuid(dit: str) -> UUID | None:
    try:
        return UUID(dit)
    except ValueError:
        return None
