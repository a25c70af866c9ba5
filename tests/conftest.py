"""What every test stands on: embedded servers, no network beyond this machine, no undefined variable in a template."""

import contextlib
import inspect
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import psycopg
import pytest
from django.conf import settings
from django.core.cache import cache
from psycopg import sql

from alin.embarque.essais import serveurs_d_essai
from alin.embarque.navigateur import ABSENT, chromium
from tests.facteur import boite  # noqa: F401  (a fixture)
from tests.registre import registre, serveur_registre  # noqa: F401  (fixtures)

RACINE = Path(__file__).resolve().parent.parent
ENVIRONNEMENT = {
    "DJANGO_SETTINGS_MODULE": "alin.settings",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # Playwright runs an event loop in the thread of the test
    "ALIN_CLE_SECRETE": "une-cle-pour-les-tests-qui-ne-protege-rien-0123456789-abcdefghij",
    "ALIN_ADRESSE": "http://testserver",
    "ALIN_DEMO": "1",
}
MODELE = "test_alin_modele"
pile = contextlib.ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers once, in the process that leads; the others of xdist inherit their addresses."""
    travailleur = os.environ.get("PYTEST_XDIST_WORKER")
    os.environ.update(ENVIRONNEMENT)
    dossier = pile.enter_context(tempfile.TemporaryDirectory(prefix="alin-tests-"))
    os.environ["ALIN_STATIQUES"] = dossier
    os.environ["ALIN_BOITE_DEMO"] = dossier
    if travailleur is None:
        os.environ.update(pile.enter_context(serveurs_d_essai()))
    else:
        # A base of Valkey for each process, so that one may empty its own.
        racine_valkey, _, _ = os.environ["REDIS_URL"].partition("?db=")
        numero = int(travailleur.removeprefix("gw")) + 1
        os.environ["REDIS_URL"] = (
            f"{racine_valkey}?db={numero}"
            if racine_valkey.startswith("unix:")
            else f"{racine_valkey.rpartition('/')[0]}/{numero}"
        )
    gabarits: Any = settings.TEMPLATES[0]
    gabarits["OPTIONS"]["string_if_invalid"] = Indefinie()
    django.setup()
    # Left there, it would make xdist's processes read the settings before they know their own base of Valkey.
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_unconfigure(config: pytest.Config) -> None:
    pile.close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The browser's tests first, they wait the longest; without a browser they are skipped, in CI that is an error."""
    items.sort(key=lambda item: item.get_closest_marker("navigateur") is None)
    concernes = [item for item in items if item.get_closest_marker("navigateur")]
    if concernes and chromium() is None:
        if os.environ.get("CI"):
            raise pytest.UsageError(ABSENT)
        for item in concernes:
            item.add_marker(pytest.mark.skip(reason=ABSENT))


class Indefinie(str):
    """What Django prints for an undefined variable: in one of our templates, an error; in a library's, nothing."""

    def __contains__(self, motif: object) -> bool:
        return motif == "%s"

    def __mod__(self, variable: Any) -> str:
        origine = origine_du_gabarit()
        if origine is not None and origine.is_relative_to(RACINE) and "site-packages" not in origine.parts:
            pytest.fail(f"{origine.relative_to(RACINE)} : la variable « {variable} » n'est pas définie.")
        return ""


def origine_du_gabarit() -> Path | None:
    """The file of the template being rendered: that of the nearest node on the stack."""
    cadre = inspect.currentframe()
    while cadre is not None:
        origine = getattr(cadre.f_locals.get("self"), "origin", None)
        if origine is not None:
            return Path(origine.name)
        cadre = cadre.f_back
    return None


@pytest.fixture(scope="session", autouse=True)
def _reglages_des_tests() -> None:
    """Quick passwords, static files straight from their folders."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session", autouse=True)
def _sans_reseau() -> Iterator[None]:
    """A test speaks to this machine only."""
    connect = socket.socket.connect

    def connect_ici(prise: socket.socket, adresse: Any) -> None:
        if prise.family in (socket.AF_INET, socket.AF_INET6):
            hote = str(adresse[0])
            if not (hote.startswith("127.") or hote in ("::1", "localhost")):
                pytest.fail(f"Un test a voulu joindre {hote}.")
        connect(prise, adresse)

    with pytest.MonkeyPatch.context() as singe:
        singe.setattr(socket.socket, "connect", connect_ici)
        yield


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The whole server is thrown away at the end; dropping its databases first would only wait for stragglers."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """The first process migrates a model base, the others copy it: a base each, migrated once."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    from django.db import connection

    with django_db_blocker.unblock(), psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as autre:
        autre.execute("SELECT pg_advisory_lock(1)")  # until this connection closes
        essais = connection.settings_dict["TEST"]
        sienne, ordinaire = essais["NAME"], connection.settings_dict["NAME"]
        if not autre.execute("SELECT 1 FROM pg_database WHERE datname = %s", [MODELE]).fetchone():
            essais["NAME"] = MODELE
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
            connection.close()
            essais["NAME"] = sienne
            settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = ordinaire
        copie = "CREATE DATABASE {} TEMPLATE {}"
        autre.execute(sql.SQL(copie).format(sql.Identifier(sienne), sql.Identifier(MODELE)))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Texts and ceilings are in the base from the start: most tests only look that they are."""
    from accounts import textes
    from offres import baremes

    with django_db_blocker.unblock():
        textes.charger()
        baremes.charger()


@pytest.fixture(autouse=True)
def _textes_publies(request: pytest.FixtureRequest, _django_db_marker: None) -> None:
    """The portal's texts are published, as `charger_reference` does before the first visitor."""
    base = next((nom for nom in ("transactional_db", "db") if nom in request.fixturenames), None)
    if base or request.node.get_closest_marker("django_db"):
        from accounts import textes
        from accounts.models import Texte

        if base:
            request.getfixturevalue(base)
        if not Texte.objects.exists():  # emptied after a test that commits
            textes.charger()


@pytest.fixture(autouse=True)
def _cache_vide() -> None:
    """Throttles and counters do not pass from one test to the next."""
    cache.clear()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The machine's Chromium; as root it only runs without its sandbox."""
    sobres = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    sans_bac = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {
        **browser_type_launch_args,
        "executable_path": chromium(),
        "args": [*sobres, "--disable-component-update", "--disable-sync", *sans_bac],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "fr-FR", "timezone_id": "Europe/Paris"}
