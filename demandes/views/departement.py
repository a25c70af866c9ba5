"""« Votre département de recherche »: no number yet, so where to ask for one (guide #3). Open to all."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from demandes.forms import DepartementForm
from demandes.recherche import chercher


@login_not_required
@require_safe
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def departement(request: HttpRequest) -> HttpResponse:
    """Which sites register demands there; as one types, only the answer is sent."""
    ecrit = request.GET.get("q") or request.GET.get("departement") or ""
    form = DepartementForm({"q": ecrit} if request.GET else None)
    trouves = chercher(form.cleaned_data["q"]) if form.is_valid() else []
    contexte = {"form": form, "ecrit": ecrit.strip(), "propositions": trouves}
    seulement = "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
    return render(request, f"demandes/departement.html{'#sites' if seulement else ''}", contexte)
