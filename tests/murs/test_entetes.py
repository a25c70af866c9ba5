"""The walls of every kind of answer, compared whole with literals: nothing more, nothing less."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from psycopg.conninfo import make_conninfo

from alin.embarque.dossiers import RACINE
from offres.templatetags.offres import adresse_de_la_facade
from tests.factories import CandidatureFactory, OffreFactory, UserFactory

pytestmark = pytest.mark.django_db

CSP = (
    "base-uri 'none'; connect-src 'self'; default-src 'self'; font-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self'; manifest-src 'self'; object-src 'none'; script-src 'self'; "
    "style-src 'self'"
)
PERMISSIONS = (
    "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), "
    "gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self), screen-wake-lock=(), serial=(), usb=(), "
    "window-management=(), xr-spatial-tracking=()"
)
PARTOUT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}
PAGE = {
    **PARTOUT,
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": CSP,
    "X-Frame-Options": "DENY",
    "Vary": "Cookie",
}
A_PERSONNE = {**PAGE, "Cache-Control": "private, no-store"}
DE_DJANGO = {**PAGE, "Cache-Control": "max-age=0, no-cache, no-store, must-revalidate, private", "Expires": "…"}
SANS_PAGE = {cle: valeur for cle, valeur in PAGE.items() if cle not in ("X-Frame-Options", "Vary")}

PUBLIQUES = (
    *("/", "/aide/", "/contact/", "/contact/merci/", "/mentions-legales/", "/conditions-generales/"),
    *("/donnees-personnelles/", "/accessibilite/"),
    *("/mot-de-passe/oublie/", "/mot-de-passe/oublie/envoye/", "/mot-de-passe/mise-a-jour/fait/"),
)
PORTES = ("/connexion/", "/creer-mon-compte/")


def entetes(reponse: Any) -> dict[str, str]:
    """Without what changes from one answer to the next; the policy in the order of the alphabet."""
    lus = {cle: valeur for cle, valeur in reponse.headers.items() if cle != "Content-Length"}
    if "Content-Security-Policy" in lus:
        lus["Content-Security-Policy"] = "; ".join(sorted(lus["Content-Security-Policy"].split("; ")))
    return {**lus, "Expires": "…"} if "Expires" in lus else lus


def entrer(user: Any) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


@pytest.fixture
def visiteur() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("adresse", PUBLIQUES)
def test_a_public_page_has_these_headers_and_no_other(adresse: str, visiteur: Client) -> None:
    assert entetes(visiteur.get(adresse)) == PAGE


def test_a_page_that_completes_itself_says_that_its_parts_are_other_answers(visiteur: Client) -> None:
    recu = entetes(visiteur.get("/ma-demande/departement/"))
    assert recu == {**PAGE, "Vary": "HX-Request, HX-History-Restore-Request, Cookie"}


@pytest.mark.parametrize("adresse", PORTES)
def test_a_door_is_not_kept_by_the_browser(adresse: str, visiteur: Client) -> None:
    assert entetes(visiteur.get(adresse)) == DE_DJANGO


@pytest.mark.parametrize("adresse", ["/ma-demande/", "/candidatures/", "/mon-profil/", "/", "/aide/", "/contact/"])
def test_no_page_of_somebody_signed_in_is_kept_by_the_browser(adresse: str) -> None:
    assert entetes(entrer(CandidatureFactory().demande.demandeur).get(adresse)) == A_PERSONNE


def test_each_role_has_the_same_walls() -> None:
    assert entetes(entrer(UserFactory(service_logement=True)).get("/service-logement/")) == A_PERSONNE
    for role in ("conseiller", "support", "superviseur"):
        client = entrer(UserFactory(**{role: True}))
        assert entetes(client.get("/admin/")) == DE_DJANGO


def test_the_list_of_offers_varies_with_htmx_and_a_drawing_says_how_long_it_is_kept() -> None:
    client = entrer(CandidatureFactory().demande.demandeur)
    assert entetes(client.get("/offres/")) == {**A_PERSONNE, "Vary": "HX-Request, HX-History-Restore-Request, Cookie"}
    assert entetes(client.get(adresse_de_la_facade(OffreFactory()))) == {
        **A_PERSONNE,
        "Content-Type": "image/svg+xml",
        "Cache-Control": "private, max-age=31536000, immutable",
    }


def test_half_way_through_signing_up_the_page_that_names_the_address_is_not_kept(visiteur: Client) -> None:
    session = visiteur.session
    session["adresse_a_valider"] = "anne@exemple.fr"
    session.save()
    visiteur.cookies["session"] = str(session.session_key)
    reponse = visiteur.get("/creer-mon-compte/validation/")
    assert "anne@exemple.fr" in reponse.content.decode()
    assert entetes(reponse) == A_PERSONNE


ERREURS: dict[str, tuple[Callable[[Client], Any], int, str, dict[str, str]]] = {
    "400": (
        lambda client: client.get("/", HTTP_HOST="ailleurs.example"),
        400,
        "Nous n’avons pas compris cette demande",
        SANS_PAGE,
    ),
    "403": (
        lambda _: entrer(UserFactory()).get("/admin/"),
        403,
        "Cette page n’est pas pour votre compte",
        A_PERSONNE,
    ),
    "403 du jeton": (
        lambda _: Client(enforce_csrf_checks=True).post("/contact/", {"message": "x"}),
        403,
        "Votre page a expiré",
        PAGE,
    ),
    "404": (lambda client: client.get("/nulle-part/"), 404, "Cette page n’existe pas", PAGE),
    "405": (lambda client: client.post("/aide/"), 405, "Cette action n’existe pas ici", {**PAGE, "Allow": "GET, HEAD"}),
    "405 de TRACE": (
        lambda client: client.generic("TRACE", "/"),
        405,
        "Cette action n’existe pas ici",
        {**PAGE, "Allow": "GET, HEAD"},
    ),
    "413": (
        lambda client: client.post("/contact/", {"message": "x" * 1_500_000}),
        413,
        "Votre envoi est trop long",
        PAGE,
    ),
    "400 d'un fichier": (
        lambda client: client.post("/contact/", {"message": io.BytesIO(b"un fichier")}),
        400,
        "Nous n’avons pas compris cette demande",
        SANS_PAGE | {"X-Frame-Options": "DENY"},
    ),
}


@pytest.mark.parametrize("genre", ERREURS)
def test_an_error_says_a_sentence_behind_the_same_walls(genre: str, visiteur: Client) -> None:
    demander, statut, phrase, attendus = ERREURS[genre]
    reponse = demander(visiteur)
    assert reponse.status_code == statut
    assert phrase in reponse.content.decode()
    assert {c: v for c, v in entetes(reponse).items() if c != "Vary"} == {
        c: v for c, v in attendus.items() if c != "Vary"
    }


@pytest.mark.urls("tests.murs.pages_qui_tombent")
def test_a_breakdown_says_a_sentence_behind_the_same_walls(visiteur: Client) -> None:
    reponse = visiteur.get("/essai/500/")
    assert "Quelque chose ne marche pas de notre côté" in reponse.content.decode()
    assert entetes(reponse) == {**SANS_PAGE, "X-Frame-Options": "DENY", "Vary": "Cookie"}


def test_a_redirection_has_the_walls_too(visiteur: Client) -> None:
    reponse = visiteur.get("/candidatures/")
    assert entetes(reponse) == {**PAGE, "Location": "/connexion/?next=/candidatures/"}
    assert entetes(visiteur.get("/offres")) == {
        **{cle: valeur for cle, valeur in PAGE.items() if cle != "X-Frame-Options"},
        "Location": "/offres/",
    }


SERVEUR = """
import json, os, sys
import django
django.setup()
from django.conf import settings
from django.test import Client

