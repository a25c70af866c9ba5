"""The pages of the simulator: what an applicant does on the registration site, and the faults of its API."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from demandes.sne.dossier import DossierSNE
from demandes.sne.nomenclature import PIECES
from demandes.sne.simulateur import communes, vie
from demandes.sne.simulateur.communes import sans_accents
from demandes.sne.simulateur.forms import PieceForm, RadiationForm, ReglagesForm, formulaire
from demandes.sne.simulateur.models import Appel, Demande, Reglages, aujourd_hui

PAR_PAGE = 25


class Ligne(NamedTuple):
    """One demand of a list."""

    demande: Demande
    dossier: DossierSNE
    etat: vie.Etat


def lignes(demandes: Iterable[Demande]) -> list[Ligne]:
    jour = aujourd_hui()
    return [Ligne(demande, demande.dossier, vie.etat(demande.dossier, jour)) for demande in demandes]


@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    cherche = request.GET.get("q", "").replace("\x00", "").strip()
    demandes = Demande.objects.order_by("contenu__demandeur__nom", "contenu__demandeur__prenom", "pk")
    for mot in sans_accents(cherche).split():
        demandes = demandes.filter(recherche__contains=mot)
    page = Paginator(demandes, PAR_PAGE).get_page(request.GET.get("page"))
    accueil = not cherche and page.number == 1
    contexte = {
        "q": cherche,
        "page": page,
        "lignes": lignes(page),
        "a_essayer": lignes(Demande.objects.filter(libre=True)) if accueil else [],
    }
    return render(request, "simulateur/liste.html", contexte)


@require_safe
def fiche(request: HttpRequest, numero: str) -> HttpResponse:
    return _fiche(request, numero)


def _fiche(request: HttpRequest, numero: str, **formulaires: Any) -> HttpResponse:
    demande = get_object_or_404(Demande, pk=numero)
    contexte = {"depot": PieceForm(), "radiation": RadiationForm(), **formulaires}
    (ligne,) = lignes([demande])
    return render(request, "simulateur/fiche.html", ligne._asdict() | contexte)


def _changer(numero: str, acte: Callable[[DossierSNE], DossierSNE], fait: str) -> HttpResponseRedirect:
    """Apply `acte` to the demand as it is now, then show it."""
    with transaction.atomic():
        demande = get_object_or_404(Demande.objects.select_for_update(), pk=numero)
        demande.enregistrer(acte(demande.dossier))
    return _voir(numero, fait)


def _voir(numero: str, fait: str) -> HttpResponseRedirect:
    return redirect(f"{reverse('fiche', args=[numero])}?fait={fait}")


@require_http_methods(["GET", "POST"])
def modifier(request: HttpRequest, numero: str, section: str, rang: int = 0) -> HttpResponse:
    """The form of one block of the demand; see `forms.formulaire` for their names."""
    with transaction.atomic():
        demande = get_object_or_404(Demande.objects.select_for_update(), pk=numero)
        dossier = demande.dossier
        form = formulaire(section, rang, dossier, request.POST if request.method == "POST" else None)
        if form is None:
            raise Http404
        if form.is_valid():
            demande.enregistrer(vie.modifier(form.appliquer(), aujourd_hui()))
            return _voir(numero, "modifiee")
    contexte = {"demande": demande, "dossier": dossier, "form": form, "propositions": communes_souhaitees()}
    return render(request, "simulateur/modifier.html", contexte)


def communes_souhaitees() -> list[str]:
    """What the browser proposes when one types a commune: those that somebody wishes for."""
    souhaits = Demande.objects.values_list("contenu__logementRecherche__localisations", flat=True)
    codes = {lieu["commune"] for lieux in souhaits for lieu in lieux}
    return sorted(f"{communes.noms()[code]} ({code})" for code in codes if code in communes.noms())


@require_POST
def deposer(request: HttpRequest, numero: str) -> HttpResponse:
    form = PieceForm(request.POST)
    if not form.is_valid():
        return _fiche(request, numero, depot=form)
    code, precision = form.cleaned_data["code"], form.cleaned_data["libelle"]
    return _changer(numero, lambda d: vie.deposer(d, code, precision or PIECES[code], aujourd_hui()), "piece")


@require_POST
def renouveler(_request: HttpRequest, numero: str) -> HttpResponse:
    return _changer(numero, lambda d: vie.renouveler(d, aujourd_hui()), "renouvelee")


@require_POST
def radier(request: HttpRequest, numero: str) -> HttpResponse:
    form = RadiationForm(request.POST)
    if not form.is_valid():
        return _fiche(request, numero, radiation=form)
    return _changer(numero, lambda d: vie.radier(d, form.cleaned_data["motif"], aujourd_hui()), "radiee")


@require_POST
def retablir(_request: HttpRequest, numero: str) -> HttpResponse:
    return _changer(numero, lambda d: vie.retablir(d, aujourd_hui()), "retablie")


@require_http_methods(["GET", "POST"])
def reglages(request: HttpRequest) -> HttpResponse:
    form = ReglagesForm(request.POST if request.method == "POST" else None, instance=Reglages.lire())
    if form.is_valid():
        form.save()
        vie.radier_les_oubliees(aujourd_hui())
        return redirect(f"{reverse('reglages')}?fait=reglages")
    contexte = {"form": form, "appels": Appel.objects.all()[:30]}
    return render(request, "simulateur/reglages.html", contexte)


@require_safe
def vivant(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("vivant", content_type="text/plain")
