"""The list of a company's employees as a file: asked for, followed, taken by whoever asked, for a day."""

import logging
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from kombu.exceptions import OperationalError

from accounts.decorators import RequeteConnectee, reserve_a
from accounts.models import Entreprise, Role
from candidatures.exports import ExportDeSalaries, Format
from candidatures.salaries import export as exports
from candidatures.salaries.filtre import FiltreForm
from candidatures.tasks import exporter_les_salaries

journal = logging.getLogger(__name__)
TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ExportForm(forms.Form):
    format = forms.ChoiceField(choices=Format.choices)


@require_POST
@reserve_a(Role.SERVICE_LOGEMENT)
def demander(request: RequeteConnectee) -> HttpResponse:
    """The filters of the list, and the format; whatever means nothing filters nothing, or asks for a CSV."""
    form = ExportForm(request.POST)
    format = Format(form.cleaned_data["format"]) if form.is_valid() else Format.CSV
    filtre = FiltreForm(request.POST, Entreprise.objects.suivies_par(request.user))
    export = exports.demander(filtre.requete, format, par=request.user)
    try:
        exporter_les_salaries.apply_async((str(export.pk),), retry=False)
    except OperationalError:  # beat takes it up within a minute
        journal.warning("Le courtier ne répond pas : l’export %s attend la prochaine tournée.", export.pk)
    return redirect(export)


@require_safe
@reserve_a(Role.SERVICE_LOGEMENT)
def suivre(request: RequeteConnectee, pk: UUID) -> HttpResponse:
    """How far it is, then the file; the page asks again by itself until the end."""
    export = get_object_or_404(ExportDeSalaries.objects.de(request.user), pk=pk)
    morceau = "#suivi" if "HX-Request" in request.headers else ""
    return render(request, f"candidatures/service_logement/export.html{morceau}", {"export": export})


@require_safe
@reserve_a(Role.SERVICE_LOGEMENT)
def fichier(request: RequeteConnectee, pk: UUID) -> HttpResponse:
    """The file, for who asked for it; refused, with the reason, once its day or a leave is over."""
    export = get_object_or_404(ExportDeSalaries.objects.de(request.user).select_related("par"), pk=pk)
    try:
        contenu = exports.ouvrir(export)
    except exports.ExportFerme as ferme:
        messages.error(request, str(ferme))
        return redirect("service_logement:salaries")
    nom = f"salaries-{timezone.localdate(export.cree_le):%Y-%m-%d}.{export.format}"
    return HttpResponse(
        contenu,
        content_type=TYPES[Format(export.format)],
        headers={"Content-Disposition": f'attachment; filename="{nom}"', "Cache-Control": "private, no-store"},
    )
