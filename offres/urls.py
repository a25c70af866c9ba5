"""« Les offres », under /offres/."""

from django.urls import path

from offres import views

app_name = "offres"

urlpatterns = [
    path("", views.liste, name="liste"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/facade.svg", views.facade, name="facade"),
]
