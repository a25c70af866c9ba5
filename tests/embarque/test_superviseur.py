"""A process that dies comes back; one that cannot live stops the demo with its last words."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from alin.embarque.superviseur import CHUTES_ADMISES, Gardien, Programme, TropDeChutes


def programme(tmp_path: Path, code: str) -> Programme:
    return Programme([sys.executable, "-c", code], os.environ, tmp_path, tmp_path / "journal.log")


def veiller_sans_fin(gardien: Gardien) -> None:
    while True:
        gardien.veiller(0.05)


@pytest.mark.panne
def test_a_killed_process_is_started_again(tmp_path):
    paroles: list[str] = []
    gardien = Gardien(paroles.append)
    dormeur = programme(tmp_path, "import time; time.sleep(60)")
    gardien.prendre("dormeur", dormeur)
    assert dormeur.processus is not None
    premier = dormeur.processus.pid
    os.kill(premier, signal.SIGKILL)
    limite = time.monotonic() + 10
    while dormeur.processus.pid == premier and time.monotonic() < limite:
        gardien.veiller(0.05)
    assert dormeur.processus.poll() is None
    assert dormeur.processus.pid != premier
    assert paroles == ["« dormeur » s'est arrêté (code -9) : on le relance."]
    gardien.tout_arreter([(2.0, ["dormeur"])])
    assert dormeur.processus.returncode == -signal.SIGTERM


def test_a_process_that_keeps_dying_ends_the_demo_with_the_end_of_its_log(tmp_path):
    paroles: list[str] = []
    gardien = Gardien(paroles.append)
    gardien.prendre("tombeur", programme(tmp_path, "print('plus de place sur le disque'); raise SystemExit(3)"))
    with pytest.raises(TropDeChutes, match=r"tombeur.*\n(.*\n)*plus de place sur le disque"):
        veiller_sans_fin(gardien)
    assert len(paroles) == CHUTES_ADMISES


@pytest.mark.panne
def test_a_process_deaf_to_sigterm_is_killed_with_its_children(tmp_path):
    code = (
        "import signal, subprocess, sys, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "enfant = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        "print(enfant.pid, flush=True)\n"
        "time.sleep(60)"
    )
    sourd = programme(tmp_path, code)
    sourd.demarrer()
    limite = time.monotonic() + 10
    while not (tmp_path / "journal.log").read_text() and time.monotonic() < limite:
        time.sleep(0.05)
    enfant = int((tmp_path / "journal.log").read_text())
    sourd.arreter(0.2)
    assert sourd.processus is not None
    assert sourd.processus.returncode == -signal.SIGKILL
    while Path(f"/proc/{enfant}").exists() and time.monotonic() < limite:
        if Path(f"/proc/{enfant}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            break
        time.sleep(0.05)
    assert time.monotonic() < limite
