"""The rules of the house (docs/architecture.md) that a machine can check."""

import ast
import functools
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CheckConstraint, UniqueConstraint
from django.urls import URLPattern, URLResolver, get_resolver
from importlinter.cli import lint_imports

RACINE = Path(__file__).resolve().parent.parent
PAQUETS = ("alin", "accounts", "demandes", "offres", "candidatures")
SOURCES = [
    fichier
    for paquet in PAQUETS
    for fichier in sorted((RACINE / paquet).rglob("*.py"))
    if "migrations" not in fichier.parts
]
GABARITS = sorted((RACINE / "templates").rglob("*.html")) + [
    gabarit for paquet in PAQUETS for gabarit in sorted((RACINE / paquet).rglob("templates/**/*.html"))
]
PAGES = [gabarit for gabarit in GABARITS if "courriels" not in gabarit.parts]
"""Mails are not pages: their readers only know inline styles."""
FEUILLES = sorted((RACINE / "static/css").glob("*.css"))
LIGNES = 300
SANS_TEMOIN = {
    "un_voisinage_par_paire",
    "un_souhait_par_commune",
    "un_instantane_par_moment",
    "un_consentement_en_cours",
    "une_importation_ouverte_par_personne",
    "une_case_par_piece",
    "un_jalon_une_fois",
    "une_ligne_d_import_une_fois",
}
"""Constraints that no form can meet: only a workflow or a load writes these rows."""
ECRIVAINS = {"candidatures/workflow.py", "offres/imports/ecriture.py"}
"""Who writes a status: the workflow, and the import that of offers, which a bailleur's file withdraws."""
SANS_METHODE = {"jeton_perdu"}
"""Django calls it for whatever request had no CSRF token."""


def nom(fichier: Path) -> str:
    return str(fichier.relative_to(RACINE))


@functools.cache
def arbre(fichier: Path) -> ast.Module:
    return ast.parse(fichier.read_text())


def noeuds(*genres: type[ast.AST]) -> Iterator[tuple[Path, ast.AST]]:
    for fichier in SOURCES:
        yield from ((fichier, noeud) for noeud in ast.walk(arbre(fichier)) if isinstance(noeud, genres))


def imports() -> Iterator[tuple[Path, str]]:
    """Every name imported, in full: `django.db.models.signals.post_save`."""
    for fichier in SOURCES:
        for noeud in ast.walk(arbre(fichier)):
            if isinstance(noeud, ast.Import):
                yield from ((fichier, alias.name) for alias in noeud.names)
            elif isinstance(noeud, ast.ImportFrom):
                yield from ((fichier, f"{noeud.module}.{alias.name}") for alias in noeud.names)


def vues() -> Iterator[tuple[Path, ast.FunctionDef]]:
    """The functions that answer a request: public, decorated, and its first argument is the request."""
    facades = {"alin/pages.py", "alin/contact.py", "alin/sante.py", "alin/demo.py"}
    for fichier in SOURCES:
        if "views" not in nom(fichier) and nom(fichier) not in facades:
            continue
        for noeud in arbre(fichier).body:
            if not isinstance(noeud, ast.FunctionDef) or not noeud.decorator_list or noeud.name.startswith("_"):
                continue
            if [argument.arg for argument in noeud.args.args][:1] in (["request"], ["_request"]):
                yield fichier, noeud


def trouves(motif: str, fichiers: list[Path]) -> list[str]:
    """« file:line » of every match."""
    expression = re.compile(motif)
    return [
        f"{nom(fichier)}:{numero} {ligne.strip()[:80]}"
        for fichier in fichiers
        for numero, ligne in enumerate(fichier.read_text().splitlines(), 1)
        if expression.search(ligne)
    ]


def test_apps_and_layers_import_only_what_they_may(capsys):
    assert lint_imports(no_logo=True) == 0, capsys.readouterr().out


