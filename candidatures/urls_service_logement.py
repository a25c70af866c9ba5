"""The company's housing service, under /service-logement/."""

from django.urls import path

from candidatures.views import service_logement

app_name = "service_logement"

urlpatterns = [
    path("", service_logement.salaries, name="salaries"),
    path("<uuid:pk>/", service_logement.salarie, name="salarie"),
    path("<uuid:pk>/emploi/", service_logement.confirmer_emploi, name="confirmer_emploi"),
]
