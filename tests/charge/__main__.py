"""`make bench`: a country of rows, the real web server, and how many pages it gives each second.

What is compared is measured in one run, on one machine, by the same load: a bare signed-in page, the same page fed
from memory, and the same page on a hundredth of the data. `ALIN_BENCH_PART=0.02` fills a fiftieth of the country, to
try the tool itself.
"""

import contextlib
import json
import os
import platform
import re
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx
import psycopg

from alin.embarque.essais import ROLES, dossier_jetable
from alin.embarque.ports import port_libre
from alin.embarque.postgres import Postgres
from alin.embarque.valkey import Valkey

RACINE = Path(__file__).resolve().parents[2]
RESULTATS = Path(__file__).with_name("resultats.json")
CONNEXIONS, SECONDES, CHAUFFE = 8, 8.0, 3.0
PETITE = 0.01
"""The share of the rows of the small country."""
PAGES = {
    "onglet": "/offres/",
    "onglet_filtre": "/offres/?onglet=departement&type=T3&loyer=900&tri=loyer",
    "offre": "/offres/{offre}/",
    "carte": "/ma-demande/",
}
NUE, MEMOIRE = "/mesure/nue/", "/mesure/memoire/?de={personne}"


@dataclass(frozen=True)
class Tir:
    """What one page gave under load. Latencies in milliseconds, body in bytes."""

    par_seconde: float
    p50: float
    p95: float
    p99: float
    octets: int

    @classmethod
    def de(cls, lu: dict[str, Any], secondes: float) -> "Tir":
        """Raises RuntimeError when an answer was not a 200: the figures would mean nothing."""
        if set(lu["statuts"]) != {"200"}:
            raise RuntimeError(f"des réponses ne sont pas des 200 : {lu['statuts']}")
        centiles = quantiles(lu["latences_ms"], n=100)
        return cls(len(lu["latences_ms"]) / secondes, centiles[49], centiles[94], centiles[98], lu["octets"])


class Pays:
    """A country whose portal is up, on `port`."""

    def __init__(self, port: int, gens: dict[str, Any], environnement: dict[str, str]) -> None:
        self.port, self.gens, self.environnement = port, gens, environnement

    def requetes(self, chemin: str) -> list[tuple[str, str]]:
        """The page for each of the people, each with his session."""
        offres = self.gens["offres"]
        return [
            (chemin.format(offre=offres[n % len(offres)], personne=self.gens["sessions"][0]["personne"]), qui["cle"])
            for n, qui in enumerate(self.gens["sessions"])
        ]

    def tirer(self, chemin: str, secondes: float = SECONDES) -> Tir:
        ordre = {"hote": "127.0.0.1", "port": self.port, "connexions": CONNEXIONS, "requetes": self.requetes(chemin)}
        for duree in (CHAUFFE, secondes):
            tireur = subprocess.run(
                [sys.executable, "-m", "tests.charge.tireur"],
                input=json.dumps(ordre | {"secondes": duree}),
                capture_output=True,
                text=True,
                check=True,
                cwd=RACINE,
            )
        return Tir.de(json.loads(tireur.stdout), secondes)

    def compter(self, chemin: str) -> tuple[int, float]:
        """The most queries of one page, and the p95 of its database time, in milliseconds; one visitor at a time."""
        nombres, temps = [], []
        with httpx.Client(base_url=f"http://127.0.0.1:{self.port}", trust_env=False) as client:
            for adresse, session in self.requetes(chemin):
                reponse = client.get(
                    adresse, headers={"X-Mesure": "1", "Cookie": f"session={session}", "Host": "localhost"}
                )
                nombre, duree = reponse.headers["X-Mesure"].split()
                nombres.append(int(nombre))
                temps.append(float(duree))
        return max(nombres), quantiles(temps, n=100)[94]