def test_no_module_is_a_drawer_for_anything():
    interdits = {"utils", "helpers", "common", "core", "services", "selectors", "mixins", "signals", "misc"}
    assert [nom(fichier) for fichier in SOURCES if interdits & {fichier.stem, fichier.parent.name}] == []


def test_no_file_is_longer_than_three_hundred_lines():
    fichiers = [*SOURCES, *GABARITS, *FEUILLES, *(RACINE / "tests").rglob("*.py"), *(RACINE / "static/js").glob("*.js")]
    assert [nom(fichier) for fichier in fichiers if len(fichier.read_text().splitlines()) > LIGNES] == []


def test_every_module_says_what_it_is_for():
    muets = [nom(f) for f in SOURCES if f.read_text().strip() and ast.get_docstring(arbre(f)) is None]
    assert [fichier for fichier in muets if not re.search(r"apps\.py|commands/", fichier)] == []


def test_nothing_is_left_to_do():
    assert trouves(r"\b(TODO|FIXME|XXX|HACK)\b", [*SOURCES, *GABARITS, *FEUILLES]) == []


def test_no_signal_of_django():
    assert [(nom(f), quoi) for f, quoi in imports() if re.match(r"django\.(dispatch|.*signals)", quoi)] == []


def test_views_are_functions():
    assert [(nom(f), quoi) for f, quoi in imports() if re.match(r"django\.views(\.generic|\.View$)", quoi)] == []


def test_no_mixin_of_our_own():
    assert [
        (nom(f), n.name) for f, n in noeuds(ast.ClassDef) if isinstance(n, ast.ClassDef) and "Mixin" in n.name
    ] == []


def test_every_view_says_its_methods_and_its_types():
    sans = []
    for fichier, vue in vues():
        decorateurs = [ast.unparse(decorateur) for decorateur in vue.decorator_list]
        if not any(decorateur.startswith("require_") for decorateur in decorateurs) and vue.name not in SANS_METHODE:
            sans.append(f"{nom(fichier)} {vue.name} : méthode")
        if vue.returns is None or any(argument.annotation is None for argument in vue.args.args):
            sans.append(f"{nom(fichier)} {vue.name} : types")
    assert sans == []


def test_a_view_has_twenty_lines_at_most():
    longues = []
    for fichier, vue in vues():
        corps = vue.body[1:] if ast.get_docstring(vue) else vue.body
        longueur = (corps[-1].end_lineno or 0) - corps[0].lineno + 1
        if longueur > 20:
            longues.append(f"{nom(fichier)} {vue.name} : {longueur}")
    assert longues == []


def test_only_the_workflow_writes_a_status():
    ecritures = []
    for fichier in SOURCES:
        if nom(fichier) in ECRIVAINS or "simulateur" in fichier.parts:
            continue
        for noeud in ast.walk(arbre(fichier)):
            if isinstance(noeud, ast.Assign):
                cibles = [cible for cible in noeud.targets if isinstance(cible, ast.Attribute)]
                ecritures += [f"{nom(fichier)}:{noeud.lineno}" for cible in cibles if cible.attr == "statut"]
            if isinstance(noeud, ast.Call) and isinstance(noeud.func, ast.Attribute) and noeud.func.attr == "update":
                ecritures += [f"{nom(fichier)}:{noeud.lineno}" for mot in noeud.keywords if mot.arg == "statut"]
    assert ecritures == []


def test_names_in_the_code_are_ascii():
    porteurs = (ast.Name, ast.arg, ast.Attribute, ast.FunctionDef)
    mots = [
        (fichier, getattr(noeud, champ))
        for fichier, noeud in noeuds(*porteurs)
        for champ in ("id", "arg", "attr", "name")
        if hasattr(noeud, champ)
    ]
    assert sorted({(nom(fichier), mot) for fichier, mot in mots if not mot.isascii()}) == []


def test_login_is_required_by_default_and_no_request_is_a_transaction():
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE
    assert not settings.DATABASES["default"].get("ATOMIC_REQUESTS")


