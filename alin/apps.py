"""The project package as an application: its commands, its deployment checks, the site of the advisers."""

from django.apps import AppConfig
from django.contrib.admin import apps


class AlinConfig(AppConfig):
    name = "alin"
    default = True

    def ready(self) -> None:
        from alin import verifications  # noqa: F401 -- registers the checks


class EspaceConseillerConfig(apps.AdminConfig):
    """Django's admin, with our site in place of its own."""

    default = False
    default_site = "alin.admin.EspaceConseiller"
