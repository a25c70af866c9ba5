"""« Ma demande », under /ma-demande/."""

from django.urls import path

from demandes import views

app_name = "demandes"

urlpatterns = [
    path("", views.situation, name="situation"),
    path("tutoriel/", views.tutoriel, name="tutoriel"),
    path("numero-unique/", views.numero, name="numero"),
    path("departement/", views.departement, name="departement"),
    path("code/", views.code, name="code"),
    path("code/nouveau/", views.nouveau_code, name="nouveau_code"),
    path("code/abandonner/", views.abandonner, name="abandonner"),
    path("informations/", views.infos, name="infos"),
    path("mettre-a-jour/", views.mettre_a_jour, name="mettre_a_jour"),
    path("entreprise/", views.employeur, name="employeur"),
    path("accord/", views.consentement, name="consentement"),
    path("pieces/", views.pieces, name="pieces"),
]
