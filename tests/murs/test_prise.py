"""The real web server over a bare socket: lies about lengths, broken lines, endless headers. It answers or hangs up."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from alin.embarque.dossiers import RACINE
from tests.facteur import port_libre

pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "MotDePasse2026"
FORMULAIRE = f"login=anne%40exemple.fr&password={SECRET}".encode()
HOTE = b"Host: 127.0.0.1\r\n"
TYPE = b"Content-Type: application/x-www-form-urlencoded\r\n"


def post(entetes: bytes, corps: bytes = FORMULAIRE, chemin: bytes = b"/connexion/") -> bytes:
    return b"POST " + chemin + b" HTTP/1.1\r\n" + HOTE + TYPE + entetes + b"\r\n" + corps


MENSONGES = {
    "longer than announced": post(b"Content-Length: 5\r\n"),
    "shorter than announced": post(b"Content-Length: 5000\r\n"),
    "negative": post(b"Content-Length: -1\r\n"),
    "no number": post(b"Content-Length: abc\r\n"),
    "huge": post(b"Content-Length: 99999999999999999999\r\n"),
    "five megabytes announced, nothing sent": post(b"Content-Length: 5000000\r\n", b""),
    "five megabytes": post(b"Content-Length: 5000000\r\n", b"x" * 5_000_000),
    "said twice": post(b"Content-Length: 5\r\nContent-Length: 6\r\n"),
    "length and chunks": post(
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\nGET /admin/ HTTP/1.1\r\n\r\n"
    ),
    "chunks": post(b"Transfer-Encoding: chunked\r\n", b"%x\r\n%s\r\n0\r\n\r\n" % (len(FORMULAIRE), FORMULAIRE)),
    "three megabytes of chunks": post(
        b"Transfer-Encoding: chunked\r\n", b"100000\r\n" + b"x" * 0x100000 + b"\r\n0\r\n\r\n"
    ),
    "broken chunks": post(b"Transfer-Encoding: chunked\r\n", b"zz\r\nabc\r\n"),
    "unknown coding": post(b"Transfer-Encoding: chuncked\r\n"),
    "expectation": post(b"Expect: 200-ok\r\nContent-Length: 5\r\n"),
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "old protocol": b"GET / HTTP/1.0\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\n" + HOTE + b"Host: ailleurs.example\r\n\r\n",
    "another host in the line": b"GET http://ailleurs.example/ HTTP/1.1\r\n" + HOTE + b"\r\n",
    "a foreign host": b"GET / HTTP/1.1\r\nHost: ailleurs.example\r\n\r\n",
    "trace": b"TRACE / HTTP/1.1\r\n" + HOTE + b"\r\n",
    "connect": b"CONNECT ailleurs.example:443 HTTP/1.1\r\n" + HOTE + b"\r\n",
    "an invented method": b"DETRUIRE / HTTP/1.1\r\n" + HOTE + b"\r\n",
    "a zero in the address": b"GET /aide/\x00/ HTTP/1.1\r\n" + HOTE + b"\r\n",
    "broken percent signs": b"GET /%zz/%ff%fe/%00/ HTTP/1.1\r\n" + HOTE + b"\r\n",
    "an endless address": b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n" + HOTE + b"\r\n",
    "endless headers": b"GET / HTTP/1.1\r\n" + HOTE + b"".join(b"X-%d: y\r\n" % n for n in range(500)) + b"\r\n",
    "one endless header": b"GET / HTTP/1.1\r\n" + HOTE + b"X: " + b"y" * 600_000 + b"\r\n\r\n",
    "a header folded": b"GET / HTTP/1.1\r\n" + HOTE + b"X: a\r\n b\r\n\r\n",
    "bare line ends": b"GET / HTTP/1.1\nHost: 127.0.0.1\n\n",
    "bytes of no alphabet": b"GET / HTTP/1.1\r\n" + HOTE + b"Cookie: session=\xff\xfe\x80\r\nReferer: \xff\r\n\r\n",
    "too many questions and a charset": post(
        b"Content-Type: text/plain; charset=latin-1\r\nContent-Length: 0\r\n", b"", b"/contact/?" + b"a=1&" * 600
    ).replace(TYPE, b""),
    "noise": bytes(range(256)) * 20,
    "another protocol": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04",
    "secure where it is not": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "nothing": b"",
}


@pytest.fixture
def serveur(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """granian as `make demo` starts it, on the tests' database; its port and its log."""
    port, journal = port_libre(), tmp_path / "portail.log"
    environnement = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "alin.settings",
        "DATABASE_URL": make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"]),
        "ALIN_ADRESSE": f"http://127.0.0.1:{port}",
        "ALIN_STATIQUES": str(tmp_path / "statiques"),
        "ALIN_CONNEXIONS": "2",
    }
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"],
        cwd=RACINE,
        env=environnement,
        check=True,
    )
    commande = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--port", str(port)]
    with (
        journal.open("wb") as sortie,
        subprocess.Popen(
            [*commande, "--log-level", "warning", "alin.wsgi:application"],
            cwd=RACINE,
            env=environnement,
            stdout=sortie,
            stderr=subprocess.STDOUT,
        ) as processus,
    ):
        for _ in range(300):
            if vivant(port):
                break
            time.sleep(0.1)
        yield port, journal
        processus.terminate()


def vivant(port: int) -> bool:
    try:
        return b" 200 " in dire(port, b"GET /sante/vivant/ HTTP/1.1\r\n" + HOTE + b"Connection: close\r\n\r\n", 60)
    except ConnectionRefusedError:
        return False


def dire(port: int, message: bytes, patience: float = 0.5) -> bytes:
    """Send it raw; what comes back before the other side hangs up or says nothing for `patience` seconds."""
    recu = b""
    with socket.create_connection(("127.0.0.1", port), timeout=patience) as prise:
        try:
            prise.sendall(message)
            while morceau := prise.recv(65_536):
                recu += morceau
        except (TimeoutError, ConnectionError):
            pass
    return recu


def test_the_web_server_stands_whatever_comes_through_its_socket(serveur: tuple[int, Path]) -> None:
    port, journal = serveur
    assert vivant(port)
    temoin = dire(port, b"GET /aide/ HTTP/1.1\r\n" + HOTE + b"Connection: close\r\n\r\n", 60)
    assert temoin.startswith(b"HTTP/1.1 200")
    for genre, message in MENSONGES.items():
        recu = dire(port, message)
        for statut in re.findall(rb"HTTP/1\.[01] (\d{3})", recu):
            assert statut < b"500", (genre, recu[:300])
        assert b"evil" not in recu
        assert vivant(port), genre
    ecrit = journal.read_text(errors="replace")
    assert "Traceback" not in ecrit
    assert "Internal Server Error" not in ecrit
    assert SECRET not in ecrit
    assert "DisallowedHost" in ecrit  # the control: this log is the portal's


def test_a_body_too_long_is_answered_with_a_sentence_over_the_wire(serveur: tuple[int, Path]) -> None:
    port, _ = serveur
    reponse = httpx.post(f"http://127.0.0.1:{port}/contact/", data={"message": "x" * 2_000_000}, timeout=10)
    assert reponse.status_code == 413
    assert "Votre envoi est trop long" in reponse.text
