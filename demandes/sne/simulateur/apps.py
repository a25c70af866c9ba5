from django.apps import AppConfig


class SimulateurConfig(AppConfig):
    name = "demandes.sne.simulateur"
    label = "simulateur"
    verbose_name = "simulateur du registre"
    default_auto_field = "django.db.models.BigAutoField"
