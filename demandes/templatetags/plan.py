"""The plans of communes in pages, with the notice that their licence asks for."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from demandes.lieux import Lieu, Territoire
from demandes.models import Commune, Demande, Zones
from demandes.plan import Planche, dessiner

register = template.Library()

MENTION = "Contours : IGN, Admin Express COG. Licence Ouverte 2.0."
LEGENDE = {
    "ici": "Commune du logement",
    "demandee": "Communes demandées",
    "limitrophe": "Communes limitrophes",
}
AUCUNE = Zones(frozenset(), frozenset(), frozenset())


@register.simple_tag
def plan_des_zones(demande: Demande) -> SafeString:
    """The communes asked for and those around, on three plans at most; nothing when there is no outline to draw."""
    zones = demande.zones
    lieux = _lieux(zones.demandees | zones.limitrophes)
    return _figure(dessiner(Territoire(zones.demandees, zones.limitrophes, lieux)))


@register.simple_tag
def plan_de_la_commune(commune: Commune, demande: Demande | None = None) -> SafeString:
    """One commune among its neighbours, and how it stands to those that the demand asks for."""
    zones = demande.zones if demande else AUCUNE
    voisines = commune.voisinages.values_list("voisine_id", flat=True)
    lieux = _lieux(zones.demandees | zones.limitrophes | {commune.code, *voisines})
    return _figure(dessiner(Territoire(zones.demandees, zones.limitrophes, lieux, commune.code)))


def _lieux(codes: frozenset[str]) -> tuple[Lieu, ...]:
    return tuple(
        Lieu(*rangee)
        for rangee in Commune.objects.filter(code__in=codes).order_by("code").values_list("code", "nom", "parent_id")
    )


def _figure(planche: Planche) -> SafeString:
    """The plans, what their colours mean, and the notice."""
    if not planche.dessins:
        return SafeString("")
    dessins, pluriel = "".join(planche.dessins), "s" if planche.ailleurs > 1 else ""
    ailleurs = f"Et {planche.ailleurs} autre{pluriel} commune{pluriel}, trop loin pour tenir ici. "
    presentes = ((classe, mots) for classe, mots in LEGENDE.items() if f'class="{classe}"' in dessins)
    return format_html(
        '<figure class="plans">{}<figcaption><ul class="legende-plan">{}<li>Autres communes</li></ul>'
        '<p class="petit doux">{}{}</p></figcaption></figure>',
        mark_safe(dessins),  # noqa: S308 - our own drawing, every name escaped
        format_html_join("", '<li class="{}">{}</li>', presentes),
        ailleurs if planche.ailleurs else "",
        MENTION,
    )
