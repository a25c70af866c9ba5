"""The faults that the simulator makes on demand, as the portal's client meets them."""

from datetime import date

import pytest

from demandes.sne import client
from tests.demandes.test_simulateur import Navigateur
from tests.registre import Registre

ANNE = "111092062114ACLOG"


def test_a_line_cut_in_the_middle_of_the_answer_is_tried_once_more(registre: Registre):
    registre.panne("coupe", fois=1)

    assert client.lire_dossier(ANNE).num_unique == ANNE
    assert len([appel for appel in registre.appels() if appel.startswith("GET ")]) == 2


def test_a_line_that_is_always_cut_is_a_registry_that_is_away_and_never_half_a_demand(registre: Registre):
    registre.panne("coupe")

    with pytest.raises(client.RegistreIndisponible) as panne:
        client.lire_dossier(ANNE)
    assert not isinstance(panne.value, client.ReponseInvalide)
    assert len(registre.appels()) <= 3


def test_a_key_of_another_kind_is_named(registre: Registre):
    registre.panne("schema", cle_retiree="cotitulaires.revenuFiscal.rfrAnneeMoins2")

    with pytest.raises(client.ReponseInvalide) as refus:
        client.lire_dossier(ANNE)
    assert refus.value.propriete == "cotitulaires[0].revenuFiscal.rfrAnneeMoins2"


@pytest.mark.parametrize("panne", ["erreur", "illisible", "incomplet", "schema", "portee"])
def test_a_fault_may_be_for_a_few_calls_only(registre: Registre, panne: str):
    client.lire_dossier(ANNE)  # the token is there
    registre.panne(panne, fois=2)

    for _ in range(2):
        with pytest.raises(client.RegistreIndisponible):
            client.lire_dossier(ANNE)
    assert client.lire_dossier(ANNE).num_unique == ANNE
    assert client.adresse_de_contact(ANNE, date(1989, 5, 19))


def test_a_token_refused_once_is_asked_again(registre: Registre):
    client.lire_dossier(ANNE)
    registre.oublier_les_appels()
    registre.panne("jeton", fois=1)

    assert client.lire_dossier(ANNE).num_unique == ANNE
    assert [appel.rpartition(" ")[2] for appel in registre.appels()] == ["401", "200", "200"]


def test_a_token_that_really_expired_is_renewed(registre: Registre):
    registre.panne("jeton", fois=1, duree_jeton=1)
    client.lire_dossier(ANNE)

    for _ in range(3):
        assert client.lire_dossier(ANNE).num_unique == ANNE


def test_the_settings_page_sets_a_limited_fault_and_shows_when_it_is_over(registre: Registre):
    navigateur = Navigateur(registre.url)
    client.lire_dossier(ANNE)  # the token is there: a refused one would be one of the two calls

    assert "Panne en cours : Connexion coupée" in navigateur.envoyer("/reglages/", panne="coupe", fois="2")
    with pytest.raises(client.RegistreIndisponible):  # the first try and the second
        client.lire_dossier(ANNE)
    assert "Panne en cours" not in navigateur.lire("/reglages/")
    assert client.lire_dossier(ANNE).num_unique == ANNE
    navigateur.http.close()