if "statique" in sys.argv:
    from django.core.management import call_command
    call_command("collectstatic", "--noinput", "-v", "0")
sans_empreinte = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
settings.STORAGES = {**settings.STORAGES, "staticfiles": sans_empreinte}
hote = os.environ["ALIN_HOTES"]
client = Client(HTTP_HOST=hote, HTTP_X_FORWARDED_PROTO="https", HTTP_X_FORWARDED_FOR="192.0.2.7")
page = client.get("/connexion/")
champs = {"civilite": "madame", "nom_naissance": "Porte", "prenom": "Anne", "telephone": "0604505792",
          "email": "anne@exemple.fr", "donnees_acceptees": "on"}
compte = client.post("/creer-mon-compte/", champs)
fichier = client.get("/static/css/cadre.css") if "statique" in sys.argv else page
clair = Client(HTTP_HOST=hote, HTTP_X_FORWARDED_PROTO="http").get("/connexion/?next=/x/")
print(json.dumps({
    "page": dict(page.headers), "statut": compte.status_code, "fichier": dict(fichier.headers),
    "biscuits": sorted(m.OutputString() for m in [*page.cookies.values(), *compte.cookies.values()]),
    "clair": [clair.status_code, clair.get("Location")],
}))
"""


@pytest.mark.django_db(transaction=True)
def test_over_https_cookies_are_this_hosts_alone_and_the_browser_never_comes_back_in_the_clear(tmp_path: Any) -> None:
    assert finders.find("css/cadre.css")
    nom = connection.settings_dict["NAME"]
    resultat = subprocess.run(
        [sys.executable, "-c", SERVEUR, "statique"],
        cwd=RACINE,
        env={
            **{cle: valeur for cle, valeur in os.environ.items() if cle != "ALIN_DEMO"},
            "DJANGO_SETTINGS_MODULE": "alin.settings",
            "DATABASE_URL": make_conninfo(os.environ["DATABASE_URL"], dbname=nom),
            "ALIN_ADRESSE": "https://alin.example",
            "ALIN_HOTES": "alin.example",
            "ALIN_DERRIERE_PROXY": "1",
            "ALIN_STATIQUES": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert resultat.returncode == 0, resultat.stderr
    lu = json.loads(resultat.stdout.splitlines()[-1])
    hsts = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload"}
    lu["page"]["Content-Security-Policy"] = "; ".join(sorted(lu["page"]["Content-Security-Policy"].split("; ")))
    del lu["page"]["Content-Length"]
    assert {**lu["page"], "Expires": "…"} == {**DE_DJANGO, **hsts}
    assert lu["statut"] == 302
    assert len(lu["biscuits"]) >= 2
    for biscuit in lu["biscuits"]:
        assert biscuit.startswith(("__Host-session=", "__Host-csrf="))
        assert "; Secure" in biscuit
        assert "; HttpOnly" in biscuit
        assert "; Path=/" in biscuit
        assert "; SameSite=Lax" in biscuit
        assert "Domain" not in biscuit
    assert lu["clair"] == [301, "https://alin.example/connexion/?next=/x/"]
    fichier = {c: v for c, v in lu["fichier"].items() if c not in ("Content-Length", "Last-Modified", "ETag")}
    assert fichier == {
        **PARTOUT,
        **hsts,
        "Content-Type": 'text/css; charset="utf-8"',
        "Cache-Control": "max-age=60, public",
        "Vary": "Accept-Encoding",
    }


def test_a_page_keeps_nothing_in_the_browsers_storage() -> None:
    """htmx keeps the pages one came from in the browser's storage, unless it is told to keep none."""
    page = entrer(CandidatureFactory().demande.demandeur).get("/offres/").content.decode()
    assert "&quot;historyCacheSize&quot;: 0" in page or '"historyCacheSize": 0' in page


@pytest.mark.parametrize("cle", ["%00", "_00", "7%005"])
def test_no_row_is_looked_for_under_a_character_that_postgresql_refuses(cle: str) -> None:
    client = Client()
    client.force_login(UserFactory(superviseur=True))
    assert client.get(f"/admin/demandes/departement/{cle}/change/").status_code == 404
