"""The public pages, and what a person sees when a form has expired."""

from itertools import groupby
from operator import attrgetter
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import CodeTexte, Texte
from demandes.models import Departement
from offres.models import Financement, Plafond

PERSONNES = {1: "1 personne", 2: "2 personnes", 3: "3 personnes", 4: "4 personnes", 5: "5 personnes", 6: "6 personnes"}
"""The categories of household as the home page names them: the plain case, without dependants or disability."""


@login_not_required
@require_safe
def accueil(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "pages/accueil.html",
        {"departements": Departement.objects.all(), "plafonds": plafonds_plus()},
    )


def plafonds_plus() -> list[tuple[str, list[Plafond]]]:
    """The PLUS ceilings in force today: for each size of household, those of zones 1, 2 and 3, in euros a year."""
    en_vigueur = Plafond.objects.filter(financement=Financement.PLUS, en_vigueur_le__lte=timezone.localdate())
    derniers = en_vigueur.filter(en_vigueur_le=en_vigueur.values("en_vigueur_le")[:1], categorie__in=PERSONNES)
    lignes = groupby(derniers.order_by("categorie", "zone"), attrgetter("categorie"))
    return [(PERSONNES[categorie], list(plafonds)) for categorie, plafonds in lignes]


@login_not_required
@require_safe
def aide(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/aide.html")


@login_not_required
@require_safe
def mentions_legales(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/mentions_legales.html")


@login_not_required
@require_safe
def cgu(request: HttpRequest) -> HttpResponse:
    return _page_du_texte(request, get_object_or_404(Texte.objects.en_vigueur(), code=CodeTexte.CGU))


@login_not_required
@require_safe
def donnees_personnelles(request: HttpRequest) -> HttpResponse:
    return _page_du_texte(request, get_object_or_404(Texte.objects.en_vigueur(), code=CodeTexte.DONNEES))


@login_not_required
@require_safe
def texte(request: HttpRequest, code: str, version: int) -> HttpResponse:
    """One version of a text, the one in force or a former one."""
    return _page_du_texte(request, get_object_or_404(_publies(), code=code, version=version))


def _page_du_texte(request: HttpRequest, texte: Texte) -> HttpResponse:
    """A text with its version, its date, and the way to the others."""
    versions = _publies().filter(code=texte.code)
    return render(request, "pages/texte.html", {"texte": texte, "versions": versions, "derniere": versions[0]})


def _publies() -> QuerySet[Texte]:
    return Texte.objects.filter(en_vigueur_le__lte=timezone.localdate())


@login_not_required
@require_safe
def accessibilite(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibilite.html")


@login_not_required
def jeton_perdu(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """« Votre page a expiré »: the form's token is missing or old (CSRF_FAILURE_VIEW)."""
    return render(request, "403_csrf.html", status=403)


@require_safe
@login_not_required
def porte_de_l_admin(request: HttpRequest) -> HttpResponse:
    """One door for everyone: the admin's own would bypass the limits on attempts."""
    suite = urlencode({"next": request.GET.get("next") or reverse("admin:index")})
    return redirect(f"{reverse('account_login')}?{suite}")
