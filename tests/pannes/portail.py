"""The portal's real web server, with as many processes and threads as the demonstration's."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
from django.test import Client

from accounts.models import User
from alin.embarque.demonstration import FORCES, GRANIAN
from alin.embarque.ports import port_libre

RACINE = Path(__file__).resolve().parents[2]
DELAI_D_ARRET = 10
"""Seconds."""


class Adresse(str):
    """Where the portal answers; `serveur` is the process that leads its workers."""

    serveur: "subprocess.Popen[bytes]"


@contextlib.contextmanager
def portail(environnement: dict[str, str], journal: Path) -> Iterator[Adresse]:
    """Its address, once it answers."""
    port = port_libre()
    ou = ("--host", "127.0.0.1", "--port", str(port), "--log-level", "warning")
    programme = [sys.executable, "-m", "granian", *GRANIAN, *FORCES["portail"], *ou, "alin.wsgi:application"]
    variables = {
        **environnement,
        "DJANGO_SETTINGS_MODULE": "alin.settings",
        "ALIN_CONNEXIONS": "8",
        "ALIN_HOTES": "127.0.0.1",
        "ALIN_ADRESSE": f"http://127.0.0.1:{port}",
        "ALIN_DEBUG": "1",  # static files straight from their folders
    }
    adresse = Adresse(f"http://127.0.0.1:{port}")
    with (
        journal.open("wb") as sortie,
        subprocess.Popen(
            programme, cwd=RACINE, env=variables, stdout=sortie, stderr=subprocess.STDOUT, start_new_session=True
        ) as serveur,
    ):
        try:
            _attendre(adresse, serveur, journal)
            adresse.serveur = serveur
            yield adresse
        finally:
            _arreter(serveur)


def _arreter(serveur: "subprocess.Popen[bytes]") -> None:
    """Granian may wait for ever for workers that were killed and started again."""
    serveur.terminate()
    try:
        serveur.wait(DELAI_D_ARRET)
    except subprocess.TimeoutExpired:
        os.killpg(serveur.pid, signal.SIGKILL)


def _attendre(adresse: str, serveur: "subprocess.Popen[bytes]", journal: Path) -> None:
    fin = time.monotonic() + 60
    while time.monotonic() < fin and serveur.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{adresse}/sante/vivant/", trust_env=False).is_success:
                return
        time.sleep(0.1)
    raise AssertionError(f"Le portail n'a pas démarré.\n{journal.read_text()}")


def visiteur(adresse: str, user: User) -> httpx.Client:
    """A browser of this person, signed in."""
    session = Client()
    session.force_login(user)
    jeton = "c" * 32
    cookies = {"session": session.cookies["session"].value, "csrf": jeton}
    return httpx.Client(base_url=adresse, cookies=cookies, headers={"X-CSRFToken": jeton}, trust_env=False, timeout=60)
