"""The Celery application: `celery -A alin worker` and `celery -A alin beat`, and the signs of life they give."""

import logging
import os
from typing import Any

from celery import Celery
from celery.signals import heartbeat_sent, setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alin.settings")

SIGNE_OUVRIER = "signe-de-vie:ouvrier"
SIGNE_HORLOGE = "signe-de-vie:horloge"
"""Keys of the cache that /sante/ reads. They vanish by themselves when nobody renews them."""

app = Celery("alin")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def garder_notre_journal(loglevel: int | None = None, **_: Any) -> None:
    """Celery would add handlers of its own, which hide nothing (alin.journal); `-l` still says how much it tells."""
    logging.getLogger("celery").setLevel(loglevel or logging.WARNING)


@heartbeat_sent.connect
def signer_ouvrier(**_: Any) -> None:
    """Every 2 s from the worker's own process, however long its tasks are."""
    from django.core.cache import cache

    cache.set(SIGNE_OUVRIER, "vivant", timeout=15)


@app.task
def signer_horloge() -> None:
    """Sent by beat every 5 s; the delay is wide because a long queue of tasks is no breakdown."""
    from django.core.cache import cache

    cache.set(SIGNE_HORLOGE, "vivant", timeout=60)
