"""`make bench`: a country of rows, the real web server, and how many pages it gives each second.

What is compared is measured in one run, on one machine, by the same load: a bare signed-in page, the same page fed
from memory, and the same page on a hundredth of the data. `ALIN_BENCH_PART=0.02` fills a fiftieth of the country, to
try the tool itself.
"""

import contextlib
import itertools
import json
import os
import platform
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx
import psycopg

from alin.embarque.essais import ROLES, dossier_jetable
from alin.embarque.ports import port_libre
from alin.embarque.postgres import Postgres
from alin.embarque.valkey import Valkey
from tests.charge import candidatures
from tests.charge.memoire import memoire, plus_gros_ouvrier

RACINE = Path(__file__).resolve().parents[2]
RESULTATS = Path(__file__).with_name("resultats.json")
CONNEXIONS, SECONDES, CHAUFFE, TOURS = 8, 2.0, 3.0, 15
LOT = 1_000
"""Dossiers of the bulk act."""
PETITE = 0.01
"""The share of the whole country's rows that the small one has."""
PAGES = {
    "onglet": "/offres/",
    "onglet_filtre": "/offres/?onglet=departement&type=T3&loyer=900&tri=loyer",
    "offre": "/offres/{offre}/",
    "carte": "/offres/?vue=carte",
    "file_conseiller": "/admin/candidatures/candidature/",
    "classement": "/candidatures/offre/{classee}/classement/",
    "service_logement": "/service-logement/",
}
POUR_UN_PAYS = {"shared_buffers": "1GB", "random_page_cost": "1.1"}
"""As docs/exploitation.md says: PostgreSQL's own defaults are for a laptop with a spinning disk."""
LECTEURS = {
    PAGES["file_conseiller"]: "conseillers",
    PAGES["classement"]: "classes",
    PAGES["service_logement"]: "agents",
}
"""Whose pages they are, when they are not the applicants'."""
NUE, MEMOIRE = "/mesure/nue/", "/mesure/memoire/"


@dataclass(frozen=True)
class Tir:
    """What one page gave under load, turn by turn. Latencies in milliseconds, body in bytes."""

    par_seconde: list[float]
    p50: float
    p95: float
    p99: float
    octets: int

    @classmethod
    def de(cls, tours: list[dict[str, Any]]) -> "Tir":
        """Raises RuntimeError when an answer was not a 200: the figures would mean nothing."""
        statuts = {statut for lu in tours for statut in lu["statuts"]}
        if statuts != {"200"}:
            raise RuntimeError(f"des réponses ne sont pas des 200 : {statuts}")
        centiles = quantiles([latence for lu in tours for latence in lu["latences_ms"]], n=100)
        rythmes = [len(lu["latences_ms"]) / SECONDES for lu in tours]
        return cls(rythmes, centiles[49], centiles[94], centiles[98], max(lu["octets"] for lu in tours))

    @property
    def rythme(self) -> float:
        """Pages a second, of the median turn."""
        return median(self.par_seconde)

    def rapport(self, autre: "Tir") -> float:
        """The median of the ratios of each turn: what slowed one shot slowed the other, two seconds away."""
        return round(median(a / b for a, b in zip(self.par_seconde, autre.par_seconde, strict=True)), 3)


class Pays:
    """A country whose portal is up, on `port`; `serveur` is its process, `environnement` its variables."""

    def __init__(self, port: int, gens: dict[str, Any], serveur: int, environnement: dict[str, str]) -> None:
        self.port, self.gens, self.serveur, self.environnement = port, gens, serveur, environnement

    def requetes(self, chemin: str) -> list[tuple[str, str]]:
        """The page for each of the people, each with his session."""
        offres, gens = itertools.cycle(self.gens["offres"]), self.gens[LECTEURS.get(chemin, "sessions")]
        return [(chemin.format(offre=next(offres), classee=self.gens["classee"]), qui["cle"]) for qui in gens]

    def tirer(self, chemin: str, secondes: float) -> dict[str, Any]:
        """What the load generator saw."""
        return self.envoyer(self.requetes(chemin), secondes)

    def envoyer(self, requetes: list[tuple[str, str]], secondes: float | None) -> dict[str, Any]:
        """The same of any requests; without seconds, each of them once, as a POST."""
        ordre = {"hote": "127.0.0.1", "port": self.port, "connexions": CONNEXIONS, "requetes": requetes}
        tireur = subprocess.run(
            [sys.executable, "-m", "tests.charge.tireur"],
            input=json.dumps(ordre | {"secondes": secondes}),
            capture_output=True,
            text=True,
            check=True,
            cwd=RACINE,
        )
        return dict(json.loads(tireur.stdout))

    def compter(self, chemin: str) -> tuple[int, float]:
        """The most queries of one page, and the p95 of its database time, in milliseconds; one visitor at a time.

        Each has come before: the first visit of the day is written down, and a process prepares what it has not asked.
        """
        nombres, temps, visites = [], [], self.requetes(chemin)
        with httpx.Client(base_url=f"http://127.0.0.1:{self.port}", trust_env=False, timeout=60) as client:
            for n, (adresse, session) in enumerate(visites * 2):
                reponse = client.get(
                    adresse, headers={"X-Mesure": "1", "Cookie": f"session={session}", "Host": "localhost"}
                )
                if n >= len(visites):
                    nombre, duree = reponse.headers["X-Mesure"].split()
                    nombres.append(int(nombre))
                    temps.append(float(duree))
        return max(nombres), quantiles(temps, n=100)[94]


