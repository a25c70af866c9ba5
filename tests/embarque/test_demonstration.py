"""`make demo`, for real: from nothing to ready, through kills, to a clean stop, twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from alin.embarque.dossiers import RACINE
from alin.embarque.essais import dossier_jetable
from alin.embarque.ports import est_pris, port_libre

pytestmark = pytest.mark.panne


class Demo:
    """One run of the command, its output in a file."""

    def __init__(self, donnees: Path, port: int, commande: list[str]) -> None:
        self.port = port
        self.sortie = donnees.parent / f"sortie-{time.monotonic_ns()}.txt"
        environnement = {
            cle: valeur
            for cle, valeur in os.environ.items()
            if not cle.startswith(("ALIN_", "DJANGO_", "PYTEST_", "DATABASE_", "REDIS_"))
        }
        with self.sortie.open("wb") as flux:
            self.processus = subprocess.Popen(
                commande,
                cwd=RACINE,
                env={**environnement, "ALIN_DONNEES": str(donnees), "PORT": str(port)},
                stdin=subprocess.DEVNULL,
                stdout=flux,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def attendre(self, phrase: str, delai: float) -> None:
        limite = time.monotonic() + delai
        while phrase not in self.sortie.read_text():
            assert self.processus.poll() is None, self.sortie.read_text()
            assert time.monotonic() < limite, self.sortie.read_text()
            time.sleep(0.2)

    def sante(self) -> int:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/sante/", timeout=10).status_code
        except httpx.HTTPError:
            return 0

    def finir(self, signal_de_fin: int) -> float:
        """Send the signal; the seconds it took to stop."""
        depart = time.monotonic()
        self.processus.send_signal(signal_de_fin)
        self.processus.wait(15)
        return time.monotonic() - depart


def pid_de(donnees: Path, *mots: str) -> int:
    """The oldest process of this demo whose command line has these words."""
    trouves = []
    for dossier in Path("/proc").glob("[0-9]*"):
        try:
            commande = (dossier / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            sien = str(donnees) in commande or str(donnees).encode() in (dossier / "environ").read_bytes()
        except OSError:
            continue
        if sien and all(mot in commande for mot in mots):
            trouves.append(int(dossier.name))
    assert trouves, f"no process with {mots}"
    return min(trouves)


@pytest.fixture
def port() -> int:
    """One whose neighbour is free too."""
    while True:
        port = port_libre()
        if not est_pris(port) and not est_pris(port + 1):
            return port


@pytest.fixture
def lancer(donnees: Path, port: int) -> Iterator[Callable[[list[str]], Demo]]:
    """Start a demo; whatever becomes of the test, none outlives it."""
    demos: list[Demo] = []

    def lancer(commande: list[str]) -> Demo:
        demos.append(Demo(donnees, port, commande))
        return demos[-1]

    yield lancer
    for demo in demos:
        if demo.processus.poll() is None:
            demo.finir(signal.SIGTERM)


@pytest.fixture
def donnees() -> Iterator[Path]:
    with dossier_jetable() as dossier:
        yield dossier / "données de l'essai"


@pytest.mark.epreuve
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_demo_starts_survives_kills_stops_within_ten_seconds_and_finds_its_data_again(
    lancer, donnees: Path, port: int
):
    commande = [sys.executable, "-m", "alin.embarque.demonstration"]
    premiere = lancer(commande)
    premiere.attendre("Prêt en", 170)
    assert premiere.sante() == 200
    texte = premiere.sortie.read_text()
    assert f"http://localhost:{port}/demo/courriels/" in texte
    assert "conseiller1@alin.exemple" in texte

    os.kill(pid_de(donnees, "celery", "worker"), signal.SIGKILL)
    premiere.attendre("« ouvrier » s'est arrêté", 10)
    os.kill(int((donnees / "postgres/postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)
    premiere.attendre("« postgres » s'est arrêté", 10)
    limite = time.monotonic() + 60
    while premiere.sante() != 200:
        assert time.monotonic() < limite, premiere.sortie.read_text()
        time.sleep(0.5)

    httpx.get(f"http://127.0.0.1:{port}/", timeout=10).raise_for_status()
    secret = (donnees / "secrets.json").read_text()
    assert premiere.finir(signal.SIGTERM) < 10
    assert premiere.processus.returncode == 0
    assert (donnees / "journaux/postgres.log").read_text().rstrip().endswith("database system is shut down")
    assert not est_pris(port)

    seconde = lancer(commande)
    seconde.attendre("Prêt en", 90)
    assert (donnees / "secrets.json").read_text() == secret
    assert seconde.sante() == 200
    assert seconde.finir(signal.SIGINT) < 10
    assert seconde.processus.returncode == 0


@pytest.mark.epreuve
@pytest.mark.skipif(sys.platform != "linux", reason="GNU make is watched through /proc")
def test_an_interruption_of_make_alone_stops_the_demo_too(lancer, tmp_path: Path):
    regle = tmp_path / "Makefile"
    regle.write_text(f"demo:\n\t@exec '{sys.executable}' -m alin.embarque.demonstration\n")
    demo = lancer(["make", "-s", "-f", str(regle), "demo"])
    demo.attendre("Prêt en", 170)
    assert demo.finir(signal.SIGINT) < 10
    assert "La démonstration est arrêtée." in demo.sortie.read_text()
