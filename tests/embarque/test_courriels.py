"""From SMTP to `/demo/courriels/`: what the demo sends can be read, newest first, and cannot do any harm."""

import smtplib
import sys
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.test import Client

from alin.embarque.dossiers import RACINE
from alin.embarque.ports import port_libre
from alin.embarque.superviseur import Programme

Envoyer = Callable[..., None]


@pytest.fixture
def envoyer(tmp_path: Path, settings) -> Iterator[Envoyer]:
    """The real catcher, as `make demo` runs it, and a way to send it a message."""
    boite = tmp_path / "boîte aux lettres"
    port = port_libre()
    commande: list[str | Path] = [sys.executable, "-m", "alin.embarque.courriels", str(port), boite]
    programme = Programme(commande, {"PYTHONPATH": str(RACINE)}, RACINE, tmp_path / "journal.log")
    settings.ALIN_BOITE_DEMO = str(boite)
    programme.demarrer()

    def envoyer(objet: str, texte: str, html: str = "", a: str = "anne@exemple.fr") -> None:
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = objet, "AL’in <no-reply@exemple.fr>", a
        message.set_content(texte)
        if html:
            message.add_alternative(html, subtype="html")
        limite = time.monotonic() + 15
        while True:
            try:
                with smtplib.SMTP("127.0.0.1", port, timeout=5) as serveur:
                    serveur.send_message(message, to_addrs=[a, "copie@exemple.fr"])
                return
            except ConnectionRefusedError:
                assert time.monotonic() < limite
                time.sleep(0.1)

    yield envoyer
    programme.arreter(3)
    assert programme.processus is not None
    assert programme.processus.returncode == 0


def test_the_mailbox_shows_each_mail_newest_first_with_its_text_and_links(envoyer: Envoyer, client: Client):
    envoyer("Activez votre compte", "Cliquez ici :\n\nhttp://localhost:8000/creer/é-1/?a=1&b=2\n\nMerci")
    envoyer("Votre code : 123456", "Le code est 123456.", a="karim@exemple.fr")
    page = client.get("/demo/courriels/").content.decode()
    assert "2 courriels" in page
    assert page.index("Votre code : 123456") < page.index("Activez votre compte")
    assert "anne@exemple.fr, copie@exemple.fr" in page
    assert "Le code est 123456." in page
    assert 'href="http://localhost:8000/creer/%C3%A9-1/?a=1&amp;b=2"' in page


def test_the_mailbox_can_be_searched_by_recipient(envoyer: Envoyer, client: Client):
    envoyer("Pour Anne", "Bonjour Anne")
    envoyer("Pour Karim", "Bonjour Karim", a="Karim@exemple.fr")
    page = client.get("/demo/courriels/?destinataire=karim").content.decode()
    assert "Bonjour Karim" in page
    assert "Bonjour Anne" not in page
    assert "1 courriel pour « karim »" in page


def test_a_mail_opens_by_page_and_its_html_stays_behind_a_wall(envoyer: Envoyer, client: Client):
    envoyer("Bonjour", "Le texte <b>nu</b>", "<p>La belle version</p><script>alert(1)</script>")
    cle = client.get("/demo/courriels/").context["courriels"][0].cle
    page = client.get(f"/demo/courriels/{cle}/").content.decode()
    assert "Le texte &lt;b&gt;nu&lt;/b&gt;" in page
    assert "La belle version" not in page
    reponse = client.get(f"/demo/courriels/{cle}/html/")
    assert "La belle version" in reponse.content.decode()
    assert reponse["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_an_empty_mailbox_says_so_and_an_unknown_mail_is_not_found(client: Client):
    assert "Aucun courriel pour le moment" in client.get("/demo/courriels/").content.decode()
    assert client.get("/demo/courriels/12-ab/").status_code == 404
    assert client.get("/demo/courriels/12-ab/html/").status_code == 404
    assert client.post("/demo/courriels/").status_code == 405
