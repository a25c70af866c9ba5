"""Real processes of the portal, beside the test's own database."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as reglages
from django.db import connection
from psycopg.conninfo import make_conninfo

RACINE = Path(__file__).resolve().parents[2]


@pytest.fixture
def environnement(transactional_db: None) -> dict[str, str]:
    """What a process must be told to work on the test's database, queue and mailbox."""
    base = make_conninfo(os.environ["DATABASE_URL"], dbname=str(connection.settings_dict["NAME"]))
    return {
        **os.environ,
        "DATABASE_URL": base,
        "ALIN_SMTP_HOTE": reglages.EMAIL_HOST,
        "ALIN_SMTP_PORT": str(reglages.EMAIL_PORT),
        "PYTHONUNBUFFERED": "1",
    }


@pytest.fixture
def lancer(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start a module of the project; whatever still runs is killed at the end."""
    processus: list[subprocess.Popen[bytes]] = []

    def _lancer(environnement: dict[str, str], *mots: str) -> subprocess.Popen[bytes]:
        journal = (tmp_path / f"journal-{len(processus)}.txt").open("wb")
        processus.append(
            subprocess.Popen(
                [sys.executable, "-m", *mots],
                cwd=RACINE,
                env=environnement,
                stdout=journal,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        )
        journal.close()
        return processus[-1]

    yield _lancer
    for un in processus:
        if un.poll() is None:
            os.killpg(un.pid, signal.SIGKILL)
        un.wait()


def attendre(vrai: Callable[[], bool], secondes: float = 60) -> None:
    """Until it is so; the limit only keeps a broken test from hanging."""
    fin = time.monotonic() + secondes
    while not vrai():
        assert time.monotonic() < fin, "rien n'est venu"
        time.sleep(0.02)
