"""The admin's lists: on a phone, where a row is a card, each value says the name of its column."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

register = template.Library()
DEBUT = "<td "


@register.filter
def nommees_par(cellules: list[SafeString], entetes: list[dict[str, Any]]) -> Iterator[SafeString]:
    """The cells of a row as Django wrote them, each carrying in `data-libelle` what heads its column."""
    for cellule, entete in zip(cellules, entetes, strict=True):
        nom = "" if "action-checkbox" in cellule[:40] else capfirst(str(entete["text"]))
        libelle = format_html('<td data-libelle="{}" ', nom)
        yield SafeString(libelle + cellule.removeprefix(DEBUT)) if nom and cellule.startswith(DEBUT) else cellule
