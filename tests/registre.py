"""The registry's simulator for the tests: a real server process on a free port, with a database of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import httpx
import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.types.json import Jsonb

from demandes.sne import client
from demandes.sne.dossier import DossierSNE
from demandes.sne.simulateur.personnes import NUMEROS_LIBRES
from demandes.sne.traduction import dossier_depuis_json, dossier_vers_json

SECRET = "secret-des-tests"
MUET: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Registre:
    """What a test may do to the registry."""

    def __init__(self, url: str, base: psycopg.Connection[Any], environnement: dict[str, str]) -> None:
        self.url = url
        self.base = base
        self.environnement = environnement
        self.oublier_les_appels()

    def remettre(self) -> None:
        """As it was at the start: no fault, no call noted, nobody changed."""
        self.base.execute("TRUNCATE simulateur_demande, simulateur_reglages")
        self.oublier_les_appels()
        self.base.execute("INSERT INTO simulateur_demande SELECT * FROM origine")

    def panne(
        self,
        panne: str,
        secondes: int = 10,
        cle_retiree: str = "demandeur.nom",
        duree_jeton: int = 3600,
        fois: int = 0,
    ) -> None:
        """One of `simulateur.models.Panne`: « aucune », « lent », « erreur », « coupe », « incomplet », « jeton »…

        `fois`: how many calls it touches, 0 for all of them.
        """
        self.base.execute("DELETE FROM simulateur_reglages")
        self.base.execute(
            "INSERT INTO simulateur_reglages (id, panne, secondes, cle_retiree, duree_jeton, fois, avance)"
            " VALUES (1, %s, %s, %s, %s, %s, 0)",
            (panne, secondes, cle_retiree, duree_jeton, fois),
        )

    def numeros_libres(self) -> tuple[str, ...]:
        """The people whom no demonstration account holds; the first is the guide's Anne PORTE."""
        return NUMEROS_LIBRES

    def json(self, numero: str) -> dict[str, Any]:
        ligne = self.base.execute("SELECT contenu FROM simulateur_demande WHERE num_unique = %s", (numero,)).fetchone()
        assert ligne is not None, numero
        contenu: dict[str, Any] = ligne[0]
        return contenu

    def ecrire_json(self, numero: str, contenu: dict[str, Any]) -> None:
        """Anything, even what the contract forbids."""
        ordre = "UPDATE simulateur_demande SET contenu = %s WHERE num_unique = %s"
        assert self.base.execute(ordre, (Jsonb(contenu), numero)).rowcount == 1, numero

    def dossier(self, numero: str) -> DossierSNE:
        return dossier_depuis_json(self.json(numero))

    def modifier(self, numero: str, **champs: Any) -> DossierSNE:
        """Change fields of `DossierSNE`; those of the demandeur are written `demandeur__mel`."""
        dossier = self.dossier(numero)
        du_demandeur = {
            cle.removeprefix("demandeur__"): v for cle, v in champs.items() if cle.startswith("demandeur__")
        }
        autres = {cle: valeur for cle, valeur in champs.items() if not cle.startswith("demandeur__")}
        dossier = replace(dossier, **{"demandeur": replace(dossier.demandeur, **du_demandeur)} | autres)
        self.ecrire_json(numero, dossier_vers_json(dossier))
        return dossier

    def radier(self, numero: str, le: date, motif: str = "RADREN") -> DossierSNE:
        return self.modifier(numero, date_radiation=le, motif_radiation=motif)

    def appels(self) -> list[str]:
        """The calls received since `remettre` and answered, oldest first: « GET /api/v1/demandes/… 200 »."""
        ordre = "SELECT methode, chemin, statut FROM simulateur_appel WHERE recu_le >= %s ORDER BY id"
        lignes = self.base.execute(ordre, (self.depuis,)).fetchall()
        return [f"{methode} {chemin} {statut}" for methode, chemin, statut in lignes]

    def commande(self, *mots: str) -> str:
        """Run one command of the simulator; what it prints."""
        programme = [sys.executable, "-m", "demandes.sne.simulateur", *mots]
        return subprocess.run(programme, env=self.environnement, check=True, capture_output=True, text=True).stdout

    def oublier_les_appels(self) -> None:
        """Those of a test before, still asleep in the registry, are not counted when they end."""
        ligne = self.base.execute("SELECT clock_timestamp()").fetchone()
        assert ligne is not None
        self.depuis: datetime = ligne[0]


def _port_libre() -> int:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port: int = prise.getsockname()[1]
        return port


def _attendre(url: str, processus: subprocess.Popen[bytes]) -> None:
    limite = time.monotonic() + 60
    while time.monotonic() < limite and processus.poll() is None:
        try:
            if httpx.get(f"{url}/sante/vivant/", trust_env=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    pytest.fail("Le simulateur du registre n'a pas démarré.")


@pytest.fixture(scope="session")
def serveur_registre() -> Iterator[Registre]:
    """One simulator for the process."""
    base = f"registre_{os.environ.get('PYTEST_XDIST_WORKER', 'seul')}"
    adresse = os.environ["DATABASE_URL"]
    with psycopg.connect(adresse, autocommit=True) as connexion:
        connexion.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(base)))
        connexion.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(base)))
    port = _port_libre()
    environnement = {
        **os.environ,
        "SNE_DATABASE_URL": make_conninfo(adresse, dbname=base),
        "ALIN_SNE_CLIENT": "alin",
        "ALIN_SNE_SECRET": SECRET,
        "ALIN_HOTES": "127.0.0.1",
    }
    programme = [sys.executable, "-m", "demandes.sne.simulateur"]
    for ordre in (("migrate",), ("peupler", "--foule", "0")):
        subprocess.run([*programme, *ordre, "-v", "0"], env=environnement, check=True, stdout=subprocess.DEVNULL)
    serveur = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--workers", "1"),
        *("--blocking-threads", "32", "--host", "127.0.0.1", "--port", str(port)),
        "demandes.sne.simulateur.wsgi:application",
    ]
    with (
        psycopg.connect(make_conninfo(adresse, dbname=base), autocommit=True) as connexion,
        subprocess.Popen(serveur, env=environnement, start_new_session=True, **MUET) as processus,
    ):
        try:
            _attendre(f"http://127.0.0.1:{port}", processus)
            connexion.execute("CREATE TABLE origine AS SELECT * FROM simulateur_demande")
            yield Registre(f"http://127.0.0.1:{port}", connexion, environnement)
        finally:
            os.killpg(processus.pid, signal.SIGKILL)  # Granian's worker too: it would outlive its parent


@pytest.fixture
def registre(serveur_registre: Registre, settings: Any) -> Registre:
    """The simulator as it was at the start, and the portal's client pointed at it, its breaker closed."""
    serveur_registre.remettre()
    for connu in client._registres.values():
        connu.disjoncteur.noter(repond=True)
        connu.perime_a = 0.0  # a token of the test before may last a second, and expire in the middle of this one
    settings.SNE_URL = serveur_registre.url
    settings.SNE_CLIENT = "alin"
    settings.SNE_SECRET = SECRET
    settings.SNE_DELAI, settings.SNE_REPOS = 10.0, 15.0
    return serveur_registre
