"""One's account. allauth's pages keep its names, under French addresses."""

from allauth.account import views as allauth
from django.db import transaction
from django.urls import path

from accounts import views
from accounts.decorators import porte, porte_d_entree

app_name = "accounts"

urlpatterns = [
    path("mon-espace/", views.espace, name="espace"),
    path("mon-profil/", views.profil, name="profil"),
    path("mon-profil/consultations/", views.consultations, name="consultations"),
]

portes = [
    path("connexion/", porte_d_entree(allauth.login), name="account_login"),
    path("deconnexion/", allauth.logout, name="account_logout"),
    path("compte-inactif/", allauth.account_inactive, name="account_inactive"),
    path("creer-mon-compte/", porte_d_entree(views.creer_mon_compte), name="account_signup"),
    path("creer-mon-compte/validation/", views.validation, name="account_email_verification_sent"),
    path(
        "creer-mon-compte/derniere-etape/<str:key>/",
        porte_d_entree(transaction.atomic(allauth.confirm_email)),
        name="account_confirm_email",
    ),
    path(
        "mot-de-passe/oublie/",
        porte_d_entree(transaction.atomic(allauth.password_reset)),
        name="account_reset_password",
    ),
    path("mot-de-passe/oublie/envoye/", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "mot-de-passe/mise-a-jour/<str:uidb36>/<str:key>/",
        porte_d_entree(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "mot-de-passe/mise-a-jour/fait/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("mon-profil/mot-de-passe/", porte(allauth.password_change), name="account_change_password"),
]
"""Included without a namespace: these are the names allauth itself looks for."""
