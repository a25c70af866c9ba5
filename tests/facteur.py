"""A real mail server for the tests: the fixture `boite`."""

import email
import email.policy
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from pytest_django import Settings


class Boite:
    """The folder of the mail catcher, read as messages in the order of arrival."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier

    def messages(self) -> list[EmailMessage]:
        return [
            email.message_from_bytes(chemin.read_bytes(), policy=email.policy.default)
            for chemin in sorted(self.dossier.glob("*.eml"))
        ]


def port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        return int(prise.getsockname()[1])


@pytest.fixture
def boite(tmp_path: Path, settings: Settings) -> Iterator[Boite]:
    """The catcher of the demo, in a process of its own; the outbox delivers to it by SMTP."""
    port = port_libre()
    with subprocess.Popen([sys.executable, "-m", "alin.embarque.courriels", str(port), str(tmp_path)]) as facteur:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield Boite(tmp_path)
        facteur.terminate()
