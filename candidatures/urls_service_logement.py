"""The company's housing service, under /service-logement/."""

from django.urls import path

from candidatures.views import service_logement, service_logement_actes, service_logement_export

app_name = "service_logement"

urlpatterns = [
    path("", service_logement.salaries, name="salaries"),
    path("exports/", service_logement_export.demander, name="exporter"),
    path("exports/<uuid:pk>/", service_logement_export.suivre, name="export"),
    path("exports/<uuid:pk>/fichier/", service_logement_export.fichier, name="fichier_exporte"),
    path("<uuid:pk>/", service_logement.salarie, name="salarie"),
    path("<uuid:pk>/emploi/", service_logement_actes.confirmer_emploi, name="confirmer_emploi"),
    path("<uuid:pk>/note/", service_logement_actes.note, name="note"),
    path("<uuid:pk>/rappel/", service_logement_actes.rappeler, name="rappeler"),
    path("<uuid:pk>/offres/", service_logement.offres, name="offres"),
    path("<uuid:pk>/offres/<uuid:offre_pk>/", service_logement_actes.postuler, name="postuler"),
    path("<uuid:pk>/candidatures/<uuid:candidature_pk>/annuler/", service_logement_actes.annuler, name="annuler"),
]
