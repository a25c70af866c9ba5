"""The `make` that started us, when there is one: what happens to it must reach us."""

import contextlib
import os
import signal
from pathlib import Path


class Make:
    """Our parent, watched if it is a make.

    The terminal's Ctrl-C reaches us directly, and make passes a SIGTERM on. But a SIGINT sent to make alone is kept by
    it: it blocks the signal and waits for us, who would never know. Killed, it leaves us behind.
    """

    def __init__(self) -> None:
        self.pid = os.getppid()
        self.present = self._lire("comm").strip() in ("make", "gmake")
        self.sourd = self._bloque_sigint()

    def veut_finir(self) -> bool:
        if not self.present:
            return False
        return os.getppid() != self.pid or (not self.sourd and self._bloque_sigint())

    def _bloque_sigint(self) -> bool:
        for ligne in self._lire("status").splitlines():
            if ligne.startswith("SigBlk:"):
                return bool(int(ligne.split()[1], 16) >> (signal.SIGINT - 1) & 1)
        return False

    def _lire(self, fichier: str) -> str:
        """Linux tells; elsewhere, nothing."""
        with contextlib.suppress(OSError):
            return Path(f"/proc/{self.pid}/{fichier}").read_text()
        return ""
