"""The project package: settings, addresses, the embedded servers. No business rule lives here."""

from alin.celery import app as celery_app

__all__ = ["celery_app"]
