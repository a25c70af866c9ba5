"""Every mail of the product, by the outbox to a mail server: text and HTML, nothing undefined or from elsewhere."""

import re
from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from accounts import courriels
from accounts.models import Invitation
from tests.conftest import RACINE
from tests.facteur import Boite
from tests.factories import EntrepriseFactory, OffreFactory, UserFactory

GABARITS = sorted(fichier.stem for fichier in (RACINE / "templates/courriels").glob("*.txt"))
HOTES = {urlsplit(settings.ADRESSE).hostname, "testserver", "www.demande-logement-social.gouv.fr"}
"""Where a link of a mail may lead."""
LIEN = "http://testserver/un-lien/abc:def/"
CONTRASTE = 4.5
"""WCAG 2.2, 1.4.3 AA, for text below 24 px."""


def contexte() -> dict[str, Any]:
    """What the mails are given, all together: each takes its own."""
    jour = date(2026, 12, 24)
    dates = ("bail_le", "commission_le", "reponse_avant_le", "piece_attendue_le", "visite_le")
    return {
        "demandeur": UserFactory(prenom="Zoé"),
        "demande": SimpleNamespace(
            numero_unique="111092062114ACLOG", valable_jusqu_au=jour, radiable_le=jour, radiee_le=jour
        ),
        "site": "https://www.demande-logement-social.gouv.fr",
        "retour": "Renouvelez-la sur votre site d’enregistrement.",
        "par": UserFactory(prenom="Agathe", nom_naissance="Roux"),
        "offre": OffreFactory(),
        "candidature": SimpleNamespace(**dict.fromkeys(dates, jour), rang=3),
        "motif": "Un candidat plus ancien <b>a été</b> retenu & logé",
        **{"prenom": "Zoé", "bailleur": "Les Toits du Levant", "etat": "Transmise au bailleur", "le": jour},
        **{"code": "482913", "numero": "111092062114ACLOG", "numero_unique": "111092062114ACLOG"},
        "deja": False,
        "valide": True,
        "emploi": SimpleNamespace(nom_employeur="Ateliers Vauban", siret="12345678200010"),
        "invitation": Invitation(
            entreprise=EntrepriseFactory(), prenom="Zoé", par_nom="Agathe Roux", email="zoe@exemple.fr"
        ),
        "jours": 7,
        **dict.fromkeys(("activate_url", "password_reset_url", "signup_url", "lien"), LIEN),
        **{"to_email": "zoe@exemple.fr", "from_email": "zoe@ancien.exemple.fr"},
        **{"nom": "Zoé Porte", "courriel": "zoe@exemple.fr", "objet": "Ma candidature"},
        **{"nombre": 7, "ou": "à Nantes", "logements": [OffreFactory()], "arret": LIEN},
        "message": "> Ma candidature est-elle chez le bailleur ?",
    }


def partie(message: EmailMessage, genre: str) -> str:
    corps = message.get_body((genre,))
    assert corps is not None, genre
    return str(corps.get_content()).replace("\r\n", "\n")


