"""« Les offres », under /offres/."""

from django.urls import path

from offres import views, views_alertes, views_photos
from offres.photos import Taille

app_name = "offres"

urlpatterns = [
    path("", views.liste, name="liste"),
    path("alertes/", views_alertes.regler, name="alertes"),
    path("alertes/arret/<str:jeton>/", views_alertes.arret, name="alertes_arret"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/date-limite/", views.date_limite, name="date_limite"),
    path("<uuid:pk>/facade.svg", views.facade, name="facade"),
    *(
        path(f"<uuid:pk>/photos/<slug:empreinte>/{t.label}.webp", views_photos.photo, {"taille": t}, f"photo_{t.label}")
        for t in Taille
    ),
]
