"""Addresses of the simulator: its pages, its API, the token."""

from django.urls import path

from demandes.sne.simulateur import api, jetons, pages

urlpatterns = [
    path("", pages.liste, name="liste"),
    path("demandes/<slug:numero>/", pages.fiche, name="fiche"),
    path(
        "demandes/<slug:numero>/modifier/adulte/<int:rang>/",
        pages.modifier,
        {"section": "adulte"},
        name="modifier_adulte",
    ),
    path("demandes/<slug:numero>/modifier/<slug:section>/", pages.modifier, name="modifier"),
    path("demandes/<slug:numero>/deposer/", pages.deposer, name="deposer"),
    path("demandes/<slug:numero>/renouveler/", pages.renouveler, name="renouveler"),
    path("demandes/<slug:numero>/radier/", pages.radier, name="radier"),
    path("demandes/<slug:numero>/retablir/", pages.retablir, name="retablir"),
    path("reglages/", pages.reglages, name="reglages"),
    path("sante/vivant/", pages.vivant, name="sante_vivant"),
    path("oauth/token", jetons.jeton),
    path("api/v1/demandes/recherche", api.recherche),
    path("api/v1/demandes/radiees", api.radiees),
    path("api/v1/demandes/<slug:numero>", api.detail),
]
