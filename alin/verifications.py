"""What `manage.py check --deploy` refuses to let out of the house."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def pas_de_demonstration(**_: Any) -> list[CheckMessage]:
    """The demo shows everybody's mail."""
    if not settings.DEMO:
        return []
    return [Error("ALIN_DEMO=1 : la démonstration montre le courriel de tous, elle ne se déploie pas.", id="alin.E001")]


@register(Tags.security, deploy=True)
def registre_declare(**_: Any) -> list[CheckMessage]:
    """Without its secret the portal cannot read a single demand."""
    return [] if settings.SNE_SECRET else [Error("ALIN_SNE_SECRET manque.", id="alin.E002")]
