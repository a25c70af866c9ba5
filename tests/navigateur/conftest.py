"""The whole product as a newcomer starts it, and people who use it in Chromium.

The demo is started once (its tests run in one process: `xdist_group`), on a free port, in a folder of its own: real web
server, worker, clock, mail catcher and registry. `make test` follows each journey on one screen, `make epreuves` on the
other: both change the same people, so they never share a demo.
"""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from alin.embarque.essais import dossier_jetable
from alin.embarque.ports import port_libre

RACINE = Path(__file__).resolve().parents[2]
REGLES_D_AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
ECRANS = {"telephone": {"width": 390, "height": 844}, "bureau": {"width": 1280, "height": 900}}
MOT_DE_PASSE = "Demo2026alin"
CHARPENTE = """() => {
    const charpente = (e) => [e.tagName, e.className, ...[...e.attributes].map((a) => a.name),
        ...new Set([...e.children].map(charpente))].join("<")
    return location.pathname.split("/")[1] + charpente(document.documentElement)}"""
"""What axe looks at: the elements of a page, their classes, which attributes they have; rows alike count once."""
CHARPENTES_VUES: set[tuple[int | None, str]] = set()
"""A page built like one that was found sound is not examined again."""
CODES_SERVIS: set[tuple[str, str]] = set()
DERNIER_MOMENT = 22
"""Seconds of a code's thirty after which there may be no time left to type it."""
VARIABLES_A_TAIRE = ("DATABASE_URL", "REDIS_URL", "ALIN_", "DJANGO_SETTINGS_MODULE")


def deux_ports_libres() -> int:
    """A free port whose next one is free too: the registry's."""
    while True:
        port = port_libre()
        try:
            with httpx.Client() as client:
                client.get(f"http://127.0.0.1:{port + 1}", timeout=0.2)
        except httpx.ConnectError:
            return port


@pytest.fixture(scope="session")
def donnees_de_la_demo() -> Iterator[Path]:
    """A folder that PostgreSQL's account can reach, as root too: pytest's own are closed to it."""
    with dossier_jetable() as dossier:
        yield dossier / "demo"


@pytest.fixture(scope="session")
def demo(donnees_de_la_demo: Path) -> Iterator[str]:
    """The address of a demo that runs; in the end it stops within ten seconds."""
    port = deux_ports_libres()
    dossier = donnees_de_la_demo
    environnement = {n: v for n, v in os.environ.items() if not n.startswith(VARIABLES_A_TAIRE)}
    environnement |= {"PORT": str(port), "ALIN_DONNEES": str(dossier)}
    journal = (dossier.parent / "demo.log").open("w+")
    processus = subprocess.Popen(
        [sys.executable, "-m", "alin.embarque.demonstration"],
        cwd=RACINE,
        env=environnement,
        stdout=journal,
        stderr=journal,
    )
    try:
        attendre(lambda: "Prêt en" in Path(journal.name).read_text() or processus.poll() is not None, 300)
        assert processus.poll() is None, Path(journal.name).read_text()
        yield f"http://localhost:{port}"
    finally:
        processus.send_signal(signal.SIGTERM)
        processus.wait(10)
        journal.close()
    assert processus.returncode == 0


def attendre(vrai: Callable[[], bool], secondes: float = 60) -> None:
    """Until it is so; the limit only keeps a broken test from hanging."""
    fin = time.monotonic() + secondes
    while not vrai():
        assert time.monotonic() < fin, "rien n'est venu"
        time.sleep(0.2)


