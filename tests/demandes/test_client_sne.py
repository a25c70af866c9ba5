"""The client of the registry against the simulator, over real HTTP."""

import socketserver
import threading
import time
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from demandes.sne import client
from tests.registre import Registre

ANNE = "111092062114ACLOG"
NAISSANCE = date(1989, 5, 19)
JOUR = date(2026, 11, 22)


# What it brings back


def test_the_contact_address_is_the_one_declared_in_the_registry(registre: Registre):
    assert client.adresse_de_contact(ANNE, NAISSANCE) == "gigitdenise@yopmail.com"


def test_the_whole_demand_of_the_guide_is_read(registre: Registre):
    dossier = client.lire_dossier(ANNE)

    assert (dossier.demandeur.prenom, dossier.demandeur.nom, dossier.demandeur.nir) == ("Anne", "PORTE", "28905")
    assert [codemandeur.prenom for codemandeur in dossier.cotitulaires] == ["Denis"]
    assert [personne.prenom for personne in dossier.personnes_a_charge] == ["Lina"]
    assert [lieu.commune for lieu in dossier.localisations] == ["75111", "75120", "93048"]
    assert dossier.logement_actuel.nom_hebergeant == "Madame Denise GIGI"
    assert dossier.date_creation == date(2020, 9, 14)


def test_a_change_made_in_the_registry_is_read_at_the_next_call(registre: Registre):
    registre.modifier(ANNE, demandeur__mel="anne@exemple.fr", loyer_max=800)

    assert client.adresse_de_contact(ANNE, NAISSANCE) == "anne@exemple.fr"
    assert client.lire_dossier(ANNE).loyer_max == 800


def test_an_unknown_number_and_a_wrong_birth_date_get_the_same_answer(registre: Registre):
    for numero, naissance in ((ANNE, date(1989, 5, 20)), ("111092099999ACLOG", NAISSANCE), ("inconnu", NAISSANCE)):
        with pytest.raises(client.DemandeInconnue) as refus:
            client.adresse_de_contact(numero, naissance)
        assert str(refus.value) == ""


def test_a_demand_without_a_contact_address_is_like_an_unknown_one(registre: Registre):
    registre.modifier(ANNE, demandeur__mel="")

    with pytest.raises(client.DemandeInconnue):
        client.adresse_de_contact(ANNE, NAISSANCE)


def test_a_demand_that_does_not_exist_cannot_be_read(registre: Registre):
    with pytest.raises(client.DemandeInconnue):
        client.lire_dossier("111092099999ACLOG")


def test_a_number_with_a_slash_or_a_null_stays_one_unknown_number(registre: Registre):
    for numero in ("../demandes/radiees", "a/b", "\x00", "é"):
        with pytest.raises((client.DemandeInconnue, client.RegistreIndisponible)):
            client.lire_dossier(numero)
    with pytest.raises(client.DemandeInconnue):
        client.adresse_de_contact("\x00", NAISSANCE)


def test_the_struck_off_demands_are_listed_from_a_day_on(registre: Registre):
    aujourd_hui = timezone.localdate()
    registre.radier(ANNE, aujourd_hui, "RADATT")

    assert client.radiees_depuis(aujourd_hui) == [client.Radiation(ANNE, aujourd_hui, "RADATT")]
    assert len(client.radiees_depuis(aujourd_hui - timedelta(days=60))) == 3
    assert client.radiees_depuis(aujourd_hui + timedelta(days=1)) == []


# The token


def test_the_token_is_used_again_until_it_expires(registre: Registre):
    client.lire_dossier(ANNE)
    registre.oublier_les_appels()

    client.lire_dossier(ANNE)
    client.adresse_de_contact(ANNE, NAISSANCE)

    assert registre.appels() == [f"GET /api/v1/demandes/{ANNE} 200", "POST /api/v1/demandes/recherche 200"]


def test_a_refused_token_is_renewed_once_then_the_registry_is_unavailable(registre: Registre):
    client.lire_dossier(ANNE)
    registre.oublier_les_appels()
    registre.panne("jeton")

    with pytest.raises(client.RegistreIndisponible):
        client.lire_dossier(ANNE)

    lecture = f"GET /api/v1/demandes/{ANNE} 401"
    assert registre.appels() == [lecture, "POST /oauth/token 200", lecture]


def test_an_expired_token_is_replaced_before_it_is_refused(registre: Registre):
    registre.panne("jeton", duree_jeton=1)
    with pytest.raises(client.RegistreIndisponible):
        client.lire_dossier(ANNE)  # leaves us with a token of one second
    registre.panne("aucune")
    registre.oublier_les_appels()
    time.sleep(1)

    client.lire_dossier(ANNE)

    assert registre.appels() == ["POST /oauth/token 200", f"GET /api/v1/demandes/{ANNE} 200"]


