"""A registry that answers anything: the import refuses, says so and leaves a trace, or takes the demand whole."""

import copy
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as reglages

from accounts.models import User
from demandes import importation
from demandes.models import Demande, Importation, Instantane, Souhait
from demandes.pieces import pieces_attendues
from demandes.sne import client as registre_sne
from demandes.sne.contrat import verifier
from tests.demandes.demande_complete import COMPLETE, PLACES, changee, mauvaises_valeurs, sans
from tests.demandes.importer import NAISSANCE, NUMERO
from tests.demandes.test_contrat import CHANGEMENTS
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


class Hostile(ThreadingHTTPServer):
    """A registry whose every answer is `corps`, but for the token."""

    daemon_threads = True
    corps = b""


class Reponse(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65_536  # one packet for the headers and the body

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        jeton = b'{"access_token": "jeton", "token_type": "Bearer", "expires_in": 3600, "scope": "demandes"}'
        self.repondre(jeton if self.path == "/oauth/token" else self.server.corps)  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        self.repondre(self.server.corps)  # type: ignore[attr-defined]

    def repondre(self, corps: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(corps)))
        self.end_headers()
        self.wfile.write(corps)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def hostile(settings: Any) -> Iterator[Hostile]:
    with Hostile(("127.0.0.1", 0), Reponse) as serveur:
        threading.Thread(target=serveur.serve_forever, daemon=True).start()
        settings.SNE_URL = f"http://127.0.0.1:{serveur.server_address[1]}"
        settings.SNE_CLIENT, settings.SNE_SECRET, settings.SNE_DELAI = "alin", "secret", 10.0
        yield serveur
        serveur.shutdown()


@pytest.fixture
def anne(client: Client) -> User:
    user: User = UserFactory(prenom="Anne", nom_naissance="Porte")
    client.force_login(user)
    return user


def ouvrir(user: User) -> Importation:
    """An import of Anne's demand whose code was right."""
    maintenant = timezone.now()
    return Importation.objects.create(par=user, numero_unique=NUMERO, expire_le=maintenant, verifiee_le=maintenant)


def essayer(hostile: Hostile, user: User, contenu: Any) -> str:
    """Import what the registry answers; the anomaly that the support reads, empty if the demand came in whole."""
    hostile.corps = contenu if isinstance(contenu, bytes) else json.dumps(contenu).encode()
    ouverte = ouvrir(user)
    try:
        importation.importer(ouverte, par=user)
    except registre_sne.ReponseInvalide:
        ouverte.refresh_from_db()
        assert ouverte.anomalie
        assert ouverte.close_le is None
        assert [table.objects.count() for table in (Demande, Instantane, Souhait)] == [0, 0, 0]
    except importation.ImportRefuse:
        assert Importation.objects.get(pk=ouverte.pk).refus
        assert not Demande.objects.exists()
    else:
        demande = Demande.objects.get()
        verifier("demande", demande.instantanes.get().contenu)
        assert pieces_attendues(demande.dossier, timezone.localdate())
        demande.delete()
    anomalie = Importation.objects.get(pk=ouverte.pk).anomalie
    Importation.objects.all().delete()
    return anomalie


def test_a_demand_that_keeps_the_contract_comes_in_whole_whatever_else_it_carries(hostile: Hostile, anne: User) -> None:
    assert essayer(hostile, anne, {**COMPLETE, "inconnue": ["\ud83d\ude00", {"x": 10**30}]}) == ""


def test_a_key_missing_anywhere_stops_the_import_and_the_support_reads_which(hostile: Hostile, anne: User) -> None:
    for chemin in PLACES:
        derniere = chemin.rpartition(".")[2]
        assert essayer(hostile, anne, sans(chemin)).endswith(derniere), chemin


def test_one_wrong_value_of_every_field_stops_the_import(hostile: Hostile, anne: User) -> None:
    for rang, (chemin, definition) in enumerate(PLACES.items()):
        mauvaises = list(mauvaises_valeurs(definition))
        assert essayer(hostile, anne, changee(chemin, mauvaises[rang % len(mauvaises)])), chemin


