"""« Mon entreprise et moi », under /ma-demande/; no namespace, as earlier apps lead there."""

from django.urls import path

from candidatures.views import mon_entreprise

urlpatterns = [
    path("", mon_entreprise.page, name="mon_entreprise"),
]
