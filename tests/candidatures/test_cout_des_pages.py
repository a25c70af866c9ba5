"""How many queries the busiest pages of candidatures take, whatever they show."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from candidatures.statuts import Statut
from offres import baremes
from tests.factories import CandidatureFactory, DemandeFactory, OffreFactory, UserFactory

pytestmark = pytest.mark.django_db
MOINS_DE = 10


def requetes(client: Client, adresse: str) -> list[str]:
    """What the page asks, once the process knows the scale and the ceilings of the day."""
    assert client.get(adresse).status_code == 200
    with CaptureQueriesContext(connection) as lues:
        client.get(adresse)
    return [requete["sql"] for requete in lues.captured_queries]


def test_the_queue_of_the_advisers_takes_less_than_ten_queries(client: Client) -> None:
    baremes.charger()
    for _ in range(12):
        CandidatureFactory()
    client.force_login(UserFactory(conseiller=True))
    lues = requetes(client, reverse("admin:candidatures_candidature_changelist"))
    assert len(lues) < MOINS_DE, "\n".join(lues)


@pytest.mark.parametrize(
    ("choix", "comptees"), [("", 2), ("etape=a-transmettre", 1), ("etape=toutes", 3), ("etape=rien", 2)]
)
def test_a_whole_queue_is_counted_without_its_dwellings(client: Client, choix: str, comptees: int) -> None:
    baremes.charger()
    for statut in (Statut.DEPOSEE, Statut.DEPOSEE, Statut.VALIDEE):
        CandidatureFactory(statut=statut)
    client.force_login(UserFactory(conseiller=True))
    adresse = f"{reverse('admin:candidatures_candidature_changelist')}?{choix}"
    (compte,) = [sql for sql in requetes(client, adresse) if "SELECT COUNT(*) AS" in sql]
    assert "JOIN" not in compte
    assert client.get(adresse).context["cl"].result_count == comptees


def test_the_ranking_of_an_offer_takes_less_than_ten_queries(client: Client) -> None:
    baremes.charger()
    offre, demande = OffreFactory(), DemandeFactory(valide=True)
    CandidatureFactory(offre=offre, demande=demande)
    for _ in range(12):
        CandidatureFactory(offre=offre, statut=Statut.VALIDEE)
    client.force_login(demande.demandeur)
    lues = requetes(client, reverse("candidatures:classement", args=[offre.pk]))
    assert len(lues) < MOINS_DE, "\n".join(lues)


def test_applying_takes_twelve_queries(client: Client) -> None:
    baremes.charger()
    for demande in DemandeFactory.create_batch(2, valide=True):
        client.force_login(demande.demandeur)
        adresse = reverse("candidatures:postuler", args=[OffreFactory().pk])
        with CaptureQueriesContext(connection) as lues:
            assert client.post(adresse).status_code == 302
        actes = [requete["sql"] for requete in lues.captured_queries if "SAVEPOINT" not in requete["sql"]]
    assert len(actes) <= 12, "\n".join(actes)
