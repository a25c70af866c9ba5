"""Starting and stopping one child process, so that none survives us and none is stopped too early."""

import contextlib
import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Compte(NamedTuple):
    """A system account."""

    nom: str
    uid: int
    gid: int


def compte_sans_droits() -> Compte | None:
    """As root, the account that runs PostgreSQL (it refuses root); None for an ordinary user, who runs it himself."""
    if os.geteuid() != 0:
        return None
    entree = pwd.getpwnam("nobody")
    return Compte(entree.pw_name, entree.pw_uid, entree.pw_gid)


def finir_avec_le_parent(signal_de_fin: int) -> Callable[[], None] | None:
    """What the child runs before its program: on Linux, be told when we die, even of a SIGKILL."""
    if libc is None:
        return None
    prctl = libc.prctl

    def demander() -> None:
        prctl(PR_SET_PDEATHSIG, signal_de_fin)

    return demander


def lancer(
    commande: Sequence[str | Path],
    *,
    environnement: Mapping[str, str],
    dossier: Path,
    journal: Path,
    compte: Compte | None = None,
    signal_de_fin: int = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start `commande` in a session of its own: a Ctrl-C of the terminal reaches us alone, and we choose the order.

    Raises OSError when the program cannot be started. Call it from the main thread: `PR_SET_PDEATHSIG` follows the
    thread.
    """
    with journal.open("ab") as sortie:
        return subprocess.Popen(
            [str(mot) for mot in commande],
            env=dict(environnement),
            cwd=dossier,
            stdin=subprocess.DEVNULL,
            stdout=sortie,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            user=compte.uid if compte else None,
            group=compte.gid if compte else None,
            extra_groups=[] if compte else None,
            preexec_fn=finir_avec_le_parent(signal_de_fin),
        )


def arreter(processus: subprocess.Popen[bytes], signal_de_fin: int, delai: float) -> None:
    """Ask the process to stop, wait `delai` seconds at most, then kill whatever is left of its group."""
    if processus.poll() is None:
        processus.send_signal(signal_de_fin)
        with contextlib.suppress(subprocess.TimeoutExpired):
            processus.wait(delai)
    tuer_le_groupe(processus)


def tuer_le_groupe(processus: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the process and to the children it may have left behind."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(processus.pid, signal.SIGKILL)
    processus.wait()


def ligne_de_commande(pid: int) -> str:
    """The command line of a running process, "" if there is none."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    if Path("/proc/self").exists():
        return ""
    return subprocess.run(
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout


def fin_du_journal(journal: Path, lignes: int = 15) -> str:
    """The last lines of a log, to be shown with an error."""
    try:
        return "\n".join(journal.read_text(errors="replace").splitlines()[-lignes:])
    except OSError:
        return ""
