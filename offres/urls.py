"""« Les offres », under /offres/."""

from django.urls import path

from offres import views, views_alertes

app_name = "offres"

urlpatterns = [
    path("", views.liste, name="liste"),
    path("alertes/", views_alertes.regler, name="alertes"),
    path("alertes/arret/<str:jeton>/", views_alertes.arret, name="alertes_arret"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/date-limite/", views.date_limite, name="date_limite"),
    path("<uuid:pk>/facade.svg", views.facade, name="facade"),
]
