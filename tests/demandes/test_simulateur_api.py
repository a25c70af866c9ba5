"""The API of the registry's simulator, and the people it invents."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import httpx
import pytest
from django.utils import timezone
from stdnum.fr import siret

from demandes.sne.simulateur.personnes import (
    ATELIERS_VAUBAN,
    CLINIQUES_DU_RHONE,
    NUMEROS,
    NUMEROS_DES_COMPTES,
    NUMEROS_LIBRES,
    TRANSPORTS_LOIRE_OCEAN,
    personnes,
)
from tests.registre import SECRET, Registre

ANNE = "111092062114ACLOG"
NUMERO = re.compile(r"[0-9]{2}[0-9AB](0[1-9]|1[0-2])[0-9]{2}[0-9]{5,6}[A-Z0-9]{5}")


# The API


@pytest.fixture
def api(registre: Registre) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=registre.url, trust_env=False, timeout=20) as api:
        yield api


def jeton(api: httpx.Client, **options: str) -> str:
    corps = {"grant_type": "client_credentials", "client_id": "alin", "client_secret": SECRET} | options
    reponse = api.post("/oauth/token", data=corps)
    assert reponse.status_code == 200
    valeur: str = reponse.json()["access_token"]
    return valeur


def test_a_token_is_given_for_credentials_in_the_header_or_in_the_body(api: httpx.Client):
    reponse = api.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=("alin", SECRET))

    assert reponse.json() | {"access_token": ""} == {
        "access_token": "",
        "token_type": "Bearer",
        "expires_in": 3600,
        "scope": "demandes",
    }
    assert jeton(api)


def test_wrong_credentials_or_another_grant_get_no_token(api: httpx.Client):
    for auth in (("alin", "faux"), ("autre", SECRET), ("alin", "")):
        assert api.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=auth).status_code == 401
    mauvais = {"Authorization": "Basic ???"}
    assert api.post("/oauth/token", data={"grant_type": "client_credentials"}, headers=mauvais).status_code == 401
    assert api.post("/oauth/token", data={"grant_type": "password"}, auth=("alin", SECRET)).status_code == 400


@pytest.mark.parametrize("entete", ["", "Bearer", "Bearer faux", "Basic YTpi"])
def test_without_a_good_token_the_answer_is_401_with_an_anomaly(api: httpx.Client, entete: str):
    reponse = api.get(f"/api/v1/demandes/{ANNE}", headers={"Authorization": entete} if entete else {})

    assert reponse.status_code == 401
    assert reponse.json()["anomalies"][0]["code"] == "JETON_REFUSE"


def test_a_token_for_another_scope_is_403(api: httpx.Client):
    autre = {"Authorization": f"Bearer {jeton(api, scope='cotation')}"}

    assert api.get(f"/api/v1/demandes/{ANNE}", headers=autre).status_code == 403


def test_unknown_number_and_wrong_birth_date_have_the_same_body(api: httpx.Client):
    entete = {"Authorization": f"Bearer {jeton(api)}"}
    reponses = [
        api.post("/api/v1/demandes/recherche", json={"numUnique": numero, "dateNaissance": naissance}, headers=entete)
        for numero, naissance in ((ANNE, "1989-05-20"), ("111092099999ACLOG", "1989-05-19"))
    ]

    assert {reponse.status_code for reponse in reponses} == {404}
    assert reponses[0].content == reponses[1].content
    assert reponses[0].json()["anomalies"][0]["code"] == "DEMANDE_INCONNUE"


@pytest.mark.parametrize("corps", [b"", b"[]", b"{}", b"null", b"\xff", b'{"numUnique": "1", "dateNaissance": "hier"}'])
def test_criteria_that_cannot_be_read_are_400(api: httpx.Client, corps: bytes):
    entete = {"Authorization": f"Bearer {jeton(api)}"}

    assert api.post("/api/v1/demandes/recherche", content=corps, headers=entete).status_code == 400
    assert api.get("/api/v1/demandes/radiees?depuisLe=hier", headers=entete).status_code == 400


# The people


def test_sixty_people_with_numbers_of_the_right_shape_that_agree_with_their_dates():
    dossiers = personnes(timezone.localdate())

    assert len(dossiers) == len(set(NUMEROS)) == len(NUMEROS_LIBRES) + len(NUMEROS_DES_COMPTES) >= 60
    assert [dossier.num_unique for dossier in dossiers] == list(NUMEROS)
    for dossier in dossiers:
        assert NUMERO.fullmatch(dossier.num_unique)
        assert f"{dossier.date_creation:%m%y}" == dossier.num_unique[3:7]
        territoire = dossier.localisations[0].commune[:2]
        assert dossier.num_unique[:3] == ("111" if territoire in {"75", "92", "93", "94"} else f"0{territoire}")


def test_the_people_are_varied_and_their_employers_numbers_are_right():
    dossiers = personnes(timezone.localdate())
    adultes = [adulte for dossier in dossiers for adulte in dossier.adultes]

    assert {min(dossier.nombre_personnes, 7) for dossier in dossiers} == {1, 2, 3, 4, 5, 6, 7}
    assert len({dossier.logement_actuel.modele for dossier in dossiers}) > 8
    assert len({adulte.contrat for adulte in adultes}) >= 6
    assert sum(dossier.dalo for dossier in dossiers) > 2
    assert all(siret.is_valid(adulte.siret_employeur) for adulte in adultes if adulte.siret_employeur)
    assert len({adulte.mel for adulte in adultes}) == len(adultes)
    for _, numero in (ATELIERS_VAUBAN, TRANSPORTS_LOIRE_OCEAN, CLINIQUES_DU_RHONE):
        assert siret.is_valid(numero)
        assert sum(adulte.siret_employeur == numero for adulte in adultes) >= 10


@pytest.mark.parametrize("jour", [date(2026, 11, 22), date(2027, 1, 3), date(2027, 12, 31), date(2028, 2, 29)])
def test_whatever_the_day_nearly_all_demands_are_valid_two_are_struck_off_two_are_to_renew(jour: date):
    dossiers = personnes(jour)
    en_vie = [dossier for dossier in dossiers if dossier.date_radiation is None]
    restes = [(d.date_renouvellement or d.date_creation) + timedelta(days=365) - jour for d in en_vie]

    assert len(dossiers) - len(en_vie) == 2
    assert all(reste > timedelta() for reste in restes)
    assert sum(reste < timedelta(days=31) for reste in restes) >= 2


def test_the_simulator_loads_nothing_of_the_portal_but_the_contract():
    programme = (
        "import sys, django; from django.conf import settings;"
        "import os; os.environ['DJANGO_SETTINGS_MODULE'] = 'demandes.sne.simulateur.settings';"
        "django.setup(); import demandes.sne.simulateur.urls;"
        "print(sorted(m for m in sys.modules if m.split('.')[0] in"
        " {'accounts', 'alin', 'offres', 'candidatures', 'demandes'} and not m.startswith('demandes.sne.simulateur')))"
    )
    sortie = subprocess.run([sys.executable, "-c", programme], check=True, capture_output=True, text=True).stdout

    permis = {"demandes", "demandes.sne"} | {
        f"demandes.sne.{n}" for n in ("cles", "contrat", "dossier", "nomenclature", "traduction")
    }
    assert set(re.findall(r"'([\w.]+)'", sortie)) == permis
