"""« Mes données », beside the profile; no namespace, as for the other pages of one's account."""

from django.urls import path

from candidatures.views import mes_donnees

urlpatterns = [
    path("mes-donnees/", mes_donnees.page, name="mes_donnees"),
    path("mes-donnees/fichier/", mes_donnees.fichier, name="mes_donnees_fichier"),
    path("mes-donnees/impression/", mes_donnees.impression, name="mes_donnees_impression"),
    path("suppression/", mes_donnees.supprimer_compte, name="supprimer_compte"),
]
