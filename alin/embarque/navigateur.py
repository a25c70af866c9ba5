"""The browser of the tests: `python -m alin.embarque.navigateur` finds a Chromium or installs one."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NOMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ABSENT = (
    "Aucun Chromium sur cette machine : les tests au navigateur ne peuvent pas avoir lieu.\n"
    "Installez-en un (« apt-get install chromium », ou « .venv/bin/playwright install --with-deps chromium »)."
)


def chromium() -> str | None:
    """The path of a Chromium that starts: the machine's own first, then Playwright's."""
    for nom in NOMS:
        chemin = shutil.which(nom)
        if chemin is not None and demarre(chemin):
            return chemin
    propre = chromium_de_playwright()
    return propre if propre is not None and demarre(propre) else None


def demarre(chemin: str) -> bool:
    """Some packages install a `chromium` that only says to install another."""
    try:
        return not subprocess.run(
            [chemin, "--version"], stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=30
        ).returncode
    except (OSError, subprocess.TimeoutExpired):
        return False


def chromium_de_playwright() -> str | None:
    """Where `playwright install` puts its own, if it is there."""
    # Asked from a process of its own: the driver may not start twice in one that already has an event loop.
    programme = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    resultat = subprocess.run([sys.executable, "-c", programme], capture_output=True, text=True, check=False)
    chemin = resultat.stdout.strip()
    return chemin if chemin and Path(chemin).exists() else None


def installer() -> None:
    """Try the machine's packages when we may, then Playwright's download."""
    essais = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        essais.insert(0, ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"])
        essais.insert(0, ["apt-get", "update", "-q"])
    for commande in essais:
        subprocess.run(
            commande,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            check=False,
        )
        if chromium():
            return


def main() -> int:
    """0 when there is a browser; without one, a sentence, and 1 where it is required (CI)."""
    if chromium() is None:
        installer()
    if chromium() is not None:
        return 0
    sys.stderr.write(ABSENT + "\n")
    return 1 if os.environ.get("CI") else 0


if __name__ == "__main__":
    sys.exit(main())