class Balises(HTMLParser):
    """What the HTML part asks for, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.balises: list[tuple[str, dict[str, str | None]]] = []
        self.texte = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.balises.append((tag, dict(attrs)))
        self.texte += " " if tag == "br" else ""

    def handle_data(self, data: str) -> None:
        self.texte += data


@pytest.mark.django_db(transaction=True)
def test_every_mail_arrives_in_text_and_html_with_nothing_from_elsewhere(boite: Boite) -> None:
    donnees = contexte()
    ecrits = {gabarit: courriels.ecrire(f"{gabarit}@exemple.fr", gabarit, donnees) for gabarit in GABARITS}
    assert courriels.livrer() == len(GABARITS) >= 25
    messages = {str(message["To"]).partition("@")[0]: message for message in boite.messages()}
    assert sorted(messages) == GABARITS
    for gabarit, message in messages.items():
        verifier(gabarit, message, ecrits[gabarit].sujet)


def verifier(gabarit: str, message: EmailMessage, sujet: str) -> None:
    texte, html = partie(message, "plain"), partie(message, "html")
    balises = Balises(html)
    assert str(message["Subject"]).strip() == sujet
    assert message["Auto-Submitted"] == "auto-generated"
    for contenu in (sujet, texte, html):
        assert not re.search(r"{[{%]|[}%]}|\bNone\b|INVALID", contenu), gabarit
    assert "Bien cordialement,\nAction Logement Services\nSAS au capital de 20 000 000 d’euros" in texte
    assert "'" not in texte, f"{gabarit} : une apostrophe droite"
    adresses = [a[nom] for _, a in balises.balises for nom in ("src", "href", "background", "action") if a.get(nom)]
    liens = [urlsplit(str(lien)) for lien in [*adresses, *re.findall(r"https?://\S+", texte)]]
    assert {lien.scheme for lien in liens} <= {"http", "https", "mailto", "tel"}, gabarit
    assert {lien.hostname for lien in liens if lien.scheme.startswith("http")} <= HOTES, gabarit
    assert not {"img", "script", "link", "iframe", "form", "object"} & {nom for nom, _ in balises.balises}, gabarit
    assert not re.search(r"url\(|@import|@font-face", html), gabarit
    for ligne in texte.split("Bien cordialement")[0].split("\n\n"):
        mots = re.sub(r"\s+", " ", re.sub(r" : https?://\S+", "", ligne)).strip()
        assert mots in re.sub(r"\s+", " ", balises.texte), f"{gabarit} : « {mots} » n'est pas dans le HTML"


@pytest.mark.django_db
@pytest.mark.parametrize("gabarit", GABARITS)
def test_a_mail_is_laid_out_for_screen_readers_and_previews(gabarit: str) -> None:
    html = courriels.ecrire("zoe@exemple.fr", gabarit, contexte()).html
    noms = [nom for nom, _ in Balises(html).balises]
    assert '<html lang="fr">' in html
    assert '<meta name="color-scheme" content="light dark">' in html
    assert "prefers-color-scheme: dark" in html
    assert noms.count("h1") == 1
    assert noms.count("table") == html.count('role="presentation"') == 1
    apercu = re.search(r'<div aria-hidden="true"[^>]*>([^<]+)</div>', html)
    assert apercu is not None
    assert 20 < len(unescape(apercu[1])) <= 140


@pytest.mark.django_db
def test_a_preview_never_shows_a_code() -> None:
    html = courriels.ecrire("zoe@exemple.fr", "code_import", contexte()).html
    assert html.count("482913") == 1
    assert 'class="code"' in html


@pytest.mark.django_db
def test_a_reason_typed_by_an_adviser_is_escaped() -> None:
    courriel = courriels.ecrire("zoe@exemple.fr", "candidature_non_attribuee", contexte())
    assert "<b>a été</b>" in courriel.texte
    assert "&lt;b&gt;a été&lt;/b&gt; retenu &amp; logé" in courriel.html


def luminance(couleur: str) -> float:
    canaux = (int(couleur[i : i + 2], 16) / 255 for i in (1, 3, 5))
    lineaires = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in canaux]
    return float(sum(poids * c for poids, c in zip((0.2126, 0.7152, 0.0722), lineaires, strict=True)))


def contraste(une: str, autre: str) -> float:
    sombre, claire = sorted((luminance(une), luminance(autre)))
    return (claire + 0.05) / (sombre + 0.05)


def couleurs(mise_en_page: str) -> Iterator[tuple[str, str, str]]:
    """(what, ink, background) of each class of the layout, by day and by night; without a background, the page's."""
    sombre = mise_en_page.partition("@media (prefers-color-scheme: dark)")[2].partition("@media")[0]
    nuit = dict(re.findall(r"\.([a-z ]+) {([^}]+)}", sombre))
    jour = dict(re.findall(r'class="([a-z]+)"[^>]*style="([^"]+)"', mise_en_page))
    for quand, regles in (("jour", jour), ("nuit", nuit)):
        page = re.findall(r"background: (#\w{6})", regles["fond"])[0]
        for nom, regle in regles.items():
            encre = re.findall(r"(?<!-)color: (#\w{6})", regle)
            fond = re.findall(r"background: (#\w{6})", regle)
            yield f"{nom}, {quand}", encre[0], fond[0] if fond else page


def test_ink_and_background_are_far_enough_apart_by_day_and_by_night() -> None:
    mise_en_page = (Path(RACINE) / "templates/courriels/mise_en_page.html").read_text()
    mesures = {quoi: contraste(encre, fond) for quoi, encre, fond in couleurs(mise_en_page)}
    assert len(mesures) == 13
    assert {quoi: ratio for quoi, ratio in mesures.items() if ratio < CONTRASTE} == {}
