"""« Les offres » in Chromium, axe on each page: the list, the map, an offer, an empty tab, what is folded."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.navigateur.conftest import Personne

pytestmark = pytest.mark.navigateur


def test_from_the_map_to_an_offer_by_the_keyboard_and_back(arriver: Callable[[], Personne]) -> None:
    lui = arriver()
    lui.se_connecte("gildas.le-roux@exemple.fr")
    lui.va("/offres/")
    lui.clique("Voir la carte")
    commune = lui.page.locator(".carte-des-offres a").first
    dit = str(commune.get_attribute("aria-label"))
    commune.focus()
    lui.page.keyboard.press("Enter")
    lui.page.wait_for_url("**/offres/?commune=*")
    lui.regarde()
    lui.lit(dit.rpartition(" : ")[2])
    lui.page.locator("article.offre h3 a").first.click()
    lui.regarde()
    lui.lit("Votre situation et ce logement")
    lui.lit("à 23 h 59")
    with lui.page.expect_download() as telechargement:
        lui.page.get_by_role("link", name="Ajouter la date à mon agenda").click()
    assert telechargement.value.suggested_filename.endswith(".ics")
    lui.clique("Retour aux résultats")
    assert "commune=" in lui.page.url


@pytest.mark.parametrize("largeur", [320, 360, 390])
def test_no_tab_is_cut_on_a_narrow_screen(arriver: Callable[[], Personne], largeur: int) -> None:
    lui = arriver()
    lui.se_connecte("gildas.le-roux@exemple.fr")
    lui.page.set_viewport_size({"width": largeur, "height": 700})
    lui.va("/offres/")
    coupes = "liens => liens.filter(a => a.scrollWidth > a.clientWidth).map(a => a.innerText)"
    assert lui.page.locator(".zones a").evaluate_all(coupes) == []


def test_what_does_not_fit_is_unfolded_and_an_empty_list_points_elsewhere(arriver: Callable[[], Personne]) -> None:
    lui = arriver()
    lui.se_connecte("gildas.le-roux@exemple.fr")
    lui.va("/offres/?onglet=departement")
    pli = lui.page.locator("details.boitier > summary")
    if pli.count():
        pli.click()
        expect(lui.page.locator(".ecartees").first).to_be_visible()
        lui.regarde()
    lui.va("/offres/?loyer=500&surface=80")
    lui.lit("Aucun logement ne passe vos filtres.")
    lui.lit("Élargissez votre zone de recherche")
    lui.va("/offres/?loyer=beaucoup")
    lui.lit("loyer maximum")
