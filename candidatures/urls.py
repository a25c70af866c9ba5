"""« Mes candidatures », under /candidatures/."""

from django.urls import path

from candidatures.views import classement, demandeur, reponse

app_name = "candidatures"

urlpatterns = [
    path("", demandeur.liste, name="liste"),
    path("supprimer-ma-demande/", demandeur.supprimer_demande, name="supprimer_demande"),
    path("offre/<uuid:pk>/classement/", classement.offre, name="classement"),
    path("offre/<uuid:pk>/", demandeur.postuler, name="postuler"),
    path("<uuid:pk>/deposee/", demandeur.deposee, name="deposee"),
    path("<uuid:pk>/agenda/", demandeur.agenda, name="agenda"),
    path("<uuid:pk>/<slug:action>/", reponse.avancer, name="avancer"),
]
