"""The demo's mail catcher: `python -m alin.embarque.courriels PORT FOLDER`, a real SMTP server that keeps all it gets.

One file per message, named by its moment of arrival, written whole or not at all. `alin/demo.py` reads the folder.
"""

import asyncio
import os
import secrets
import signal
import sys
import time
from email.header import Header
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

TAILLE_MAXIMALE = 10_000_000
"""Bytes of one message."""


class Boite:
    """Keeps what the server receives in a folder. The envelope's recipients go in front, as a header of their own."""

    def __init__(self, dossier: Path) -> None:
        self.dossier = dossier

    async def handle_DATA(self, _serveur: SMTP, _session: Session, enveloppe: Envelope) -> str:
        destinataires = Header(", ".join(enveloppe.rcpt_tos), header_name="X-Alin-Destinataires").encode()
        nom = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
        brouillon = self.dossier / f".{nom}"
        with brouillon.open("wb") as fichier:
            fichier.write(f"X-Alin-Destinataires: {destinataires}\r\n".encode() + (enveloppe.original_content or b""))
            fichier.flush()
            os.fsync(fichier.fileno())
        brouillon.rename(self.dossier / f"{nom}.eml")
        return "250 OK"


async def servir(port: int, dossier: Path) -> None:
    """Listen on 127.0.0.1 until SIGTERM or SIGINT."""
    dossier.mkdir(parents=True, exist_ok=True)
    boucle = asyncio.get_running_loop()
    fin = asyncio.Event()
    for numero in (signal.SIGTERM, signal.SIGINT):
        boucle.add_signal_handler(numero, fin.set)
    boite = Boite(dossier)
    serveur = await boucle.create_server(
        lambda: SMTP(boite, hostname="alin.demo", enable_SMTPUTF8=True, data_size_limit=TAILLE_MAXIMALE),
        "127.0.0.1",
        port,
    )
    async with serveur:
        await fin.wait()


if __name__ == "__main__":
    asyncio.run(servir(int(sys.argv[1]), Path(sys.argv[2])))
