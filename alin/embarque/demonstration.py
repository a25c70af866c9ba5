"""`make demo`: every server of the portal on this machine, from nothing, until Ctrl-C."""

import argparse
import os
import shutil
import signal
import sys
import time
from contextlib import closing
from types import FrameType

import httpx

from alin.embarque.dossiers import RACINE, Donnees, DossierRefuse, dossier_des_donnees, empreinte_des_fichiers
from alin.embarque.parent import Make
from alin.embarque.ports import PortPris, localhost_est_en_ipv6, port_libre, verifier_les_ports
from alin.embarque.postgres import Postgres, ServeurEnPanne
from alin.embarque.processus import fin_du_journal
from alin.embarque.superviseur import Gardien, Programme, TropDeChutes
from alin.embarque.valkey import Valkey

DELAI_PRET = 120.0
"""Seconds for the portal to be ready once its processes are started."""
ARRET = (
    (3.5, ("portail", "portail en IPv6", "simulateur", "horloge", "ouvrier")),
    (1.0, ("courriels", "valkey")),
    (5.0, ("postgres",)),
)
"""Who stops when, and how many seconds it has: under ten in all."""
SOURCES = {
    "base": ("*/migrations/*.py",),
    "statiques": ("static/**/*", "*/static/**/*", "requirements-dev.txt"),
    "registre": ("demandes/sne/**/*.py", "demandes/sne/*.json"),
}
"""What each preparation is made from: nothing is done again while it has not changed."""
FORCES = {
    "portail": ("--workers", "2", "--blocking-threads", "8"),
    "simulateur": ("--workers", "1", "--blocking-threads", "32"),
}
"""A registry told to be slow keeps many threads asleep."""
GRANIAN = ("--interface", "wsgi", "--no-ws", "--workers-kill-timeout", "3", "--respawn-failed-workers")


class Arret(BaseException):
    """Ctrl-C or SIGTERM."""


class DemoImpossible(Exception):
    """The message says what to do."""


def dire(phrase: str) -> None:
    sys.stdout.write(phrase + "\n")
    sys.stdout.flush()


