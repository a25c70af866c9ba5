"""`{% icone "house" %}`: a Lucide icon as inline SVG, hidden from screen readers, drawn by the class `i`.

In a long list, `{% icones_communes "check x" %}` draws them once and `{% icone_commune "check" %}` shows one again.
"""

import re
from functools import cache

from django import template
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

register = template.Library()

TRAIT = "fill|stroke|stroke-width|stroke-linecap|stroke-linejoin"
"""Said once, by the class `i`."""


@register.simple_tag
@cache
def icone(nom: str) -> SafeString:
    """Rendered once per name: a list shows the same icons on every card."""
    dessin = lucide(nom, size=24, **{"class": "i", "aria-hidden": "true"})
    return SafeString(re.sub(rf'\n| (?:{TRAIT})="[^"]*"', "", dessin).replace(">  <", "><").replace(" />", "/>"))


@register.simple_tag
@cache
def icones_communes(noms: str) -> SafeString:
    """The drawings of these icons, shown nowhere; once in a page, before the list."""
    return SafeString(f"<svg hidden>{''.join(_symbole(nom) for nom in noms.split())}</svg>")


@register.simple_tag
@cache
def icone_commune(nom: str) -> SafeString:
    return SafeString(f'<svg class="i" aria-hidden="true"><use href="#i-{nom}"/></svg>')


def _symbole(nom: str) -> str:
    """As wide and as high as where it is shown: only what draws it is kept."""
    dessin = re.sub(r' (width|height|class|aria-hidden)="[^"]*"', "", icone(nom))
    return f'<symbol id="i-{nom}"{dessin.removeprefix("<svg").removesuffix("</svg>")}</symbol>'
