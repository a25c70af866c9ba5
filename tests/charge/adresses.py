"""What the benchmark adds to the portal: a bare page, and the page of the offers fed from memory."""

import time
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from accounts.decorators import RequeteConnectee
from accounts.models import User
from alin.urls import urlpatterns as du_portail
from demandes.adresses import site_de_la_demande
from demandes.la_sienne import demande_de
from offres.resultats import Resultats


def nue(request: RequeteConnectee) -> HttpResponse:
    """What Django cannot do without: a session, a person, an answer."""
    return HttpResponse(f"Bonjour {request.user.prenom}")


def de_memoire(request: RequeteConnectee) -> HttpResponse:
    """The first tab of this very person as the portal prints it, but for its queries, made once in each process."""
    return render(request, "offres/liste.html", _contexte(request.user), using="memoire")


@lru_cache(maxsize=1000)
def _contexte(user: User) -> dict[str, Any]:
    demande = demande_de(user)
    if demande is None:
        raise Http404
    resultats = Resultats.pour(demande, QueryDict(), timezone.localdate())
    return {"resultats": resultats, "site": partial(site_de_la_demande, demande)}


def compter(suite: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Whoever asks with the header `X-Mesure` is told how many queries it took, and how many milliseconds."""

    def repondre(request: HttpRequest) -> HttpResponse:
        if "X-Mesure" not in request.headers:
            return suite(request)
        temps: list[float] = []

        def chronometrer(executer: Callable[..., Any], *arguments: Any) -> Any:
            debut = time.perf_counter()
            try:
                return executer(*arguments)
            finally:
                temps.append(time.perf_counter() - debut)

        with connection.execute_wrapper(chronometrer):
            reponse = suite(request)
        reponse.headers["X-Mesure"] = f"{len(temps)} {1000 * sum(temps):.3f}"
        return reponse

    return repondre


urlpatterns = [path("mesure/nue/", nue), path("mesure/memoire/", de_memoire), *du_portail]