class Personne:
    """Somebody at a browser of his own: goes, clicks, types, and looks that each page is accessible."""

    def __init__(self, contexte: BrowserContext, adresse: str) -> None:
        self.adresse = adresse
        self.page: Page = contexte.new_page()
        self.page.set_default_timeout(15_000)
        self.refus: list[str] = []
        self.page.on("console", lambda message: self.refus.append(message.text) if message.type == "error" else None)
        self.vues: set[str] = set()

    def va(self, chemin: str) -> None:
        reponse = self.page.goto(f"{self.adresse}{chemin}")
        assert reponse is not None
        assert reponse.ok, f"{chemin} : {reponse.status}"
        self.regarde()

    def clique(self, nom: str, role: Any = "link") -> None:
        self.page.get_by_role(role, name=nom, exact=False).first.click()
        self.regarde()

    def appuie(self, nom: str) -> None:
        self.clique(nom, "button")

    def ecrit(self, champ: str, texte: str) -> None:
        self.page.get_by_label(champ).first.fill(texte)

    def lit(self, texte: str | re.Pattern[str]) -> None:
        expect(self.page.locator("body")).to_contain_text(texte)

    def regarde(self) -> None:
        """axe finds nothing, nothing scrolls sideways, the console is silent, there is one h1."""
        self.page.wait_for_load_state()
        taille = self.page.viewport_size
        charpente = taille["width"] if taille else None, self.page.evaluate(CHARPENTE)
        if charpente not in CHARPENTES_VUES:
            resultats = Axe().run(self.page, options=REGLES_D_AXE)
            defauts = [
                f"{defaut['id']} : {[noeud['html'][:160] for noeud in defaut['nodes'][:3]]}"
                for defaut in resultats.response["violations"]
            ]
            assert not defauts, f"{self.page.url}\n" + "\n".join(defauts)
            CHARPENTES_VUES.add(charpente)
        largeur = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert largeur <= 0, f"{self.page.url} déborde de {largeur} px"
        assert not self.refus, f"{self.page.url}\n" + "\n".join(self.refus)
        self.vues.add(re.sub(r"[0-9a-f-]{36}", "…", self.page.url.removeprefix(self.adresse)))

    def se_connecte(self, courriel: str) -> None:
        self.va("/connexion/")
        self.ecrit("Email", courriel)
        self.ecrit("Mot de passe", MOT_DE_PASSE)
        self.appuie("JE ME CONNECTE")
        if "/deuxieme-facteur/" in self.page.url:
            self.ecrit("Code de votre application", self.code_de(courriel))
            self.appuie("Me connecter")

    def code_de(self, courriel: str) -> str:
        """The code on this account's telephone, as the demo shows it; one serves once, so it waits for another."""
        telephone = self.page.context.new_page()
        lus: list[str] = []

        def nouveau() -> bool:
            if time.time() % 30 > DERNIER_MOMENT:
                return False
            telephone.goto(f"{self.adresse}/demo/")
            lus[:] = [telephone.locator("li", has_text=courriel).locator("code").inner_text()]
            return (courriel, lus[0]) not in CODES_SERVIS

        attendre(nouveau)
        telephone.close()
        CODES_SERVIS.add((courriel, lus[0]))
        return lus[0]

    def recoit(self, destinataire: str, sujet: str) -> str:
        """The text of the latest mail of that subject, as the demo's mailbox shows it; waits for the worker."""

        def lettres() -> list[str]:
            self.page.goto(f"{self.adresse}/demo/courriels/?destinataire={destinataire}")
            return [lettre.inner_text() for lettre in self.page.locator("article").all()]

        trouves: list[str] = []

        def arrive() -> bool:
            trouves[:] = [lettre for lettre in lettres() if sujet in lettre]
            return bool(trouves)

        attendre(arrive)
        self.regarde()
        return trouves[0]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A phone for `make test`, a desk for `make epreuves`; the other way round for `sur_un_bureau`.

    A journey that is for the epreuves alone is made once: it changes the people of the demo.
    """
    if "ecran" in metafunc.fixturenames:
        marques = {marque.name for marque in metafunc.definition.iter_markers()}
        premier = "bureau" if "sur_un_bureau" in marques else "telephone"
        demo = pytest.mark.xdist_group("demo")
        autres = [] if "epreuve" in marques else [nom for nom in ECRANS if nom != premier]
        ecrans = [pytest.param(premier, marks=demo)]
        ecrans += [pytest.param(nom, marks=[demo, pytest.mark.epreuve]) for nom in autres]
        metafunc.parametrize("ecran", ecrans, indirect=True, scope="function")


@pytest.fixture
def ecran(request: pytest.FixtureRequest) -> str:
    """A phone or a desk."""
    return str(request.param)


@pytest.fixture
def arriver(browser: Browser, demo: str, ecran: str) -> Iterator[Callable[[], Personne]]:
    """Open a browser context for one more person."""
    contextes: list[BrowserContext] = []

    def _arriver() -> Personne:
        contextes.append(
            browser.new_context(
                viewport=ECRANS[ecran],  # type: ignore[arg-type]
                locale="fr-FR",
                timezone_id="Europe/Paris",
            )
        )
        return Personne(contextes[-1], demo)

    yield _arriver
    for contexte in contextes:
        contexte.close()
