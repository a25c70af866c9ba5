"""INSEE's directory, as a small server on this machine answers for it: names, closures, silences, nonsense."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest

from demandes import sirene
from demandes.sirene import Etablissement

SIRET = "73282932000074"


class Annuaire(BaseHTTPRequestHandler):
    """Answers `corps` with `statut` to whoever shows the key, `lenteur` seconds later; notes what it was asked."""

    statut: ClassVar[int] = 200
    corps: ClassVar[bytes] = b""
    lenteur: ClassVar[float] = 0
    demandes: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.demandes.append(self.path)
        time.sleep(self.lenteur)
        cle = self.headers.get("X-INSEE-Api-Key-Integration")
        self.send_response(self.statut if cle == "cle-d-essai" else 401)
        self.send_header("Content-Length", str(len(self.corps)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # whoever asked has left
            self.wfile.write(self.corps)

    def log_message(self, *_: Any) -> None:
        """Nothing: the test says what matters."""


@pytest.fixture
def annuaire(settings: Any) -> Iterator[type[Annuaire]]:
    Annuaire.statut, Annuaire.corps, Annuaire.lenteur = 200, b"", 0
    Annuaire.demandes.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Annuaire) as serveur:
        threading.Thread(target=serveur.serve_forever, daemon=True).start()
        settings.SIRENE_URL = f"http://127.0.0.1:{serveur.server_port}/api-sirene/3.11"
        settings.SIRENE_CLE = "cle-d-essai"
        yield Annuaire
        serveur.shutdown()


def etablissement(unite: dict[str, Any], etat: str = "A", activite: str = "62.01Z", debut: str = "2008-01-01") -> bytes:
    periodes = [
        {
            "dateFin": None,
            "dateDebut": debut,
            "etatAdministratifEtablissement": etat,
            "activitePrincipaleEtablissement": activite,
        },
        {"dateFin": "2007-12-31", "dateDebut": "1999-01-01", "etatAdministratifEtablissement": "A"},
    ]
    corps = {"header": {"statut": 200}, "etablissement": {"uniteLegale": unite, "periodesEtablissement": periodes}}
    return json.dumps(corps).encode()


def test_the_companys_name_comes_from_the_directory(annuaire: type[Annuaire]) -> None:
    annuaire.corps = etablissement({"denominationUniteLegale": "BRASSERIE DU PORT"})
    assert sirene.chercher(SIRET) == Etablissement("BRASSERIE DU PORT", False, None)
    assert annuaire.demandes == [f"/api-sirene/3.11/siret/{SIRET}"]


def test_somebody_in_business_alone_is_named(annuaire: type[Annuaire]) -> None:
    annuaire.corps = etablissement(
        {"denominationUniteLegale": None, "prenomUsuelUniteLegale": "LISE", "nomUniteLegale": "MARTIN"}
    )
    trouve = sirene.chercher(SIRET)
    assert trouve is not None
    assert trouve.nom == "LISE MARTIN"


def test_a_temp_agency_and_a_closed_establishment_are_told(annuaire: type[Annuaire]) -> None:
    annuaire.corps = etablissement({"denominationUniteLegale": "INTERIM"}, "F", "78.20Z", "2024-03-31")
    assert sirene.chercher(SIRET) == Etablissement("INTERIM", True, date(2024, 3, 31))


def test_a_name_that_may_not_be_published_is_not_invented(annuaire: type[Annuaire]) -> None:
    annuaire.corps = etablissement({"denominationUniteLegale": "[ND]", "nomUniteLegale": "[ND]"})
    assert sirene.chercher(SIRET) == Etablissement("", False, None)


@pytest.mark.parametrize("statut", [401, 403, 404, 429, 500, 503])
def test_a_refusal_is_no_answer(statut: int, annuaire: type[Annuaire]) -> None:
    annuaire.statut, annuaire.corps = statut, b"{}"
    assert sirene.chercher(SIRET) is None


@pytest.mark.parametrize(
    "corps",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"etablissement": []}',
        b'{"etablissement": {"uniteLegale": null, "periodesEtablissement": []}}',
        etablissement({"denominationUniteLegale": "X"}, "F", debut="jamais"),
        b"[" * 100_000,
        b'"' + b"x" * 300_000 + b'"',
    ],
    ids=lambda corps: corps[:20].decode(),
)
def test_nonsense_is_no_answer(corps: bytes, annuaire: type[Annuaire]) -> None:
    annuaire.corps = corps
    assert sirene.chercher(SIRET) is None


def test_a_slow_directory_is_not_waited_for(annuaire: type[Annuaire]) -> None:
    annuaire.lenteur = sirene.DELAI + 2
    depart = time.monotonic()
    assert sirene.chercher(SIRET) is None
    assert time.monotonic() - depart < sirene.DELAI + 1


def test_it_is_off_without_an_address(annuaire: type[Annuaire], settings: Any) -> None:
    settings.SIRENE_URL = ""
    assert sirene.chercher(SIRET) is None
    assert annuaire.demandes == []


def test_a_directory_that_is_not_there_is_no_answer(settings: Any) -> None:
    settings.SIRENE_URL = "http://127.0.0.1:9"
    assert sirene.chercher(SIRET) is None