@contextlib.contextmanager
def pays(part: float) -> Iterator[Pays]:
    """Servers, rows and the portal, for the time of the measures."""
    with dossier_jetable() as dossier, contextlib.ExitStack() as pile:
        mots_de_passe = {role: secrets.token_urlsafe(16) for role in ROLES}
        postgres = Postgres(dossier, dossier / "s", mots_de_passe, durable=False, reglages=POUR_UN_PAYS)
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
        yield Pays(port, gens, serveur.pid, portail)


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


def dire(texte: str) -> None:
    sys.stdout.write(f"{texte}\n")
    sys.stdout.flush()


def mesurer(part: float) -> dict[str, Any]:
    """Both countries at once, so that the machine is the same for what is compared; what `resultats.json` says."""
    with contextlib.ExitStack() as pile:
        dire(f"Petit pays ({PETITE:.0%}) :")
        petit = pile.enter_context(pays(PETITE))
        dire(f"Pays entier ({part:.0%}) :")
        grand = pile.enter_context(pays(part))
        comptes = {nom: grand.compter(chemin) for nom, chemin in PAGES.items()}
        tirs = tour_a_tour(
            {"nue": (grand, NUE), "memoire": (grand, MEMOIRE)}
            | {nom: (grand, chemin) for nom, chemin in PAGES.items()}
            | {f"petit {nom}": (petit, chemin) for nom, chemin in PAGES.items()}
        )
        occupee, avant = memoire(grand.serveur), plus_gros_ouvrier(grand.serveur)
        dire("  « Je postule » et un lot")
        postuler = candidatures.mesurer(grand)
        lot = json.loads(lancer(grand.environnement, "tests.charge.lot", str(LOT)))
        ouvrier = {"avant": avant, "apres": plus_gros_ouvrier(grand.serveur)}
    lus = {nom: (tirs[nom], *comptes[nom]) for nom in PAGES}
    nue, de_memoire, petits = tirs["nue"], tirs["memoire"], {nom: tirs[f"petit {nom}"] for nom in PAGES}
    pages = {
        nom: {
            "requetes_par_s": round(tir.rythme, 1),
            "p50_ms": round(tir.p50, 1),
            "p95_ms": round(tir.p95, 1),
            "p99_ms": round(tir.p99, 1),
            "requetes_sql": requetes,
            "base_p95_ms": round(base, 2),
            "octets": tir.octets,
            "ratio_page_nue": tir.rapport(nue),
            "ratio_memoire": tir.rapport(de_memoire),
            "ratio_petit": tir.rapport(petits[nom]),
        }
        for nom, (tir, requetes, base) in lus.items()
    }
    machine = f"{platform.machine()}, {os.cpu_count()} cœurs, Python {platform.python_version()}"
    return {
        "machine": machine,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "part": part,
        "part_du_petit": PETITE,
        "page_nue_par_s": round(nue.rythme, 1),
        "memoire_du_portail_mo": occupee,
        "memoire_d_un_ouvrier_mo": ouvrier,
        **pages,
        "postuler": postuler,
        "lot": lot,
    }


def tour_a_tour(cibles: dict[str, tuple[Pays, str]]) -> dict[str, Tir]:
    """Each page for a moment, in turn, and again: what else the machine does weighs on all alike."""
    for chez, chemin in cibles.values():
        chez.tirer(chemin, CHAUFFE)
    tours: dict[str, list[dict[str, Any]]] = {nom: [] for nom in cibles}
    for tour in range(TOURS):
        dire(f"  tour {tour + 1}/{TOURS}")
        for nom, (chez, chemin) in cibles.items():
            tours[nom].append(chez.tirer(chemin, SECONDES))
    return {nom: Tir.de(lus) for nom, lus in tours.items()}


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
    dire(json.dumps({nom: resultats[nom] for nom in ("postuler", "lot", "memoire_d_un_ouvrier_mo")}, indent=2))