def test_every_constraint_speaks_french_to_the_person_who_meets_it():
    muettes = [
        f"{modele.__name__} : {contrainte.name}"
        for modele in apps.get_models()
        if modele.__module__.split(".")[0] in PAQUETS
        for contrainte in modele._meta.constraints
        if isinstance(contrainte, (CheckConstraint, UniqueConstraint))
        and contrainte.violation_error_message == contrainte.default_violation_error_message
        and contrainte.name not in SANS_TEMOIN
    ]
    assert muettes == []


def nos_routes(motifs: list[URLPattern | URLResolver], debut: str = "") -> Iterator[str]:
    for motif in motifs:
        route = debut + str(motif.pattern)
        if isinstance(motif, URLResolver):
            if motif.app_name != "admin":
                yield from nos_routes(motif.url_patterns, route)
        else:
            yield route


def test_addresses_are_lower_case_nouns_with_hyphens_and_a_final_slash():
    mal_faites = [
        route
        for route in nos_routes(get_resolver().url_patterns)
        if not re.fullmatch(r"(([a-z0-9-]+|<[a-z]+:[a-z0-9_]+>)/)*([a-z]+\.[a-z]+)?", route)
    ]
    assert mal_faites == []


def test_pages_carry_no_style_no_script_and_no_handler_of_their_own():
    assert trouves(r"<style|\sstyle=", PAGES) == []
    assert trouves(r"\son[a-z]+=[\"']", GABARITS) == []
    assert trouves(r"javascript:|[\"'(]data:", [*PAGES, *FEUILLES]) == []
    assert trouves(r"<script(?![^>]*\ssrc=)", PAGES) == []


def test_nothing_is_asked_from_a_third_party():
    assert trouves(r"(\ssrc=|@import|url\()[\"']?(https?:)?//", [*PAGES, *FEUILLES]) == []
    assert trouves(r"<link[^>]*href=[\"'](https?:)?//", PAGES) == []


def test_templates_print_and_never_test_a_role():
    assert trouves(r"{%-? (if|elif)[^%]*\brole\b", GABARITS) == []


class Htmx(HTMLParser):
    """Collects the elements that htmx takes over without an ordinary address beside."""

    def __init__(self) -> None:
        super().__init__()
        self.sans_adresse: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        noms = {cle for cle, _ in attrs}
        if "hx-get" in noms and not noms & {"href", "action", "hx-trigger"}:
            self.sans_adresse.append(f"<{tag}> ligne {self.getpos()[0]}")


@pytest.mark.parametrize("gabarit", PAGES, ids=nom)
def test_htmx_reads_and_every_page_works_without_it(gabarit: Path):
    texte = gabarit.read_text()
    assert re.findall(r"hx-(?:post|put|patch|delete|swap-oob)", texte) == []
    lecteur = Htmx()
    lecteur.feed(re.sub(r"{%.*?%}|{#.*?#}", "", texte))
    assert lecteur.sans_adresse == []


def test_style_sheets_open_their_layer_and_stay_light():
    assert trouves(r"!important", FEUILLES) == []
    assert trouves(r"^[^:;{]*#[a-zA-Z][\w-]*[^;]*{", FEUILLES) == []
    assert [nom(f) for f in FEUILLES if not re.match(r"(\s*/\*.*?\*/)?\s*@layer ", f.read_text(), re.DOTALL)] == []


def test_tests_are_sentences_and_replace_nothing_of_ours():
    fichiers = sorted((RACINE / "tests").rglob("test_*.py"))
    courts = [
        f"{nom(fichier)} {noeud.name}"
        for fichier in fichiers
        for noeud in ast.walk(arbre(fichier))
        if isinstance(noeud, ast.FunctionDef) and noeud.name.startswith("test_") and noeud.name.count("_") < 2
    ]
    assert courts == []
    assert trouves(r"(import|from) .*\bmock\b|^class Test", [f for f in fichiers if f != Path(__file__)]) == []
