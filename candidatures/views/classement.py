"""How candidatures are ranked: the public page of the scale, and the list of points of one offer."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import RequeteConnectee
from candidatures.baremes import BaremeDeClassement
from candidatures.classement import anonymes, comparables, exemple, rangs, repartition
from demandes.decorators import dossier_valide
from demandes.models import Demande
from offres.models import Offre


@login_not_required
@require_safe
def aide(request: HttpRequest) -> HttpResponse:
    """« Comment sont classées les candidatures », from the scale in force that day."""
    jour = timezone.localdate()
    bareme = rangs.bareme_du(jour)
    contexte = {
        "bareme": bareme,
        "exemple": exemple.camille(bareme, jour),
        "versions": BaremeDeClassement.objects.all(),
    }
    return render(request, "pages/aide_classement.html", contexte)


@require_safe
@dossier_valide
def offre(request: RequeteConnectee, demande: Demande, pk: UUID) -> HttpResponse:
    """Everybody's points on one offer, without a name, for whoever may apply to it or has."""
    jour = timezone.localdate()
    une = get_object_or_404(Offre.objects.parues(jour).visibles_pour(demande).pour_lecture(), pk=pk)
    file = anonymes.file_de(une, demande, jour)
    points = file.place.points
    contexte = {
        "offre": une,
        "demande": demande,
        "file": file,
        "bareme": rangs.bareme_connu(jour, demande.reperes),
        "jour": jour,
        "repartition": repartition.de_l_offre(une, demande, jour, points.total, candidate=file.candidate),
        "comparables": comparables.comparables(une, points.hors_loyer, jour),
    }
    return render(request, "candidatures/classement.html", contexte)
