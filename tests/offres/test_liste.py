"""« Les offres »: three tabs, filters, cards, and what does not fit (guide #5)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from offres.models import Offre
from tests.factories import (
    CandidatureFactory,
    OffreFactory,
)
from tests.offres.lecture import LISTE, dans, lire, trouver


def test_each_tab_has_its_own_list_and_its_count(anne, onzieme):
    OffreFactory(commune=onzieme, reference="ONZE")
    OffreFactory.create_batch(2, commune=dans("75120"))
    OffreFactory.create_batch(3, commune=dans("75115"))

    page = lire(anne, LISTE)

    assert "6 logements correspondent à votre situation" in page
    assert "Communes demandées 1 logement Communes limitrophes 2 logements" in page
    assert "Autres communes du département 3 logements" in page
    assert page.count("PARIS 11EME ARRONDISSEMENT (75011)") == 1
    assert lire(anne, f"{LISTE}?onglet=limitrophes").count("PARIS 20EME ARRONDISSEMENT (75020)") == 2
    assert lire(anne, f"{LISTE}?onglet=departement").count("PARIS 15EME ARRONDISSEMENT (75015)") == 3


def test_the_current_tab_is_said_to_be_current(anne):
    html = anne.get(f"{LISTE}?onglet=limitrophes").content.decode()

    courant = trouver(r'<a id="([^"]+)"[^>]*aria-current="page"[^>]*>\s*Communes', html)
    assert courant == "onglet-limitrophes"


def test_a_card_says_what_one_looks_for_first(anne, onzieme):
    offre = OffreFactory(commune=onzieme, ascenseur=True)
    CandidatureFactory(offre=offre)

    page = lire(anne, LISTE)

    limite = timezone.localdate() + timedelta(days=5)
    assert "841 € charges comprises T3 · 61 m²" in page
    assert "3e étage sur 6 · ascenseur · immeuble de 1908" in page
    assert "adapté à votre foyer sous les plafonds 27 % de vos revenus" in page
    assert f"Date limite de candidature {limite:%d/%m/%Y} (dans 5 jours)" in page
    assert "Disponible dès le" in page
    assert "1 candidature DPE C" in page


def test_offers_that_do_not_fit_are_folded_with_their_reason_and_its_numbers(anne, onzieme):
    OffreFactory(commune=onzieme, trop_grande=True)
    OffreFactory(commune=onzieme, financement="PLAI")
    OffreFactory(commune=onzieme, trop_chere=True)

    assert "Pourquoi d’autres logements ne vous conviennent pas" in lire(anne, LISTE)
    page = lire(anne, LISTE + trouver(r'id="pourquoi" href="([^"]+)"', anne.get(LISTE).content.decode()))

    assert "3 logements ne correspondent pas à votre situation" in page
    assert "Vous êtes 3 personnes : T2, T3 ou T4. Ce logement est un T5." in page
    assert "Vos revenus 2024 : 32 940 €. Plafond de ce logement pour 3 personnes" in page
    assert "31 642 €. Vous le dépassez de 1 298 €." in page
    assert "soit 61 % de vos revenus (3 115 € par mois). C’est trop : 38 % au plus." in page
    assert "Communes demandées 0" in page


def test_a_rent_a_little_above_a_third_is_shown_with_a_warning(anne, onzieme):
    OffreFactory(commune=onzieme, loyer_charges_comprises=1_078)

    assert "35 % de vos revenus, un peu plus du tiers" in lire(anne, LISTE)


@pytest.mark.parametrize(
    "fermee",
    [
        {"expiree": True},
        {"retiree": True},
        {"statut": "placee"},
        {"loyer_charges_comprises": None},
        {"publiee_le": timezone.localdate() + timedelta(days=1)},
    ],
    ids=["expired", "withdrawn", "filled", "without rent", "not yet published"],
)
def test_a_closed_offer_is_not_in_the_list(anne, onzieme, fermee):
    OffreFactory(commune=onzieme, **fermee)

    assert "Aucun logement ne correspond en ce moment" in lire(anne, LISTE)


def test_an_empty_tab_says_so_and_points_to_the_others(anne):
    OffreFactory(commune=dans("75120"))

    page = lire(anne, LISTE)

    assert "Aucun logement de cet onglet ne correspond à votre situation" in page
    assert "Communes limitrophes (1)" in page
    assert "Élargissez votre zone de recherche" in page


@pytest.mark.parametrize(
    ("filtre", "gardees"),
    [
        ("type=T2", {"PETIT"}),
        ("loyer=800", {"PETIT", "PMR"}),
        ("surface=65", {"GRAND"}),
        ("etage=rdc", {"PMR"}),
        ("etage=ascenseur", {"GRAND", "PMR"}),
        ("pmr=oui", {"PMR"}),
        ("type=T2&surface=80", set()),
        ("type=T9&loyer=-3&surface=abc&etage=x&pmr=y&tri=z&page=abc", {"PETIT", "GRAND", "PMR"}),
    ],
)
def test_filters_narrow_the_list_and_nonsense_is_ignored(anne, onzieme, filtre, gardees):
    OffreFactory(commune=onzieme, reference="PETIT", typologie="T2", surface=44, loyer_charges_comprises=700)
    OffreFactory(commune=onzieme, reference="GRAND", typologie="T4", surface=78, ascenseur=True)
    OffreFactory(commune=onzieme, reference="PMR", etage=0, accessible_pmr=True, loyer_charges_comprises=760)

    html = anne.get(f"{LISTE}?{filtre}").content.decode()

    montrees = {offre.reference for offre in Offre.objects.all() if str(offre.pk) in html}
    assert montrees == gardees


def test_nonsense_in_the_address_is_said(anne):
    assert "Un filtre de l’adresse n’a pas été compris" in lire(anne, f"{LISTE}?loyer=beaucoup&onglet=lune")


@pytest.mark.parametrize(
    ("tri", "ordre"),
    [
        ("date", ["URGENT", "CHER", "GRAND"]),
        ("loyer", ["GRAND", "URGENT", "CHER"]),
        ("surface", ["GRAND", "URGENT", "CHER"]),
    ],
)
def test_one_may_sort(anne, onzieme, tri, ordre):
    jour = timezone.localdate()
    champs = {"commune": onzieme}
    OffreFactory(
        **champs, reference="URGENT", date_limite=jour + timedelta(days=1), loyer_charges_comprises=700, surface=62
    )
    OffreFactory(
        **champs, reference="CHER", date_limite=jour + timedelta(days=3), loyer_charges_comprises=900, surface=50
    )
    OffreFactory(
        **champs, reference="GRAND", date_limite=jour + timedelta(days=6), loyer_charges_comprises=600, surface=80
    )

    html = anne.get(f"{LISTE}?tri={tri}").content.decode()

    references = dict(Offre.objects.values_list("pk", "reference"))
    places = sorted((html.index(str(pk)), reference) for pk, reference in references.items())
    assert [reference for _, reference in places] == ordre


def test_filters_follow_from_tab_to_tab_and_from_page_to_page(anne, onzieme):
    OffreFactory.create_batch(21, commune=onzieme)

    html = anne.get(f"{LISTE}?surface=55&tri=loyer").content.decode()

    assert 'href="?onglet=limitrophes&amp;surface=55&amp;tri=loyer"' in html
    assert 'href="?onglet=demandees&amp;surface=55&amp;tri=loyer&amp;page=2"' in html
    deuxieme = anne.get(f"{LISTE}?onglet=demandees&surface=55&tri=loyer&page=2").content.decode()
    assert deuxieme.count('class="offre"') == 1
    assert "Page 2 sur 2" in deuxieme


def test_a_page_that_does_not_exist_gives_the_last_one(anne, onzieme):
    OffreFactory(commune=onzieme)

    assert "841 €" in lire(anne, f"{LISTE}?page=99")
    assert "841 €" in lire(anne, f"{LISTE}?page={'9' * 4_400}")
    assert "841 €" in lire(anne, f"{LISTE}?page={'0' * 4_400}")


def test_htmx_gets_the_results_alone(anne, onzieme):
    OffreFactory(commune=onzieme)

    reponse = anne.get(LISTE, headers={"HX-Request": "true"})

    html = reponse.content.decode()
    assert "<html" not in html
    assert 'class="offre"' in html
    assert "HX-Request" in reponse["Vary"]


def test_the_back_button_gets_the_whole_page(anne):
    """htmx asks again for a page of its history, and puts the answer in place of everything."""
    retour = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

    assert "<html" in anne.get(LISTE, headers=retour).content.decode()


def test_asking_why_where_every_offer_fits_says_so(anne, onzieme):
    OffreFactory(commune=onzieme)

    assert "Tous ceux qui y sont publiés vous conviennent." in lire(anne, f"{LISTE}?ecartees=oui")
    OffreFactory(commune=onzieme, trop_chere=True)
    filtree = lire(anne, f"{LISTE}?ecartees=oui&loyer=500")
    assert "Tous ceux qui y sont publiés et passent vos filtres vous conviennent." in filtree
