"""The page of one dwelling, its drawing, and who may open them (guide #5)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Entreprise
from offres.models import Offre
from tests.factories import (
    CandidatureFactory,
    CommuneFactory,
    DemandeFactory,
    EntrepriseFactory,
    OffreFactory,
    UserFactory,
)
from tests.offres.lecture import LISTE, adresse, lire, trouver

pytestmark = pytest.mark.django_db


def test_an_offer_shows_every_field_of_the_guide(anne, onzieme):
    offre = OffreFactory(
        commune=onzieme,
        ascenseur=True,
        accessible_pmr=True,
        chauffage="Collectif, réseau urbain",
        residence="Résidence Saint-Ambroise",
        depot_garantie=741,
    )

    page = lire(anne, adresse(offre))

    jour = timezone.localdate()
    for attendu in [
        "Retour aux résultats",
        "T3 de 61 m² à Paris 11e",
        "PARIS 11EME ARRONDISSEMENT (75011)",
        "Résidence Saint-Ambroise · bailleur : Les Toits du Levant · référence",
        "Description Dans une rue commerçante, immeuble de 1908 autour d’une cour calme.",
        "Caractéristiques du logement",
        "Étage 3 sur 6",
        "Adapté aux personnes à mobilité réduite oui",
        "Chauffage Collectif, réseau urbain",
        "841 € (741 € hors charges)",
        "Dépôt de garantie 741 €",
        "Énergie (DPE) : C",
        "142 kWh/m²/an",
        "Émission de gaz à effet de serre (GES) : B",
        "Votre situation et ce logement",
        "Vous êtes 3 personnes : T2, T3 ou T4. Ce logement est un T3.",
        "Plafond de ce logement pour 3 personnes à Paris",
        "Le loyer est de 841 €, soit 27 % de vos revenus (3 115 € par mois).",
        "Date limite de candidature",
        f"{jour + timedelta(days=5):%d/%m/%Y}",
        "Disponible dès le",
        f"{jour + timedelta(days=30):%d/%m/%Y}",
        "Je postule",
    ]:
        assert attendu in page, attendu


@pytest.mark.parametrize(
    ("jours", "mots"),
    [
        (4, "il reste 4 jours, jusqu’au"),
        (1, "il reste 1 jour, jusqu’au"),
        (0, "c’est le dernier jour, jusqu’à ce soir à 23 h 59"),
    ],
)
def test_the_deadline_is_said_in_words(anne, onzieme, jours, mots):
    page = lire(anne, adresse(OffreFactory(commune=onzieme, date_limite=timezone.localdate() + timedelta(days=jours))))

    assert mots in page
    assert "à 23 h 59" in page


def test_an_offer_says_its_candidatures_the_usual_answer_time_and_the_whole_price(anne, onzieme):
    offre = OffreFactory(commune=onzieme, depot_garantie=741, bailleur__delai_reponse=21)
    CandidatureFactory(offre=offre)

    page = lire(anne, adresse(offre))

    assert "1 candidature déposée" in page
    assert "Les Toits du Levant répond en général en 21 jours (délai annoncé par le bailleur)." in page
    assert "841 € avec charges 741 € hors charges 741 € dépôt de garantie" in page
    assert "Ajouter la date à mon agenda" in page


def test_an_offer_that_says_little_is_still_readable(anne, onzieme):
    offre = OffreFactory(
        commune=onzieme, etage=None, nombre_etages=None, annee_construction=None, dpe="", dpe_valeur=None, ges="",
        ges_valeur=None, description="", loyer=None, disponible_le=None,
    )  # fmt: skip

    page = lire(anne, adresse(offre))

    assert "non communiqué" in page
    assert "841 €" in page
    assert "None" not in page


def test_a_dwelling_below_the_ground_is_at_a_level_not_on_a_floor(anne, onzieme):
    offre = OffreFactory(commune=onzieme, etage=-1)

    assert "niveau −1 · immeuble de 1908" in lire(anne, LISTE)
    page = lire(anne, adresse(offre))
    assert "niveau −1 étage" in page
    assert "Étage Niveau −1" in page


def test_a_rent_above_the_income_is_written_whole_under_its_bar(anne, onzieme):
    page = lire(anne, adresse(OffreFactory(commune=onzieme, loyer_charges_comprises=6_230)))

    assert "loyer 6 230 € (200 %)" in page


def test_the_way_back_keeps_the_tab_the_filters_and_the_page(anne, onzieme):
    OffreFactory(commune=onzieme, surface=80)

    liste = anne.get(f"{LISTE}?surface=65&tri=loyer").content.decode()
    lien = trouver(r'<h3><a href="([^"]+)"', liste)
    detail = anne.get(lien).content.decode()

    retour = trouver(r'href="([^"]+)">.{0,400}?Retour aux résultats', detail)
    assert retour == "/offres/?onglet=demandees&surface=65&tri=loyer"


@pytest.mark.parametrize(
    ("fermee", "raison"),
    [
        ({"expiree": True}, "La date limite, le "),
        ({"retiree": True}, "Le bailleur a retiré ce logement"),
        ({"statut": "placee"}, "Ce logement a été attribué"),
    ],
)
def test_an_offer_no_longer_open_says_why_leads_back_and_cannot_be_applied_to(anne, onzieme, fermee, raison):
    page = lire(anne, adresse(OffreFactory(commune=onzieme, **fermee)))

    assert f"Cette offre n’est plus disponible. {raison}" in page
    assert "Voir les autres logements" in page
    assert "Je postule" not in page


@pytest.mark.parametrize(
    "cachee", [{"loyer_charges_comprises": None}, {"publiee_le": timezone.localdate() + timedelta(days=1)}]
)
def test_an_offer_that_was_never_shown_does_not_exist(anne, onzieme, cachee):
    lire(anne, adresse(OffreFactory(commune=onzieme, **cachee)), 404)


def test_an_offer_reserved_to_another_company_does_not_exist(anne, onzieme):
    sienne = EntrepriseFactory(siret="12345678200010")
    autre = EntrepriseFactory(siret="73282932000074", nom="Hôpital du Parc")
    pour_elle, pour_d_autres = (OffreFactory(commune=onzieme, reservee_a=e) for e in (sienne, autre))

    liste = anne.get(LISTE).content.decode()

    assert str(pour_elle.pk) in liste
    assert str(pour_d_autres.pk) not in liste
    assert "Ce logement est réservé aux salariés de votre entreprise." in lire(anne, adresse(pour_elle))
    lire(anne, adresse(pour_d_autres), 404)


def test_an_unknown_offer_is_a_404(anne):
    lire(anne, "/offres/00000000-0000-4000-8000-000000000000/", 404)
    lire(anne, "/offres/00000000-0000-4000-8000-000000000000/facade.svg", 404)


def test_the_drawing_is_an_image_kept_for_ever_and_its_address_changes_with_the_offer(anne, onzieme):
    offre = OffreFactory(commune=onzieme)
    source = r'src="([^"]+facade\.svg\?v=[^"]+)"'
    avant = trouver(source, anne.get(LISTE).content.decode())

    reponse = anne.get(avant)

    assert reponse["Content-Type"] == "image/svg+xml"
    assert "immutable" in reponse["Cache-Control"]
    assert "max-age=31536000" in reponse["Cache-Control"]
    Offre.objects.filter(pk=offre.pk).update(annee_construction=1974)
    assert trouver(source, anne.get(LISTE).content.decode()) != avant
    for chemin in (avant, avant.partition("?")[0]):
        assert "immutable" not in anne.get(chemin).headers.get("Cache-Control", "")


def test_whoever_has_no_demand_is_led_to_the_import(client):
    client.force_login(UserFactory())

    assert client.get(LISTE)["Location"] == reverse("demandes:tutoriel")


def test_before_the_file_is_validated_the_next_step_comes_first(client, onzieme):
    demande = DemandeFactory(souhaits=(onzieme,))
    client.force_login(demande.demandeur)

    reponse = client.get(LISTE, follow=True)

    assert reponse.redirect_chain[0][0] == reverse("demandes:infos")
    assert "Valider mon dossier" in reponse.content.decode()


@pytest.mark.parametrize("page", ["liste", "detail", "facade"])
def test_anonymous_visitors_are_sent_to_the_login(client, onzieme, page):
    arguments = [] if page == "liste" else [OffreFactory(commune=onzieme).pk]

    reponse = client.get(reverse(f"offres:{page}", args=arguments))

    assert reponse.status_code == 302
    assert reponse["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("role", ["conseiller", "service_logement", "support"])
def test_offers_are_for_applicants(client, onzieme, role):
    client.force_login(UserFactory(**{role: True}))

    assert client.get(LISTE).status_code == 403
    assert client.get(adresse(OffreFactory(commune=onzieme))).status_code == 403


@pytest.mark.parametrize("page", ["liste", "detail", "facade"])
def test_nothing_here_is_posted(anne, onzieme, page):
    arguments = [] if page == "liste" else [OffreFactory(commune=onzieme).pk]

    assert anne.post(reverse(f"offres:{page}", args=arguments)).status_code == 405


def test_overseas_a_dwelling_shows_no_invented_ceiling(client, onzieme):
    saint_denis = CommuneFactory(
        code="97411", nom="Saint-Denis", departement__code="974", departement__nom="La Réunion", zone=3, zone_abc="B1"
    )
    demande = DemandeFactory(souhaits=(saint_denis,), valide=True)
    client.force_login(demande.demandeur)
    offre = OffreFactory(commune=saint_denis)

    page = lire(client, adresse(offre))

    assert "suivent d’autres textes : un conseiller les vérifiera avec vous" in page
    assert "Plafond de ce logement" not in page
    assert Entreprise.objects.count() == 0