@pytest.mark.epreuve
def test_every_wrong_value_of_every_field_stops_the_import(hostile: Hostile, anne: User) -> None:
    for chemin, definition in PLACES.items():
        for mauvaise in mauvaises_valeurs(definition):
            assert essayer(hostile, anne, changee(chemin, mauvaise)), (chemin, mauvaise)


@pytest.mark.parametrize(
    "corps",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"numUnique": ',
        b"[" * 50_000,
        b'{"a":' * 2_000 + b"1" + b"}" * 2_000,
        b"9" * 5_000,
        json.dumps(COMPLETE).encode()[:-40],
        b"<html>Maintenance</html>",
    ],
    ids=lambda corps: repr(corps[:20]),
)
def test_what_is_not_even_json_of_a_demand_stops_the_import(hostile: Hostile, anne: User, corps: bytes) -> None:
    assert essayer(hostile, anne, corps)


def remplacer(changements: list[tuple[str, Any]]) -> dict[str, Any]:
    contenu = copy.deepcopy(COMPLETE)
    for chemin, nouvelle in changements:
        objet: Any = contenu
        *etapes, derniere = chemin.split(".")
        for etape in etapes:
            objet = objet.get(etape) if isinstance(objet, dict) else None
            objet = objet[0] if isinstance(objet, list) and objet else objet
        if isinstance(objet, dict):
            objet[derniere] = nouvelle
    return contenu


A_LA_SUITE = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@reglages(max_examples=200, deadline=None, suppress_health_check=A_LA_SUITE)
@given(changements=CHANGEMENTS)
def test_by_hazard_there_is_never_half_a_demand(hostile: Hostile, anne: User, changements: list[tuple[str, Any]]):
    essayer(hostile, anne, remplacer(changements))


@pytest.mark.epreuve
@reglages(max_examples=2_000, deadline=None, suppress_health_check=A_LA_SUITE)
@given(changements=CHANGEMENTS)
def test_two_thousand_times_by_hazard_there_is_never_half_a_demand(
    hostile: Hostile, anne: User, changements: list[tuple[str, Any]]
):
    essayer(hostile, anne, remplacer(changements))


# What people read


def lire(client: Client, nom: str) -> str:
    return " ".join(client.get(reverse(nom), follow=True).content.decode().split())


def test_the_person_reads_a_sentence_with_a_reference_by_which_the_support_finds_the_property(
    hostile: Hostile, anne: User, client: Client
) -> None:
    ouverte = ouvrir(anne)
    hostile.corps = json.dumps(sans("cotitulaires.nom")).encode()

    client.post(reverse("demandes:code"))

    page = lire(client, "demandes:code")
    assert "Le registre a envoyé une réponse que nous ne savons pas lire." in page
    assert f"avec la référence <strong>{ouverte.reference}</strong>" in page
    client.force_login(UserFactory(support=True))
    liste = client.get(reverse("admin:demandes_importation_changelist"), {"q": ouverte.reference}).content.decode()
    assert "cotitulaires[0].nom" in liste
    assert ouverte.reference in liste


def test_a_code_asked_of_a_registry_that_answers_anything_costs_no_try(
    hostile: Hostile, anne: User, client: Client
) -> None:
    hostile.corps = b'{"numUnique": "111092062114ACLOG", "mel": 3}'
    for _ in range(7):
        page = client.post(reverse("demandes:numero"), {"numero": NUMERO, "date_naissance": f"{NAISSANCE:%d/%m/%Y}"})
        assert "sa réponse est incomplète ou mal formée" in page.content.decode()

    assert list(Importation.objects.values_list("anomalie", flat=True)) == ["mel"]
    assert not Importation.objects.recentes().exists()


def test_bringing_up_to_date_says_so_keeps_the_copy_and_leaves_a_trace(
    hostile: Hostile, anne: User, client: Client
) -> None:
    hostile.corps = json.dumps(COMPLETE).encode()
    importation.importer(ouvrir(anne), par=anne)
    hostile.corps = json.dumps(changee("logementRecherche.loyerMax", -3)).encode()

    client.post(reverse("demandes:mettre_a_jour"))

    assert "sa réponse est incomplète ou mal formée" in lire(client, "demandes:infos")
    assert Demande.objects.get().dossier.loyer_max == COMPLETE["logementRecherche"]["loyerMax"]
    assert Importation.objects.get().anomalie == "logementRecherche.loyerMax"
