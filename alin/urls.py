"""Every address of the portal, in French, nouns, with a final slash."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from accounts.urls import portes
from alin import contact, demo, pages, sante
from candidatures.demonstration import page
from candidatures.views import classement

publiques = [
    path("", pages.accueil, name="accueil"),
    path("aide/", pages.aide, name="aide"),
    path("aide/classement/", classement.aide, name="aide_classement"),
    path("contact/", contact.contact, name="contact"),
    path("contact/merci/", contact.merci, name="contact_merci"),
    path("mentions-legales/", pages.mentions_legales, name="mentions_legales"),
    path("conditions-generales/", pages.cgu, name="cgu"),
    path("donnees-personnelles/", pages.donnees_personnelles, name="donnees_personnelles"),
    path("textes/<slug:code>/<int:version>/", pages.texte, name="texte"),
    path("accessibilite/", pages.accessibilite, name="accessibilite"),
    path("sante/", sante.sante, name="sante"),
    path("sante/vivant/", sante.sante_vivant, name="sante_vivant"),
]

demonstration = [
    path("demo/", page.comptes, name="demo"),
    path("demo/courriels/", demo.courriels, name="demo_courriels"),
    path("demo/courriels/<slug:cle>/", demo.courriel, name="demo_courriel"),
    path("demo/courriels/<slug:cle>/html/", demo.courriel_html, name="demo_courriel_html"),
]
"""Everybody's mail: routed with ALIN_DEMO=1 only, which `check --deploy` refuses."""

urlpatterns = [
    *publiques,
    *portes,
    path("", include("accounts.urls")),
    path("mon-profil/", include("candidatures.urls_mes_donnees")),
    path("ma-demande/", include("demandes.urls")),
    path("ma-demande/mon-entreprise/", include("candidatures.urls_mon_entreprise")),
    path("offres/", include("offres.urls")),
    path("candidatures/", include("candidatures.urls")),
    path("transmission/", include("candidatures.urls_transmission")),
    path("service-logement/agents/", include("accounts.urls_agents")),
    path("service-logement/", include("candidatures.urls_service_logement")),
    path("admin/login/", pages.porte_de_l_admin, name="admin_porte"),
    path("admin/", admin.site.urls),
    *(demonstration if settings.DEMO else []),
]
