"""Redirections lead to ourselves only, and a mail's link to our address, whatever the request says."""

import re
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import Courriel
from candidatures.statuts import Statut
from tests.factories import MOT_DE_PASSE, CandidatureFactory, UserFactory

pytestmark = pytest.mark.django_db

HOSTILES = (
    "//evil.example/",
    "///evil.example/",
    "////evil.example",
    "/\\evil.example/",
    "\\\\evil.example",
    "/\t/evil.example",
    "\n//evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "https://evil.example/",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
    "https://evil.example#testserver",
    "https://evil.example\\@testserver/",
    "HTTPS://EVIL.EXAMPLE",
    "ftp://testserver/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//http://testserver/",
    "data:text/html,evil.example",
    "vbscript:evil.example",
    "%2f%2fevil.example",
    "/%2fevil.example/%2e%2e",
    "/offres/\r\nLocation: https://evil.example",
    "/offres/%0d%0aSet-Cookie:%20evil.example=1",
    "http://[::1",
    "http://evil.example:80:80/",
    "//evil.example\u3002example/",
    "/\u2028/evil.example",
    "\x00//evil.example",
    "?next=//evil.example",
    "",
)
AVEC_SUITE = ("/connexion/", "/deconnexion/", "/admin/login/", "/mon-profil/confirmer/", "/creer-mon-compte/")


def mene_chez_nous(adresse: str) -> bool:
    """As a browser reads it: it drops tabs and line ends, and takes \\ for /."""
    lue = re.sub(r"[\t\r\n]", "", adresse).strip().replace("\\", "/")
    parties = urlsplit(lue)
    return not lue.startswith("//") and parties.scheme in ("", "http") and parties.netloc in ("", "testserver")


@pytest.mark.parametrize("suite", HOSTILES)
def test_signing_in_leads_to_ourselves(suite: str) -> None:
    user = UserFactory()
    for champ in ("next", "suite", "redirect_to"):
        client = Client()
        reponse = client.post(
            f"/connexion/?{champ}={quote(suite)}", {"login": user.email, "password": MOT_DE_PASSE, champ: suite}
        )
        assert reponse.status_code == 302
        assert mene_chez_nous(reponse["Location"]), reponse["Location"]
        assert "\n" not in reponse["Location"]
        assert not {cle for cle in reponse.cookies if "evil" in cle}


@pytest.mark.parametrize("adresse", AVEC_SUITE)
@pytest.mark.parametrize("connecte", [False, True])
def test_every_page_that_knows_where_to_go_next_goes_to_ourselves(adresse: str, connecte: bool) -> None:
    user = UserFactory()
    for suite in HOSTILES:
        for methode in ("get", "post"):
            cache.clear()  # so many tries would be stopped by the limits
            client = Client()
            if connecte:
                client.force_login(user)
            champs = {"next": suite, "password": MOT_DE_PASSE, "login": user.email}
            reponse = getattr(client, methode)(f"{adresse}?next={quote(suite)}", champs if methode == "post" else {})
            assert reponse.status_code in (200, 302, 403, 405), (suite, reponse.status_code)
            if reponse.status_code == 302:
                assert mene_chez_nous(reponse["Location"]), (suite, reponse["Location"])
                suivante = client.get(reponse["Location"])  # the door of the admin hands `next` to the page of sign-in
                assert suivante.status_code != 302 or mene_chez_nous(suivante["Location"])


def test_the_filters_that_the_advisers_pages_hand_on_lead_to_ourselves() -> None:
    client = Client()
    client.force_login(UserFactory(conseiller=True))
    for suite in HOSTILES:
        candidature = CandidatureFactory(statut=Statut.DEPOSEE)
        dossier = f"/admin/candidatures/candidature/{candidature.pk}"
        page = client.get(f"{dossier}/change/?_changelist_filters={quote(suite)}")
        assert page.status_code == 200
        liens = re.findall(r'(?:href|action)="([^"]*)"', page.content.decode())
        assert [lien for lien in liens if not mene_chez_nous(lien) and "evil" in lien] == []
        reponse = client.post(f"{dossier}/valider/?_changelist_filters={quote(suite)}", {"next": suite})
        assert reponse.status_code == 302
        assert mene_chez_nous(reponse["Location"]), reponse["Location"]


@pytest.mark.parametrize(
    "chemin", ["//evil.example", "//evil.example/..", "/\\evil.example", "/evil.example", "/offres"]
)
def test_adding_the_missing_slash_leads_to_ourselves(chemin: str) -> None:
    reponse = Client().get("/", PATH_INFO=chemin)
    assert reponse.status_code in (301, 302, 404)
    if reponse.status_code != 404:
        assert mene_chez_nous(reponse["Location"])


@pytest.mark.parametrize(
    "entetes",
    [
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "testserver:6666"},
        {"HTTP_HOST": "testserver", "HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_HOST": "testserver", "HTTP_X_FORWARDED_PROTO": "https", "HTTP_X_FORWARDED_PORT": "6666"},
        {"HTTP_HOST": "testserver", "HTTP_FORWARDED": "host=evil.example"},
        {"HTTP_HOST": "testserver", "HTTP_X_ORIGINAL_URL": "//evil.example/", "HTTP_X_REWRITE_URL": "//evil.example/"},
    ],
)
def test_the_links_of_mails_come_from_our_address(entetes: dict[str, Any]) -> None:
    connue = UserFactory()
    client = Client(**entetes)
    client.post(
        "/creer-mon-compte/",
        {
            "civilite": "madame",
            "nom_naissance": "Porte",
            "prenom": "Anne",
            "telephone": "0604505792",
            "email": "anne.nouvelle@exemple.fr",
            "donnees_acceptees": "on",
        },
    )
    for adresse in (connue.email, "inconnue@exemple.fr"):
        client.post("/mot-de-passe/oublie/", {"email": adresse})
    ecrits = [courriel.texte + courriel.html for courriel in Courriel.objects.all()]
    if entetes["HTTP_HOST"] == "evil.example":
        assert ecrits == []
        return
    assert len(ecrits) == 3
    for ecrit in ecrits:
        liens = re.findall(r"https?://[^\s\"<)]+", ecrit)
        assert liens
        assert all(lien.startswith("http://testserver/") for lien in liens), liens


def test_a_host_that_is_not_ours_is_told_so() -> None:
    for hote in ("evil.example", "testserver.evil.example", "testserver@evil.example", "", "a b", "évil.example"):
        reponse = Client(raise_request_exception=False).get("/", HTTP_HOST=hote)
        assert reponse.status_code == 400
        assert "Nous n’avons pas compris cette demande" in reponse.content.decode()
        assert "Location" not in reponse