class Demonstration:
    """The processes of one demo, from the first to the last."""

    def __init__(self, donnees: Donnees, port: int) -> None:
        self.donnees = donnees
        self.port = port
        self.adresse = f"http://localhost:{port}"
        self.journaux = donnees.ouvrir("journaux")
        self.prises = donnees.prises()
        self.secrets = donnees.secrets()
        self.postgres = Postgres(donnees.dossier, self.prises / "pg", self.secrets)
        self.valkey = Valkey(donnees.dossier, self.prises)
        self.gardien = Gardien(dire)
        self.port_smtp = port_libre()
        self.comptes = donnees.dossier / "comptes.txt"
        self.environnement = self._environnement()

    def _environnement(self) -> dict[str, str]:
        """What every child is told; docs/exploitation.md describes each variable."""
        ici = f"http://127.0.0.1:{self.port + 1}"
        sans_mandataire = ",".join(filter(None, (os.environ.get("NO_PROXY"), "localhost,127.0.0.1")))
        return {
            **os.environ,
            "NO_PROXY": sans_mandataire,
            "no_proxy": sans_mandataire,
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "alin.settings",
            "DATABASE_URL": self.postgres.url("alin", "alin"),
            "REDIS_URL": self.valkey.url(),
            "ALIN_DEMO": "1",
            "ALIN_ADRESSE": self.adresse,
            "ALIN_HOTES": "localhost,127.0.0.1,[::1]",
            "ALIN_CLE_SECRETE": self.secrets["cle"],
            "ALIN_STATIQUES": str(self.donnees.ouvrir("statiques")),
            "ALIN_BOITE_DEMO": str(self.donnees.ouvrir("courriels")),
            "ALIN_SMTP_HOTE": "127.0.0.1",
            "ALIN_SMTP_PORT": str(self.port_smtp),
            "ALIN_SNE_URL": ici,
            "ALIN_SNE_PAGES": f"http://localhost:{self.port + 1}",
            "ALIN_SNE_CLIENT": "alin",
            "ALIN_SNE_SECRET": self.secrets["registre"],
            "SNE_DATABASE_URL": self.postgres.url("sne", "sne"),
        }

    def programme(self, journal: str, *mots: str, **variables: str) -> Programme:
        """A module of our Python, run from the checkout."""
        return Programme(
            [sys.executable, "-m", *mots],
            {**self.environnement, **variables},
            RACINE,
            self.journaux / f"{journal}.log",
        )

    def demarrer(self) -> str:
        """Start everything, in order; the demo accounts, as `charger_demo` tells them. Raises when it cannot."""
        self.gardien.prendre("postgres", self.postgres)
        self.gardien.prendre("valkey", self.valkey)
        courriels = self.programme(
            "courriels", "alin.embarque.courriels", str(self.port_smtp), self.environnement["ALIN_BOITE_DEMO"]
        )
        self.gardien.prendre("courriels", courriels)
        etapes = self._lancer_la_preparation()
        try:
            self._ouvrir_le_registre()
            if not self._deja_pret():
                self._finir(etapes)
            self._ouvrir_le_portail()
            self._finir(etapes)
        finally:
            for etape in etapes.values():
                etape.arreter(1.0)
        self._attendre_le_portail()
        for nom, motifs in SOURCES.items():
            self.donnees.tamponner(nom, empreinte_des_fichiers(*motifs))
        return self.comptes.read_text()

    def _a_jour(self, nom: str) -> bool:
        return self.donnees.a_jour(nom, empreinte_des_fichiers(*SOURCES[nom]))

    def _deja_pret(self) -> bool:
        """Only dates will change in the database: the portal may start beside the preparation."""
        return self._a_jour("base") and self._a_jour("statiques")

    def _lancer_la_preparation(self) -> dict[str, Programme]:
        """The static files, and the portal's database as its owner: side by side."""
        etapes = {}
        if not self._a_jour("statiques"):
            shutil.rmtree(self.environnement["ALIN_STATIQUES"])
            etapes["statiques"] = self.programme("statiques", "django", "collectstatic", "--noinput", "-v", "0")
        proprietaire = self.postgres.url("alin_proprietaire", "alin")
        preparer = ("django", "preparer_demo", str(self.comptes))
        etapes["base"] = self.programme("preparation", *preparer, DATABASE_URL=proprietaire)
        for etape in etapes.values():
            etape.demarrer()
        return etapes

    def _ouvrir_le_registre(self) -> None:
        if not self._a_jour("registre"):
            for ordre in ("migrate", "peupler"):
                etape = self.programme("simulateur", "demandes.sne.simulateur", ordre)
                etape.demarrer()
                self._finir({ordre: etape})
        serveur = self._serveur("simulateur", "demandes.sne.simulateur.wsgi:application", "127.0.0.1", self.port + 1)
        self.gardien.prendre("simulateur", serveur)

    def _ouvrir_le_portail(self) -> None:
        hotes = {"portail": "127.0.0.1", **({"portail en IPv6": "::1"} if localhost_est_en_ipv6() else {})}
        for nom, hote in hotes.items():
            self.gardien.prendre(nom, self._serveur("portail", "alin.wsgi:application", hote, self.port))
        ouvrier = ("celery", "-A", "alin", "worker", "-c", "2", "-l", "warning", "--without-gossip", "--without-mingle")
        self.gardien.prendre("ouvrier", self.programme("ouvrier", *ouvrier))
        horloge = ("celery", "-A", "alin", "beat", "-l", "warning", "-s", str(self.donnees.dossier / "beat"))
        self.gardien.prendre("horloge", self.programme("horloge", *horloge))

    def _finir(self, etapes: dict[str, Programme]) -> None:
        for nom, etape in etapes.items():
            if etape.attendre():
                raise DemoImpossible(f"La préparation a échoué ({nom}).\n{fin_du_journal(etape.journal)}")

    def _serveur(self, nom: str, application: str, hote: str, port: int) -> Programme:
        ou = ("--host", hote, "--port", str(port), "--log-level", "warning")
        return self.programme(nom, "granian", *GRANIAN, *FORCES[nom], *ou, application, ALIN_CONNEXIONS="8")

    def _attendre_le_portail(self) -> None:
        limite = time.monotonic() + DELAI_PRET
        constat = "il ne répond pas"
        with httpx.Client(trust_env=False, timeout=10) as client:
            while time.monotonic() < limite:
                self.gardien.veiller()
                try:
                    reponse = client.get(f"http://127.0.0.1:{self.port}/sante/")
                except httpx.HTTPError:
                    continue
                if reponse.status_code == httpx.codes.OK:
                    return
                constat = reponse.text
        raise DemoImpossible(f"Le portail n'est pas prêt : {constat}\n{fin_du_journal(self.journaux / 'portail.log')}")

    def annoncer(self, comptes: str) -> None:
        """Where to go, with which accounts, how to stop."""
        adresses = {
            "Le portail": f"{self.adresse}/",
            "Les courriels envoyés": f"{self.adresse}/demo/courriels/",
            "Les conseillers": f"{self.adresse}/admin/",
            "Le registre (simulé)": f"http://localhost:{self.port + 1}/",
        }
        trait = "─" * 72
        dire(f"\n{trait}\n  AL'in est prêt.\n")
        for nom, adresse in adresses.items():
            dire(f"  {nom:<24}{adresse}")
        dire("\n" + "\n".join(f"  {ligne}".rstrip() for ligne in comptes.strip().splitlines()))
        dire(f"\n  Données et journaux : {self.donnees.dossier}\n  Pour arrêter : Ctrl-C\n{trait}\n")

    def veiller(self) -> None:
        """Until a signal, or until make had one."""
        make = Make()
        while not make.veut_finir():
            self.gardien.veiller()
        raise Arret

    def arreter(self) -> None:
        self.gardien.tout_arreter(ARRET)
        shutil.rmtree(self.prises, ignore_errors=True)


