"""Where a demo keeps its things: one data folder for each checkout, one short folder for its sockets, its secrets."""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from pathlib import Path
from typing import IO

from alin.embarque.postgres import ENTREPOT, ouvrir_dossier

RACINE = Path(__file__).resolve().parent.parent.parent
ENSEIGNE = "alin-donnees.txt"
"""The file that says a folder is ours: no other is ever erased."""
SECRETS = ("cle", "postgres", "alin_proprietaire", "alin", "sne", "registre")


RACINE_DES_PRISES = Path("/tmp")  # noqa: S108 -- the folder made in it is ours alone


class DossierRefuse(Exception):
    """The data folder cannot be used; the message says why."""


def dossier_des_donnees() -> Path:
    """`ALIN_DONNEES`; else, as root, a folder PostgreSQL's account can reach, one per checkout; else .donnees/."""
    choisi = os.environ.get("ALIN_DONNEES")
    if choisi:
        return Path(choisi).expanduser().absolute()
    if os.geteuid() == 0:
        return ENTREPOT / empreinte(RACINE)
    return RACINE / ".donnees"


def empreinte(chemin: Path) -> str:
    return hashlib.sha256(bytes(chemin)).hexdigest()[:10]


def empreinte_des_fichiers(*motifs: str) -> str:
    """Changes whenever a file of the checkout that matches one of the patterns does."""
    fichiers = sorted(fichier for motif in motifs for fichier in RACINE.glob(motif) if fichier.is_file())
    reperes = [f"{fichier.relative_to(RACINE)} {fichier.stat().st_mtime_ns}" for fichier in fichiers]
    return hashlib.sha256("\n".join(reperes).encode()).hexdigest()


class Donnees:
    """The data folder of a demo, held by one process at a time."""

    def __init__(self, dossier: Path) -> None:
        """Open it, make it if need be, and hold it. Raises DossierRefuse."""
        if dossier.exists() and not (dossier / ENSEIGNE).exists() and any(dossier.iterdir()):
            raise DossierRefuse(f"Le dossier {dossier} contient autre chose que nos données : choisissez-en un autre.")
        if dossier.is_relative_to(ENTREPOT):
            ouvrir_dossier(ENTREPOT)
        # As root, PostgreSQL's account must pass through; what is beside its own folder is closed to it.
        self.dossier = ouvrir_dossier(dossier, 0o711 if os.geteuid() == 0 else 0o700)
        (dossier / ENSEIGNE).write_text("Données de la démonstration d'AL'in. « make demo-neuf » les efface.\n")
        self.verrou: IO[str] = (dossier / "verrou").open("w")
        try:
            fcntl.flock(self.verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as erreur:
            self.close()
            raise DossierRefuse(
                f"Une démonstration tourne déjà avec les données de {dossier} : arrêtez-la d'abord (Ctrl-C)."
            ) from erreur

    def close(self) -> None:
        """Let another process hold the folder."""
        self.verrou.close()

    def effacer(self) -> None:
        """Start afresh: everything goes but the lock we hold."""
        for reste in self.dossier.iterdir():
            if reste.name in (ENSEIGNE, "verrou"):
                continue
            if reste.is_symlink():
                shutil.rmtree(reste.resolve(), ignore_errors=True)
                reste.unlink()
            elif reste.is_dir():
                shutil.rmtree(reste)
            else:
                reste.unlink()

    def ouvrir(self, nom: str) -> Path:
        """A folder inside ours, for our eyes only."""
        return ouvrir_dossier(self.dossier / nom, 0o700)

    def prises(self) -> Path:
        """The folder of the sockets: short, since the path of one is 107 bytes at most, and always the same."""
        prises = RACINE_DES_PRISES / f"alin-{os.geteuid()}-{empreinte(self.dossier)}"
        if prises.is_symlink() or (prises.exists() and prises.stat().st_uid != os.geteuid()):
            raise DossierRefuse(f"Le dossier {prises} appartient à quelqu'un d'autre : faites-le supprimer.")
        return ouvrir_dossier(prises)

    def secrets(self) -> dict[str, str]:
        """Drawn once, then the same at every start."""
        fichier = self.dossier / "secrets.json"
        if not fichier.exists():
            brouillon = fichier.with_suffix(".brouillon")
            brouillon.unlink(missing_ok=True)
            with os.fdopen(os.open(brouillon, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as flux:
                json.dump({nom: secrets.token_urlsafe(48) for nom in SECRETS}, flux)
            brouillon.rename(fichier)
        valeurs: dict[str, str] = json.loads(fichier.read_text())
        return valeurs

    def a_jour(self, nom: str, empreinte_voulue: str) -> bool:
        """Was this step done for the same input?"""
        tampon = self.dossier / f"{nom}.tampon"
        return tampon.exists() and tampon.read_text() == empreinte_voulue

    def tamponner(self, nom: str, empreinte_faite: str) -> None:
        (self.dossier / f"{nom}.tampon").write_text(empreinte_faite)
