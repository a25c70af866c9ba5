"""The tags of `candidatures`, the one that asks the database answering from memory."""

from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django import template

from candidatures.templatetags import candidatures
from offres.models import Offre

register = template.Library()
register.tags |= candidatures.register.tags
register.filters |= candidatures.register.filters


@register.simple_tag
def files_d_attente(offres: Iterable[Offre]) -> dict[UUID, int]:
    return _files(tuple(offres))


@lru_cache(maxsize=1000)
def _files(offres: tuple[Offre, ...]) -> dict[UUID, int]:
    return candidatures.files_d_attente(offres)
