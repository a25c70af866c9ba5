"""Impatient people: the same form sent several times at once makes one thing, and never an error page."""

from functools import partial

import pytest
from django.test import Client

from accounts.models import User
from demandes.models import Emploi
from tests.ensemble import ensemble
from tests.factories import DemandeFactory

pytestmark = pytest.mark.django_db(transaction=True)

COMPTE = {
    "civilite": "monsieur",
    "nom_naissance": "Dupont",
    "prenom": "Jean",
    "telephone": "0606060606",
    "email": "dupontjean@exemple.fr",
    "donnees_acceptees": "on",
}
EMPLOI = {"titulaire": "demandeur", "siret": "12345678200010", "nom_employeur": "Ateliers Vauban"}


def test_creating_an_account_four_times_at_once_makes_one_account() -> None:
    reponses = ensemble(*(partial(Client().post, "/creer-mon-compte/", COMPTE) for _ in range(4)))
    assert {(r.status_code, r["Location"]) for r in reponses} == {(302, "/creer-mon-compte/validation/")}
    assert User.objects.filter(email=COMPTE["email"]).count() == 1


def test_validating_the_employer_four_times_at_once_saves_one_job() -> None:
    demande = DemandeFactory()
    clients = [Client() for _ in range(4)]
    for client in clients:
        client.force_login(demande.demandeur)
    reponses = ensemble(*(partial(client.post, "/ma-demande/entreprise/", EMPLOI) for client in clients))
    assert {r.status_code for r in reponses} == {302}
    assert Emploi.objects.get(demande=demande).siret == EMPLOI["siret"]
