"""The header of every page: what each role finds in it, read from one table."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.models import Role

register = template.Library()


class Rubrique(NamedTuple):
    """One entry of the header; `url` is a URL name, `icone` a Lucide name."""

    url: str
    libelle: str
    icone: str


_ESPACE_CONSEILLER = (Rubrique("admin:index", "Espace conseiller", "inbox"),)
RUBRIQUES: dict[str, tuple[Rubrique, ...]] = {
    Role.DEMANDEUR: (
        Rubrique("demandes:situation", "Ma situation", "house"),
        Rubrique("offres:liste", "Les offres", "building-2"),
        Rubrique("candidatures:liste", "Mes candidatures", "file-check"),
    ),
    Role.SERVICE_LOGEMENT: (
        Rubrique("service_logement:salaries", "Salariés", "users"),
        Rubrique("agents:liste", "Agents", "user-round"),
    ),
    Role.CONSEILLER: _ESPACE_CONSEILLER,
    Role.SUPPORT: _ESPACE_CONSEILLER,
    Role.SUPERVISEUR: _ESPACE_CONSEILLER,
}
"""The big buttons, in the order of the guide."""

_PROFIL = Rubrique("accounts:profil", "Mon profil", "user-round")
COMPTE: dict[str, tuple[Rubrique, ...]] = {
    Role.DEMANDEUR: (_PROFIL, Rubrique("accounts:consultations", "Qui a consulté mon dossier", "eye")),
}
"""The menu behind the name; the other roles have their profile only."""


PORTES = frozenset({"account_login", "mfa_authenticate"})
"""Where one is already signing in: no button leads there again."""


@dataclass(frozen=True, slots=True)
class Lien:
    """A `Rubrique` on a given page: `courante` is the value of `aria-current`, empty elsewhere."""

    adresse: str
    libelle: str
    icone: str
    courante: str


def _lien(rubrique: Rubrique, vue: str) -> Lien:
    """The page itself is « page »; another page of the same rubrique, an offer among the offers, is « true »."""
    courante = "page" if vue == rubrique.url else ""
    if not courante and ":" in vue and rubrique is not _PROFIL:
        courante = "true" if vue.split(":")[0] == rubrique.url.split(":")[0] != "accounts" else ""
    return Lien(reverse(rubrique.url), rubrique.libelle, rubrique.icone, courante)


@register.inclusion_tag("components/navigation.html", takes_context=True)
def navigation(context: Context) -> dict[str, object]:
    request: HttpRequest = context["request"]
    personne = request.user
    vue = request.resolver_match.view_name if request.resolver_match else ""
    role = personne.role if personne.is_authenticated else ""
    return {
        "personne": personne,
        "onglets": _onglets(role, vue),
        "lignes": _lignes(role, vue),
        "a_la_porte": vue in PORTES,
        "csrf_token": context["csrf_token"],
    }


@cache
def _onglets(role: str, vue: str) -> SafeString:
    """The same for all of a role on all pages of a view: printed once."""
    rubriques = [_lien(rubrique, vue) for rubrique in RUBRIQUES.get(role, ())]
    return SafeString(render_to_string("components/onglets_site.html", {"rubriques": rubriques}).strip())


@cache
def _lignes(role: str, vue: str) -> SafeString:
    compte = [_lien(rubrique, vue) for rubrique in COMPTE.get(role, (_PROFIL,))]
    return SafeString(render_to_string("components/lignes_menu.html", {"compte": compte}).strip())


@register.simple_tag
@cache
def feuilles(connecte: bool) -> SafeString:
    """The style sheets of a page: fewer before one has an account."""
    return SafeString(render_to_string("components/feuilles.html", {"connecte": connecte}).strip())


@register.simple_tag
@cache
def pied() -> SafeString:
    """The foot of every page, the same for everybody."""
    return SafeString(render_to_string("components/pied.html"))
