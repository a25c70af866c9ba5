"""One's account. allauth's pages keep its names, under French addresses."""

from allauth.account import views as allauth
from allauth.mfa.base import views as facteurs
from allauth.mfa.recovery_codes import views as secours
from allauth.mfa.totp import views as application
from allauth.mfa.webauthn import views as cles
from allauth.usersessions import views as connexions
from django.db import transaction
from django.urls import path

from accounts import views, views_agents
from accounts.decorators import porte, porte_d_entree

app_name = "accounts"

urlpatterns = [
    path("mon-espace/", views.espace, name="espace"),
    path("mon-profil/", views.profil, name="profil"),
    path("mon-profil/consultations/", views.consultations, name="consultations"),
    path("mon-profil/adresse/essai/", views.essayer_adresse, name="essayer_adresse"),
    path(
        "mon-profil/textes/<slug:code>/<int:version>/",
        views.prendre_connaissance,
        name="prendre_connaissance",
    ),
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
    path("mon-profil/adresse/", porte(transaction.atomic(allauth.email)), name="account_email"),
    path(
        "mon-profil/adresse/retablir/<str:jeton>/",
        porte_d_entree(views.retablir_adresse),
        name="account_email_retablir",
    ),
    path("mon-profil/confirmer/", porte(allauth.reauthenticate), name="account_reauthenticate"),
    path("mon-profil/connexions/", connexions.list_usersessions, name="usersessions_list"),
    path("invitation/<str:jeton>/", views_agents.invitation, name="invitation"),
    # The second factor
    path("connexion/deuxieme-facteur/", porte_d_entree(facteurs.authenticate), name="mfa_authenticate"),
    path("connexion/cle-d-acces/", porte_d_entree(cles.login_webauthn), name="mfa_login_webauthn"),
    path("mon-profil/securite/", facteurs.index, name="mfa_index"),
    path("mon-profil/securite/confirmer/code/", porte(facteurs.reauthenticate), name="mfa_reauthenticate"),
    path("mon-profil/securite/confirmer/cle/", porte(cles.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("mon-profil/securite/application/", porte(application.activate_totp), name="mfa_activate_totp"),
    path("mon-profil/securite/application/retirer/", application.deactivate_totp, name="mfa_deactivate_totp"),
    path("mon-profil/securite/codes/", secours.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("mon-profil/securite/codes/nouveaux/", secours.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("mon-profil/securite/codes/fichier/", secours.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("mon-profil/securite/cles/", cles.list_webauthn, name="mfa_list_webauthn"),
    path("mon-profil/securite/cles/ajouter/", porte(cles.add_webauthn), name="mfa_add_webauthn"),
    path("mon-profil/securite/cles/<int:pk>/", cles.edit_webauthn, name="mfa_edit_webauthn"),
    path("mon-profil/securite/cles/<int:pk>/retirer/", views.retirer_cle, name="mfa_remove_webauthn"),
]
"""Included without a namespace: these are the names allauth itself looks for."""
