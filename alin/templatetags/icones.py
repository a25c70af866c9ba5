"""`{% icone "house" %}`: a Lucide icon as inline SVG, hidden from screen readers, drawn by the class `i`."""

from functools import cache

from django import template
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

register = template.Library()


@register.simple_tag
@cache
def icone(nom: str, taille: int = 24) -> SafeString:
    """Rendered once per name: a list shows the same icons on every card. `taille` (px) is for a page without CSS."""
    return SafeString(lucide(nom, size=taille, **{"class": "i", "aria-hidden": "true"}).replace("\n", ""))