@contextlib.contextmanager
def pays(part: float) -> Iterator[Pays]:
    """Servers, rows and the portal, for the time of the measures."""
    with dossier_jetable() as dossier, contextlib.ExitStack() as pile:
        postgres = Postgres(dossier, dossier / "s", {role: secrets.token_urlsafe(16) for role in ROLES}, durable=False)
        pile.callback(postgres.arreter)
        postgres.demarrer()
        valkey = Valkey(dossier, dossier)
        pile.callback(valkey.arreter)
        valkey.demarrer()
        environnement = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.charge.reglages",
            "ALIN_CLE_SECRETE": secrets.token_urlsafe(64),
            "ALIN_STATIQUES": str(dossier / "statiques"),
            "REDIS_URL": valkey.url(),
            "DATABASE_URL": postgres.url("alin_proprietaire", "alin"),
            "ALIN_URL_SUPERUTILISATEUR": postgres.url("postgres", "alin"),
            "ALIN_JOURNAL": "WARNING",
        }
        lancer(environnement, "django", "collectstatic", "--noinput", "-v", "0")
        depart = time.monotonic()
        gens = json.loads(lancer(environnement, "tests.charge.preparer", str(part)))
        dire(f"  {taille(postgres)} de données en {time.monotonic() - depart:.0f} s")
        port = port_libre()
        portail = environnement | {"DATABASE_URL": postgres.url("alin", "alin"), "ALIN_CONNEXIONS": "8"}
        mots = ["--interface", "wsgi", "--no-ws", "--workers", "2", "--blocking-threads", "4", "--log-level", "warning"]
        serveur = subprocess.Popen(
            [sys.executable, "-m", "granian", *mots, "--port", str(port), "alin.wsgi:application"],
            env=portail,
            cwd=RACINE,
        )
        pile.callback(serveur.wait, 20)
        pile.callback(serveur.terminate)
        attendre(port)
        yield Pays(port, gens, portail)


def lancer(environnement: dict[str, str], *mots: str) -> str:
    """Run one of our modules; what it printed. Raises CalledProcessError."""
    return subprocess.run(
        [sys.executable, "-m", *mots], env=environnement, cwd=RACINE, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def attendre(port: int) -> None:
    fin = time.monotonic() + 60
    while time.monotonic() < fin:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/sante/vivant/", trust_env=False).is_success:
                return
        time.sleep(0.2)
    raise TimeoutError("le portail ne répond pas")


def taille(postgres: Postgres) -> str:
    with psycopg.connect(postgres.url("postgres", "alin")) as connexion:
        lue = connexion.execute("SELECT pg_size_pretty(pg_database_size('alin'))").fetchone()
    return str(lue[0]) if lue else ""


def memoire() -> int:
    """Megabytes held by the web server and the database, as Linux counts them; 0 elsewhere."""
    total = 0
    for fiche in Path("/proc").glob("[0-9]*/smaps_rollup"):
        with contextlib.suppress(OSError):
            commande = (fiche.parent / "cmdline").read_bytes()
            if b"granian" in commande or b"postgres" in commande:
                tenue = re.search(r"^Pss:\s+(\d+)", fiche.read_text(), re.MULTILINE)
                total += int(tenue[1]) if tenue else 0
    return total // 1024


def dire(texte: str) -> None:
    sys.stdout.write(f"{texte}\n")
    sys.stdout.flush()


def mesurer(part: float) -> dict[str, Any]:
    """Both countries, one after the other; the figures of `resultats.json`."""
    dire(f"Petit pays ({part * PETITE:.2%}) :")
    with pays(part * PETITE) as petit:
        petits = {nom: petit.tirer(chemin) for nom, chemin in PAGES.items()}
    dire(f"Pays entier ({part:.0%}) :")
    with pays(part) as grand:
        nue, de_memoire = grand.tirer(NUE), grand.tirer(MEMOIRE)
        lus = {nom: (grand.tirer(chemin), *grand.compter(chemin)) for nom, chemin in PAGES.items()}
        occupee = memoire()
    pages = {
        nom: {
            "requetes_par_s": round(tir.par_seconde, 1),
            "p50_ms": round(tir.p50, 1),
            "p95_ms": round(tir.p95, 1),
            "p99_ms": round(tir.p99, 1),
            "requetes_sql": requetes,
            "base_p95_ms": round(base, 2),
            "octets": tir.octets,
            "ratio_page_nue": round(tir.par_seconde / nue.par_seconde, 3),
            "ratio_memoire": round(tir.par_seconde / de_memoire.par_seconde, 3),
            "ratio_petit": round(tir.par_seconde / petits[nom].par_seconde, 3),
        }
        for nom, (tir, requetes, base) in lus.items()
    }
    machine = f"{platform.machine()}, {os.cpu_count()} cœurs, Python {platform.python_version()}"
    return {
        "machine": machine,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "part": part,
        "page_nue_par_s": round(nue.par_seconde, 1),
        "memoire_mo": occupee,
        **pages,
    }


def tableau(resultats: dict[str, Any]) -> str:
    """The figures, a line for each page."""
    colonnes = list(resultats["onglet"])
    lignes = [f"{'page':<15}" + "".join(f"{nom:>16}" for nom in colonnes)]
    lignes += [f"{nom:<15}" + "".join(f"{resultats[nom][c]:>16}" for c in colonnes) for nom in PAGES]
    return "\n".join(lignes)


if __name__ == "__main__":
    resultats = mesurer(float(os.environ.get("ALIN_BENCH_PART", "1")))
    RESULTATS.write_text(json.dumps(resultats, indent=2, ensure_ascii=False) + "\n")
    dire(tableau(resultats))
