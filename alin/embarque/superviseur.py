"""Keeps the demo's processes alive: one that dies is started again, and one that keeps dying stops everything."""

import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from alin.embarque.processus import arreter, fin_du_journal, lancer, tuer_le_groupe

CHUTES_ADMISES = 4
"""How many deaths of one process in `PERIODE` seconds before we give up."""
PERIODE = 30.0


class TropDeChutes(Exception):
    """A process dies as soon as it is started; the message shows the end of its log."""


class Gardable(Protocol):
    """A program or a server: what the keeper must know of it."""

    journal: Path
    processus: subprocess.Popen[bytes] | None

    def demarrer(self) -> None: ...

    def arreter(self, delai: float) -> None: ...


@dataclass
class Programme:
    """A command to keep running; its output goes to its log."""

    commande: Sequence[str | Path]
    environnement: Mapping[str, str]
    dossier: Path
    journal: Path
    processus: subprocess.Popen[bytes] | None = None

    def demarrer(self) -> None:
        self.processus = lancer(
            self.commande, environnement=self.environnement, dossier=self.dossier, journal=self.journal
        )

    def arreter(self, delai: float) -> None:
        if self.processus is not None:
            arreter(self.processus, signal.SIGTERM, delai)

    def attendre(self) -> int:
        """Wait for a command that ends by itself; its exit code."""
        return self.processus.wait() if self.processus is not None else 0


@dataclass
class Gardien:
    """Starts programs and servers, watches them, stops them."""

    dire: Callable[[str], None]
    gardes: dict[str, Gardable] = field(default_factory=dict)
    chutes: dict[str, list[float]] = field(default_factory=dict)

    def prendre(self, nom: str, garde: Gardable) -> None:
        """Start it and watch it from now on."""
        self.gardes[nom] = garde
        garde.demarrer()

    def veiller(self, pause: float = 0.3) -> None:
        """One round: start again what has died. Raises TropDeChutes."""
        time.sleep(pause)
        for nom, garde in self.gardes.items():
            if garde.processus is None or garde.processus.poll() is None:
                continue
            tuer_le_groupe(garde.processus)
            maintenant = time.monotonic()
            recentes = [instant for instant in self.chutes.get(nom, []) if instant > maintenant - PERIODE]
            self.chutes[nom] = [*recentes, maintenant]
            if len(self.chutes[nom]) > CHUTES_ADMISES:
                raise TropDeChutes(f"« {nom} » s'arrête sans cesse.\n{fin_du_journal(garde.journal)}")
            self.dire(f"« {nom} » s'est arrêté (code {garde.processus.returncode}) : on le relance.")
            garde.demarrer()

    def tout_arreter(self, etapes: Sequence[tuple[float, Sequence[str]]]) -> None:
        """Stop stage by stage; within one, all are asked together and have the same delay, in seconds."""
        for delai, noms in etapes:
            presents = [self.gardes[nom] for nom in noms if nom in self.gardes]
            if presents:
                with ThreadPoolExecutor(len(presents)) as fils:
                    list(fils.map(lambda garde, d=delai: garde.arreter(d), presents))
