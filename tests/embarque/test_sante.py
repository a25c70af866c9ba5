"""`/sante/` is true: ready when all is there, and it names what is not."""

import contextlib
import http.server
import socket
import socketserver
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from aiosmtpd.controller import Controller
from django.core.cache import cache
from django.test import Client

from alin import celery
from alin.embarque.courriels import Boite
from alin.embarque.ports import port_libre
from alin.sante import parametres_de_connexion


@pytest.fixture
def tout(settings, tmp_path: Path) -> Iterator[None]:
    """Every part of the portal; a bare web server stands for the registry: any answer will do."""
    courriel = Controller(Boite(tmp_path), hostname="127.0.0.1", port=port_libre())
    courriel.start()
    registre = http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    threading.Thread(target=registre.serve_forever, daemon=True).start()
    settings.EMAIL_HOST, settings.EMAIL_PORT = courriel.hostname, courriel.port
    settings.SNE_URL = f"http://127.0.0.1:{registre.server_port}"
    celery.signer_ouvrier()
    celery.signer_horloge()
    yield
    courriel.stop()
    registre.shutdown()
    registre.server_close()


@pytest.mark.django_db
def test_ready_when_every_part_answers(tout: None, client: Client):
    reponse = client.get("/sante/")
    assert reponse.status_code == 200, reponse.content.decode()
    assert reponse.json()["pret"] is True
    assert set(reponse.json()["parties"]) == {"base de données", "valkey", "ouvrier", "horloge", "courriel", "registre"}
    assert reponse["Cache-Control"].count("no-store")


@pytest.mark.django_db
def test_not_ready_names_what_is_missing_and_answers_quickly(tout: None, client: Client, settings):
    settings.EMAIL_PORT = port_libre()
    settings.SNE_URL = f"http://127.0.0.1:{port_libre()}"
    cache.delete(celery.SIGNE_OUVRIER)
    depart = time.monotonic()
    reponse = client.get("/sante/")
    assert time.monotonic() - depart < 3
    assert reponse.status_code == 503
    assert reponse.json()["manque"] == {
        "ouvrier": "aucun signe de vie",
        "courriel": "ne répond pas",
        "registre": "ne répond pas",
    }


class Bavard(socketserver.BaseRequestHandler):
    """Answers, then sends its body drop by drop without an end."""

    def handle(self) -> None:
        self.request.recv(65536)
        with contextlib.suppress(OSError):
            self.request.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                self.request.sendall(b" ")
                time.sleep(0.2)


@pytest.mark.django_db
def test_a_registry_that_hangs_or_dribbles_does_not_hang_the_answer(tout: None, client: Client, settings):
    with (
        socket.create_server(("127.0.0.1", 0)) as muet,
        socketserver.ThreadingTCPServer(("127.0.0.1", 0), Bavard) as bavard,
    ):
        bavard.daemon_threads = True
        threading.Thread(target=bavard.serve_forever, daemon=True).start()
        for port, defaut in ((muet.getsockname()[1], "ne répond pas"), (bavard.server_address[1], "prêt")):
            settings.SNE_URL = f"http://127.0.0.1:{port}"
            depart = time.monotonic()
            assert client.get("/sante/").json()["parties"]["registre"] == defaut
            assert time.monotonic() - depart < 4
        bavard.shutdown()


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(tout: None, client: Client):
    # On a connection of its own: what /sante/ reads is what others have committed.
    with psycopg.connect(**parametres_de_connexion(), autocommit=True) as base:
        faite = base.execute(
            "DELETE FROM django_migrations WHERE app = 'sessions' RETURNING app, name, applied"
        ).fetchone()
        try:
            reponse = client.get("/sante/")
        finally:
            base.execute("INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)", faite)
    assert reponse.status_code == 503
    assert reponse.json()["manque"] == {"base de données": "1 migration(s) à passer"}


def test_alive_needs_nothing(client: Client):
    assert client.get("/sante/vivant/").json() == {"vivant": True}
