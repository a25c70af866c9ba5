"""The load: a process of its own that keeps some connections busy over real HTTP, and says how long each answer took.

`python -m tests.charge.tireur` reads on its standard input a JSON object {hote, port, connexions, secondes,
requetes: [[path, session], …]} and prints {"latences_ms": […], "statuts": {…}, "octets": n, "secondes": s}. With
`secondes` null, each request is sent once, as an empty POST: nobody applies twice.
"""

import asyncio
import itertools
import json
import math
import re
import sys
import time
from collections import Counter
from typing import Any

JETON = "c" * 32
GET = "GET {chemin} HTTP/1.1\r\nHost: localhost\r\nCookie: session={session}\r\nX-Tir: 1\r\n\r\n"
POST = (
    "POST {chemin} HTTP/1.1\r\nHost: localhost\r\nCookie: session={session}; csrf={jeton}\r\n"
    "X-CSRFToken: {jeton}\r\nContent-Length: 0\r\nX-Tir: 1\r\n\r\n"
)
IDENTIFIANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


async def tirer(ordre: dict[str, Any]) -> dict[str, Any]:
    """Keep every connection busy until the time is up."""
    une_fois = ordre["secondes"] is None
    suite = iter(ordre["requetes"]) if une_fois else itertools.cycle(ordre["requetes"])
    tete = POST if une_fois else GET
    latences: list[float] = []
    statuts: Counter[str] = Counter()
    octets = 0
    depart = time.perf_counter()
    fin = math.inf if une_fois else depart + ordre["secondes"]

    async def une_connexion() -> None:
        nonlocal octets
        lecteur, redacteur = await asyncio.open_connection(ordre["hote"], ordre["port"])
        try:
            while time.perf_counter() < fin:
                chemin, session = next(suite, (None, None))
                if chemin is None:
                    break
                debut = time.perf_counter()
                redacteur.write(tete.format(chemin=chemin, session=session, jeton=JETON).encode())
                statut, taille = await lire_la_reponse(lecteur)
                latences.append(1000 * (time.perf_counter() - debut))
                statuts[statut] += 1
                octets = max(octets, taille)
        finally:
            redacteur.close()

    await asyncio.gather(*(une_connexion() for _ in range(ordre["connexions"])))
    duree = time.perf_counter() - depart
    return {"latences_ms": latences, "statuts": dict(statuts), "octets": octets, "secondes": duree}


async def lire_la_reponse(lecteur: asyncio.StreamReader) -> tuple[str, int]:
    """Its status, and how many bytes its body had."""
    tete = (await lecteur.readuntil(b"\r\n\r\n")).decode("latin-1")
    ailleurs = re.search(r"^location: *(\S+)", tete, re.IGNORECASE | re.MULTILINE)
    statut = tete.split(" ", 2)[1] + (f" vers {IDENTIFIANT.sub('…', ailleurs[1])}" if ailleurs else "")
    annoncee = re.search(r"^content-length: *(\d+)", tete, re.IGNORECASE | re.MULTILINE)
    if annoncee:
        return statut, len(await lecteur.readexactly(int(annoncee[1])))
    taille = 0
    while morceau := int((await lecteur.readline()).strip() or b"0", 16):
        taille += len(await lecteur.readexactly(morceau))
        await lecteur.readexactly(2)
    await lecteur.readline()
    return statut, taille


if __name__ == "__main__":
    json.dump(asyncio.run(tirer(json.load(sys.stdin))), sys.stdout)
