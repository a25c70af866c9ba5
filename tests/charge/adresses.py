"""What the benchmark adds to the portal: a bare page, the page of the offers fed from memory, a bare « Je postule »."""

import time
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_POST

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


@require_POST
def postuler_nu(request: RequeteConnectee, pk: UUID) -> HttpResponse:
    """The rows of « Je postule » written by hand: no rule, no lock, no mail rendered, nobody told."""
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(
            "SELECT d.id, max(i.id) FROM demandes_demande d JOIN demandes_instantane i ON i.demande_id = d.id"
            " WHERE d.demandeur_id = %s GROUP BY d.id",
            [request.user.pk],
        )
        demande, instantane = curseur.fetchone()
        cle, jour = uuid4(), timezone.now()
        candidature = {"id": cle, "demande_id": demande, "instantane_id": instantane, "offre_id": pk}
        _inserer(curseur, "candidatures_candidature", candidature | {"deposee_le": jour, "statut_depuis": jour})
        ligne = {"candidature_id": cle, "offre_id": pk, "le": jour, "par_id": request.user.pk}
        _inserer(curseur, "candidatures_evenement", ligne)
        courriel = {"id": uuid4(), "destinataire": request.user.email, "personne_id": request.user.pk}
        _inserer(curseur, "accounts_courriel", courriel | {"cree_le": jour, "prochain_essai_le": jour})
    return redirect("candidatures:deposee", cle)


MODELES = {
    "candidatures_candidature": "id = (SELECT candidature_id FROM candidatures_evenement ORDER BY id LIMIT 1)",
    "candidatures_evenement": "id = (SELECT min(id) FROM candidatures_evenement)",
    "accounts_courriel": "gabarit = 'candidature_deposee'",
}
"""Where each table has a row that the portal wrote itself: the candidature that `preparer` made."""


def _inserer(curseur: Any, table: str, changements: dict[str, Any]) -> None:
    """A row like the portal's, changed."""
    ordre, ligne = _modele(table)
    curseur.execute(ordre, list((ligne | changements).values()))


@lru_cache
def _modele(table: str) -> tuple[str, dict[str, Any]]:
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT * FROM {table} WHERE {MODELES[table]} LIMIT 1")
        ligne = dict(zip((c.name for c in curseur.description), curseur.fetchone(), strict=True))
    if not isinstance(ligne["id"], UUID):
        del ligne["id"]  # the database numbers these
    colonnes, valeurs = ", ".join(ligne), ", ".join(["%s"] * len(ligne))
    return f"INSERT INTO {table} ({colonnes}) VALUES ({valeurs})", ligne


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


urlpatterns = [
    path("mesure/nue/", nue),
    path("mesure/memoire/", de_memoire),
    path("mesure/postuler/<uuid:pk>/", postuler_nu),
    *du_portail,
]
