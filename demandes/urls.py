"""« Ma demande », under /ma-demande/."""

from django.urls import path

from demandes.views import departement, employeur, identite, importation, pieces, situation, vie

app_name = "demandes"

urlpatterns = [
    path("", situation.situation, name="situation"),
    path("tutoriel/", importation.tutoriel, name="tutoriel"),
    path("numero-unique/", importation.numero, name="numero"),
    path("departement/", departement.departement, name="departement"),
    path("code/", importation.code, name="code"),
    path("code/nouveau/", importation.nouveau_code, name="nouveau_code"),
    path("code/abandonner/", importation.abandonner, name="abandonner"),
    path("identite/", identite.identite, name="identite"),
    path("informations/", situation.infos, name="infos"),
    path("mettre-a-jour/code/", importation.confirmer, name="confirmer"),
    path("mettre-a-jour/", situation.mettre_a_jour, name="mettre_a_jour"),
    path("vie/", vie.vie, name="vie"),
    path("entreprise/", employeur.employeur, name="employeur"),
    path("entreprise/nom/", employeur.nom_employeur, name="nom_employeur"),
    path("accord/", employeur.consentement, name="consentement"),
    path("pieces/", pieces.pieces, name="pieces"),
]
