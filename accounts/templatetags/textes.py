"""Showing the versioned texts: their light markup as HTML, and the banner of those that changed."""

import re
from typing import NamedTuple

from django import template
from django.http import HttpRequest
from django.template import Context
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from accounts.bandeaux import Bandeaux

register = template.Library()

TITRE = re.compile(r"## (?P<titre>.+?)(?: \{(?P<ancre>[a-z-]+)\})?")
GRAS = re.compile(r"\*\*(.+?)\*\*")
LIEN = re.compile(r"\[([^\]]+)\]\(([a-z_:]+)\)")
INSECABLE = "\u00a0"
ESPACES = (
    (re.compile(r" ([:;?!»])"), rf"{INSECABLE}\1"),
    (re.compile(r"« "), f"«{INSECABLE}"),
    (re.compile(r"(?<=\d) (?=\d)"), INSECABLE),
)
"""French typography: no line starts with « : », and a number is never cut."""


class Titre(NamedTuple):
    ancre: str
    libelle: str


@register.filter
def sommaire(contenu: str) -> list[Titre]:
    """The titles that have an anchor, for the links at the top."""
    trouves = (TITRE.fullmatch(ligne) for ligne in contenu.splitlines())
    return [Titre(t["ancre"], t["titre"]) for t in trouves if t and t["ancre"]]


@register.filter
def chapeau(contenu: str) -> str:
    """The first paragraph."""
    return contenu.partition("\n\n")[0]


@register.filter
def corps(contenu: str) -> SafeString:
    """All that follows the first paragraph: titles, lists (`- `), pairs (`| terme | définition`), paragraphs."""
    blocs = contenu.split("\n\n")[1:]
    return format_html_join("\n", "{}", ((_bloc(bloc.strip()),) for bloc in blocs))


def _bloc(bloc: str) -> SafeString:
    if titre := TITRE.fullmatch(bloc):
        ancre = format_html(' id="{}"', titre["ancre"]) if titre["ancre"] else ""
        return format_html("<h2{}>{}</h2>", ancre, _ligne(titre["titre"]))
    lignes = bloc.splitlines()
    if bloc.startswith("- "):
        puces = ((_ligne(ligne[2:]),) for ligne in lignes)
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", puces))
    if bloc.startswith("| "):
        paires = (ligne[2:].split(" | ", 1) for ligne in lignes)
        rangs = ((_ligne(terme), _ligne(definition)) for terme, definition in paires)
        rangees = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", rangs)
        return format_html('<div class="contenant"><dl class="faits leger">{}</dl></div>', rangees)
    return format_html("<p>{}</p>", _ligne(bloc))


def _ligne(ligne: str) -> SafeString:
    """One line: escaped, with its bold words, its links to pages of the portal and its no-break spaces."""
    for espace, insecable in ESPACES:
        ligne = espace.sub(insecable, ligne)
    gras = GRAS.sub(r"<strong>\1</strong>", conditional_escape(ligne))
    return mark_safe(LIEN.sub(lambda lien: f'<a href="{reverse(lien[2])}">{lien[1]}</a>', gras))  # noqa: S308 -- escaped


@register.inclusion_tag("account/textes_changes.html", takes_context=True)
def textes_changes(context: Context, bandeaux: Bandeaux | None) -> dict[str, object]:
    """The quiet banner: what this applicant has not acknowledged yet. Nothing for the others."""
    request: HttpRequest = context["request"]
    return {
        "textes": bandeaux.textes if bandeaux else [],
        "suite": request.get_full_path() if request.method == "GET" else "",
        "csrf_token": context.get("csrf_token"),
    }
