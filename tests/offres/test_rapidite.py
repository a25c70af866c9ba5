"""The list is quick, and not at the price of the truth: four queries, forty kilobytes, nobody remembered."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from demandes.la_sienne import demande_de
from demandes.models import Commune, Demande, Emploi, Souhait
from offres.models import Offre, Plafond, SeuilsEffort
from offres.templatetags.offres import adresse_de_la_facade
from tests.factories import CommuneFactory, DemandeFactory, EntrepriseFactory, OffreFactory, UserFactory
from tests.offres.lecture import LISTE, dans, lire


def requetes_de(client: Client, adresse: str) -> int:
    with CaptureQueriesContext(connection) as requetes:
        client.get(adresse)
    return len(requetes)


@pytest.mark.parametrize("adresse", [LISTE, f"{LISTE}?onglet=departement&type=T3&loyer=900&tri=loyer"])
def test_a_page_of_offers_takes_four_queries_however_many_there_are(anne, onzieme, adresse):
    anne.get(adresse)
    OffreFactory(commune=onzieme)
    OffreFactory(commune=dans("75115"))
    une = requetes_de(anne, adresse)
    OffreFactory.create_batch(18, commune=onzieme)
    OffreFactory.create_batch(18, commune=dans("75115"))
    OffreFactory.create_batch(9, commune=onzieme, trop_chere=True)

    assert une == requetes_de(anne, adresse) == 4


def test_twenty_offers_weigh_less_than_forty_kilobytes(anne, onzieme):
    OffreFactory.create_batch(25, commune=onzieme)

    html = anne.get(LISTE).content

    assert html.count(b'class="offre"') == 20
    assert len(html) < 40_000


def test_a_ceiling_changed_in_the_database_counts_at_the_very_next_page(anne, onzieme):
    """Each process remembers the tables; whatever changes them, it knows."""
    OffreFactory(commune=onzieme)
    assert "841 €" in lire(anne, LISTE)

    with connection.cursor() as curseur:
        curseur.execute("UPDATE offres_plafond SET montant = 1")
    assert "841 €" not in lire(anne, LISTE)

    Plafond.objects.update(montant=90_000)
    assert "841 €" in lire(anne, LISTE)


def test_a_threshold_of_effort_changed_counts_at_the_very_next_page(anne, onzieme):
    OffreFactory(commune=onzieme)
    assert "841 €" in lire(anne, LISTE)

    SeuilsEffort.objects.create(alerte=10, blocage=20, en_vigueur_le=timezone.localdate())

    assert "841 €" not in lire(anne, LISTE)


def test_what_a_person_wishes_and_earns_is_never_remembered(anne, demande, onzieme):
    """Wishes, income, company: read again for each page."""
    entreprise = EntrepriseFactory()
    Emploi.objects.filter(demande=demande).update(siret="", sans_employeur=True)
    OffreFactory(commune=dans("75115"))
    OffreFactory(commune=onzieme, reservee_a=entreprise, loyer_charges_comprises=700)
    assert "Communes demandées 0" in lire(anne, LISTE)

    Emploi.objects.filter(demande=demande).update(siret=entreprise.siret)
    assert "Communes demandées 1 logement" in lire(anne, LISTE)
    Souhait.objects.create(demande=demande, commune=dans("75115"), rang=2)
    assert "Communes demandées 2 logements" in lire(anne, LISTE)
    Demande.objects.filter(pk=demande.pk).update(ressources=1_900)
    assert "Communes demandées 1 logement" in lire(anne, LISTE)


def test_a_wish_for_the_whole_of_paris_is_a_wish_for_its_districts(anne, demande, onzieme):
    paris = CommuneFactory(code="75056", nom="Paris")
    Commune.objects.filter(code__in=["75111", "75120"]).update(parent=paris)
    Souhait.objects.filter(demande=demande).update(commune=paris)
    OffreFactory.create_batch(2, commune=dans("75120"))

    page = lire(anne, LISTE)

    assert "Communes demandées 2 logements" in page
    assert page.count("PARIS 20EME ARRONDISSEMENT (75020)") == 2


def test_the_demand_read_in_one_query_is_the_demand(demande, onzieme):
    """`demande_de` and the models say the same of wishes, neighbours and départements."""
    lue = demande_de(demande.demandeur)
    telle_quelle = Demande.objects.get(pk=demande.pk)

    assert lue == telle_quelle
    assert {c.attname: getattr(lue, c.attname) for c in Demande._meta.concrete_fields} == {
        c.attname: getattr(telle_quelle, c.attname) for c in Demande._meta.concrete_fields
    }
    assert lue.zones == telle_quelle.zones
    assert lue.emploi == telle_quelle.emploi
    assert lue.emploi.entreprise_id == telle_quelle.emploi.entreprise_id
    assert lue.reperes == telle_quelle.reperes


def test_a_demand_without_an_employer_yet_is_read_too(onzieme):
    demande = DemandeFactory(souhaits=(onzieme,))
    Emploi.objects.filter(demande=demande).delete()

    assert not hasattr(demande_de(demande.demandeur), "emploi")


def test_whoever_has_no_demand_has_none(db):
    assert demande_de(UserFactory()) is None


def test_a_card_leads_where_the_offer_and_its_drawing_are(anne, onzieme):
    offre = OffreFactory(commune=onzieme)

    html = anne.get(LISTE).content.decode()

    assert f'<a href="{offre.get_absolute_url()}?onglet=demandees"' in html
    assert f'src="{adresse_de_la_facade(offre)}"' in html


def test_what_a_bailleur_writes_is_escaped_in_a_card(anne, onzieme):
    OffreFactory(commune=onzieme)
    Offre.objects.update(code_postal="<b>&'")

    assert "(&lt;b&gt;&amp;&#x27;)" in anne.get(LISTE).content.decode()


def test_a_page_beyond_the_last_costs_one_more_query_and_a_huge_one_breaks_nothing(anne, onzieme):
    OffreFactory.create_batch(21, commune=onzieme)
    anne.get(LISTE)

    assert requetes_de(anne, f"{LISTE}?page=7") == 5
    assert "Page 2 sur 2" in lire(anne, f"{LISTE}?page={'9' * 40}")
    assert "Page 1 sur 2" in lire(anne, f"{LISTE}?page=-3")