def sur_signal(_numero: int, _cadre: FrameType | None) -> None:
    """The first signal ends the demo; the others are ignored while it stops."""
    for numero in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(numero, signal.SIG_IGN)
    raise Arret


def tourner(donnees: Donnees, port: int) -> None:
    """A whole demo. Returns when it has been asked to stop, and has."""
    depart = time.monotonic()
    demonstration = Demonstration(donnees, port)
    try:
        dire("Démarrage de PostgreSQL, de Valkey, du portail et du registre simulé…")
        demonstration.annoncer(demonstration.demarrer())
        dire(f"Prêt en {time.monotonic() - depart:.0f} s.")
        demonstration.veiller()
    except Arret:
        dire("\nArrêt en cours…")
    finally:
        for numero in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(numero, signal.SIG_IGN)
        demonstration.arreter()
    dire(f"La démonstration est arrêtée. Ses données restent dans {donnees.dossier}.")


def main(arguments: list[str]) -> int:
    """The exit code; every refusal is a sentence, never a traceback."""
    analyse = argparse.ArgumentParser(prog="make demo")
    analyse.add_argument("--neuf", action="store_true", help="effacer d'abord les données de cette démonstration")
    neuf = analyse.parse_args(arguments).neuf
    for numero in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(numero, sur_signal)
    try:
        port = int(os.environ.get("PORT", "8000"))
        verifier_les_ports(port)
        with closing(Donnees(dossier_des_donnees())) as donnees:
            if neuf:
                donnees.effacer()
            tourner(donnees, port)
    except Arret:
        return 0
    except (DemoImpossible, DossierRefuse, PortPris, ServeurEnPanne, TropDeChutes) as erreur:
        sys.stderr.write(f"\n{erreur}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
