"""« Les offres » (guide #5): three tabs, one dwelling, its drawing."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.decorators import RequeteConnectee
from demandes.adresses import site_de_la_demande
from demandes.decorators import dossier_valide
from demandes.models import Demande
from offres import calendrier, visites
from offres import facade as facades
from offres.carte import Carte
from offres.eligibilite import Foyer, convient, examiner
from offres.models import Offre
from offres.plafonds import Bareme
from offres.resultats import Resultats

UN_AN = 365 * 24 * 3600


@require_safe
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
@dossier_valide
def liste(request: RequeteConnectee, demande: Demande) -> HttpResponse:
    """The offers of one tab that fit, and folded below those that don't, with the reasons; or their map."""
    jour = timezone.localdate()
    visites.noter(demande, jour)
    seulement = "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
    morceau = "#resultats" if seulement else ""
    if request.GET.get("vue") == "carte":
        carte = Carte.pour(demande, request.GET, jour)
        return render(request, f"offres/carte_des_communes.html{morceau}", {"carte": carte})
    contexte = {"resultats": Resultats.pour(demande, request.GET, jour), "site": partial(site_de_la_demande, demande)}
    return render(request, f"offres/liste.html{morceau}", contexte)


@require_safe
@dossier_valide
def detail(request: RequeteConnectee, demande: Demande, pk: UUID) -> HttpResponse:
    """One dwelling: every field of the guide, and « Votre situation et ce logement »."""
    jour = timezone.localdate()
    visibles = Offre.objects.parues(jour).visibles_pour(demande).pour_lecture()
    offre = get_object_or_404(visibles.select_related("bailleur__delai_mesure"), pk=pk)
    foyer = Foyer.de(demande)
    controles = examiner(foyer, offre, Bareme.connu(jour, demande.reperes))
    contexte = {
        "demande": demande,
        "offre": offre,
        "photos": offre.photos.all() if offre.photo else [],
        "foyer": foyer,
        "controles": controles,
        "convient": convient(controles),
        "fermee": offre.pourquoi_fermee(jour),
        "retour": f"{reverse('offres:liste')}?{request.GET.urlencode()}",
    }
    return render(request, "offres/detail.html", contexte)


@require_safe
@dossier_valide
def date_limite(request: RequeteConnectee, demande: Demande, pk: UUID) -> HttpResponse:
    """The deadline, for one's calendar."""
    offre = get_object_or_404(Offre.objects.parues(timezone.localdate()).visibles_pour(demande).pour_lecture(), pk=pk)
    adresse = request.build_absolute_uri(offre.get_absolute_url())
    reponse = HttpResponse(
        calendrier.date_limite(offre, adresse, timezone.now()), content_type="text/calendar; charset=utf-8"
    )
    reponse.headers["Content-Disposition"] = f'attachment; filename="date-limite-{offre.date_limite:%Y-%m-%d}.ics"'
    return reponse


@require_safe
def facade(request: RequeteConnectee, pk: UUID) -> HttpResponse:
    """The drawing of a dwelling; an address that says what it shows (`?v=`) is kept for ever."""
    offre = get_object_or_404(Offre, pk=pk)
    reponse = HttpResponse(facades.dessiner(offre), content_type="image/svg+xml")
    if request.GET.get("v") == facades.empreinte(offre):
        patch_cache_control(reponse, private=True, max_age=UN_AN, immutable=True)
    return reponse
