"""The advisers' home: what is due, each line the very list it leads to; the small charts; few queries."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from candidatures.admin.echeances import ECHEANCES
from candidatures.admin.graphiques import AU_DELA, courbes
from candidatures.liens import Lien
from candidatures.models import Candidature
from candidatures.statuts import Action, Statut
from tests.candidatures.espace import LISTE, acte, candidature, connecte, envoyer, lire, page_de
from tests.factories import OffreFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def conseiller() -> Client:
    return connecte(conseiller=True, prenom="Agathe", nom_naissance="Roux")


def jours(nombre: int):
    return timezone.localdate() + timedelta(days=nombre)


def en_retard(prenom: str) -> Candidature:
    """The offer closed long ago, and nobody at Action Logement has looked since."""
    quand = timezone.now() - timedelta(days=40)
    offre = OffreFactory(publiee_le=jours(-47), date_limite=jours(-40))
    return candidature(prenom, offre=offre, deposee_le=quand, statut_depuis=quand)


def attendue(cle: str) -> Candidature:
    """A candidature that one line counts, and no other line."""
    match cle:
        case "retard":
            return en_retard("Rita")
        case "aujourdhui":
            return candidature("Aude", statut=Statut.VALIDEE, offre=OffreFactory(designation_jusqu_au=jours(0)))
        case "seances":
            return candidature("Sven", statut=Statut.EN_COMMISSION, commission_le=jours(-1))
        case "commissions":
            return candidature("Cora", statut=Statut.EN_COMMISSION, commission_le=jours(6))
        case "suivant":
            return candidature("Swan", statut=Statut.CLASSEE)
        case "pieces":
            return candidature("Pia", statut=Statut.SOUS_CONDITION, piece_attendue_le=jours(9))
        case "propositions":
            return candidature("Prune", statut=Statut.PROPOSEE, reponse_avant_le=jours(3))
        case _:
            lue = candidature("Lena", statut=Statut.TRANSMISE)
            hier = timezone.now() - timedelta(days=1)
            Lien.objects.create(candidature=lue, empreinte="0" * 64, expire_le=hier, par_id=lue.pk)
            return lue


def comptes(page: str) -> dict[str, str]:
    """The number of each line, by its key."""
    debut, fin = page.index("À faire aujourd’hui"), page.index('class="attentes"')
    lignes = re.findall(r"<li>(.*?)</li>", page[debut:fin])
    lues = (re.search(r">(\d+)</.*echeance=(\w+)", ligne) for ligne in lignes)
    return {lue[2]: lue[1] for lue in lues if lue}


def test_what_is_due_is_counted_and_each_count_leads_to_its_list(conseiller: Client):
    qui = {cle: attendue(cle) for cle in ECHEANCES}
    candidature("Zoe")
    candidature("Yves", statut=Statut.TRANSMISE)
    candidature("Xena", statut=Statut.PROPOSEE, reponse_avant_le=jours(9))
    assert comptes(lire(conseiller, "/admin/")) == dict.fromkeys(ECHEANCES, "1")
    for cle, une in qui.items():
        page = lire(conseiller, f"{LISTE}?etape=toutes&echeance={cle}")
        assert re.findall(r"<a href=\"[^\"]*/([0-9a-f-]{36})/change/", page) == [str(une.pk)], cle


def test_nothing_due_is_said_too(conseiller: Client):
    assert comptes(lire(conseiller, "/admin/")) == dict.fromkeys(ECHEANCES, "0")


def test_the_next_dossier_is_within_what_is_due(conseiller: Client):
    premiere = en_retard("Paul")
    candidature("Lise")
    seconde = en_retard("Jean")
    filtres = "?_changelist_filters=etape%3Dtoutes%26echeance%3Dretard"
    page = lire(conseiller, page_de(premiere) + filtres).replace("&amp;", "&")
    assert f"{page_de(seconde)}{filtres}" in page
    page = envoyer(conseiller, acte(premiere, Action.VALIDER) + filtres, ensuite="suivant", vu="deposee")
    assert "Jean Porte" in page


def test_the_charts_count_arrivals_ages_and_outcomes(conseiller: Client):
    maintenant = timezone.now()
    candidature("Paul")
    candidature("Lise", deposee_le=maintenant - timedelta(days=7), statut_depuis=maintenant - timedelta(days=5))
    candidature("Jean", deposee_le=maintenant - timedelta(days=90), statut_depuis=maintenant - timedelta(days=90))
    il_y_a = {"deposee_le": maintenant - timedelta(days=200)}
    candidature("Rose", statut=Statut.BAIL_SIGNE, statut_depuis=maintenant - timedelta(days=80), **il_y_a)
    candidature("Luc", statut=Statut.BAIL_SIGNE, statut_depuis=maintenant - timedelta(days=100), **il_y_a)
    lues = courbes(UserFactory(conseiller=True), timezone.localdate())
    assert lues.arrivees.total == 2
    assert [barre.nombre for barre in lues.arrivees.barres] == [1, 1]
    assert {part.libelle: part.nombre for part in lues.ages if part.nombre} == {
        "2 jours au plus": 1,
        "3 à 7 jours": 1,
        AU_DELA: 1,
    }
    assert [(part.libelle, part.nombre, part.part) for part in lues.issues] == [("Bail signé", 1, 100)]
    page = lire(conseiller, "/admin/")
    assert "2 en huit semaines" in page
    assert "Bail signé" in page


def test_the_home_page_asks_ten_queries_at_most_whatever_waits(conseiller: Client):
    for cle in ECHEANCES:
        attendue(cle)
    lire(conseiller, "/admin/")
    with CaptureQueriesContext(connection) as capturees:
        lire(conseiller, "/admin/")
    assert len(capturees) <= 10, "\n".join(requete["sql"][:150] for requete in capturees)


def test_the_support_reads_the_home_page_too():
    candidature()
    assert "Candidatures déposées" in lire(connecte(support=True), "/admin/")