def test_many_threads_ask_for_one_token(registre: Registre, settings: Any):
    settings.SNE_DELAI = 9.0  # another client than that of the other tests, without a token yet
    fils = [threading.Thread(target=client.lire_dossier, args=(ANNE,)) for _ in range(client.APPELS_SIMULTANES)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()

    assert registre.appels().count("POST /oauth/token 200") == 1
    assert registre.appels().count(f"GET /api/v1/demandes/{ANNE} 200") == client.APPELS_SIMULTANES


def test_a_wrong_secret_makes_the_registry_unavailable(registre: Registre, settings: Any):
    settings.SNE_SECRET = "un autre"

    with pytest.raises(client.RegistreIndisponible):
        client.lire_dossier(ANNE)

    assert registre.appels() == ["POST /oauth/token 401"]


# Its troubles


@pytest.mark.parametrize("panne", ["erreur", "jeton", "portee"])
def test_a_registry_that_fails_is_unavailable(registre: Registre, panne: str):
    registre.panne(panne)

    for appel in (
        lambda: client.adresse_de_contact(ANNE, NAISSANCE),
        lambda: client.lire_dossier(ANNE),
        lambda: client.radiees_depuis(JOUR),
    ):
        with pytest.raises(client.RegistreIndisponible) as echec:
            appel()
        assert not isinstance(echec.value, client.ReponseInvalide)


@pytest.mark.parametrize("panne", ["illisible", "incomplet", "schema"])
def test_an_answer_that_is_not_the_contract_is_refused(registre: Registre, panne: str):
    registre.radier(ANNE, JOUR)
    registre.panne(panne)

    for appel in (
        lambda: client.adresse_de_contact(ANNE, NAISSANCE),
        lambda: client.lire_dossier(ANNE),
        lambda: client.radiees_depuis(JOUR),
    ):
        with pytest.raises(client.ReponseInvalide):
            appel()


def test_a_slow_registry_is_given_up_within_the_delay(registre: Registre, settings: Any):
    registre.panne("lent", secondes=30)
    settings.SNE_DELAI = 0.5
    depart = time.monotonic()

    with pytest.raises(client.RegistreIndisponible):
        client.lire_dossier(ANNE)

    assert time.monotonic() - depart < 5


def test_a_registry_that_is_down_is_unavailable_at_once(registre: Registre, settings: Any):
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as ferme:
        port = ferme.server_address[1]
    settings.SNE_URL = f"http://127.0.0.1:{port}"
    depart = time.monotonic()

    with pytest.raises(client.RegistreIndisponible):
        client.lire_dossier(ANNE)

    assert time.monotonic() - depart < 5


def test_a_slow_registry_holds_only_a_few_threads_and_the_others_know_at_once(registre: Registre, settings: Any):
    client.lire_dossier(ANNE)
    registre.panne("lent", secondes=30)
    settings.SNE_DELAI = 3.0
    durees: list[float] = []
    barriere = threading.Barrier(12)

    def appeler() -> None:
        barriere.wait()
        depart = time.monotonic()
        with pytest.raises(client.RegistreIndisponible):
            client.lire_dossier(ANNE)
        durees.append(time.monotonic() - depart)

    fils = [threading.Thread(target=appeler) for _ in range(12)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()

    assert sum(duree < 2 for duree in durees) == 12 - client.APPELS_SIMULTANES
    registre.panne("aucune")
    settings.SNE_DELAI = 10.0
    assert client.lire_dossier(ANNE).num_unique == ANNE


class Coupeur(socketserver.BaseRequestHandler):
    """Hangs up on the first caller; gives the others a token, then the demand drop by drop."""

    def handle(self) -> None:
        serveur: Any = self.server
        serveur.lignes += 1
        if serveur.lignes == 1:
            return
        requete = self.request.recv(65536)
        serveur.requetes.append(requete.split(b" ", 2)[:2])
        if requete.startswith(b"POST /oauth/token"):
            corps = b'{"access_token": "jeton", "token_type": "Bearer", "expires_in": 3600, "scope": "demandes"}'
            self.request.sendall(
                b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(corps) + corps
            )
            return
        self.request.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        for _ in range(100):
            try:
                self.request.sendall(b" ")
            except OSError:
                return
            time.sleep(0.1)


def test_a_cut_line_is_tried_once_more_and_a_trickle_is_given_up(settings: Any):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Coupeur) as serveur:
        serveur.daemon_threads = True
        serveur.lignes, serveur.requetes = 0, []  # type: ignore[attr-defined]
        threading.Thread(target=serveur.serve_forever, daemon=True).start()
        settings.SNE_URL = f"http://127.0.0.1:{serveur.server_address[1]}"
        settings.SNE_SECRET = "secret"
        settings.SNE_DELAI = 1.0
        depart = time.monotonic()

        with pytest.raises(client.RegistreIndisponible, match="slowly"):
            client.lire_dossier(ANNE)

        assert time.monotonic() - depart < 5
        serveur.shutdown()
    assert serveur.requetes == [[b"POST", b"/oauth/token"], [b"GET", f"/api/v1/demandes/{ANNE}".encode()]]  # type: ignore[attr-defined]
    assert serveur.lignes == 3  # type: ignore[attr-defined]


def test_an_answer_about_another_demand_is_refused(registre: Registre):
    registre.ecrire_json(ANNE, registre.json(registre.numeros_libres()[1]))

    with pytest.raises(client.ReponseInvalide):
        client.lire_dossier(ANNE)
