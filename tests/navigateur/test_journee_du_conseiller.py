"""An adviser's day in a browser: what is due, the queue, decisions by keyboard, a whole queue at once, a commission."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.navigateur.conftest import Personne, attendre

pytestmark = [pytest.mark.navigateur, pytest.mark.sur_un_bureau]
LISTE = "/admin/candidatures/candidature/"
AUJOURD_HUI = date.today().isoformat()  # noqa: DTZ011


@pytest.mark.epreuve
def test_a_day_of_an_adviser(arriver: Callable[[], Personne]) -> None:
    elle = arriver()
    elle.se_connecte("conseiller1@alin.exemple")
    elle.lit("À faire aujourd’hui")
    elle.lit("Candidatures déposées")
    offre = une_offre_tres_demandee(elle)
    refuser_au_clavier(elle)
    valider_au_clavier(elle)
    valider_toute_la_file(elle)
    examines = transmettre(elle, offre, 3)
    tenir_la_commission(elle, offre, examines)


def une_offre_tres_demandee(elle: Personne) -> str:
    """The queue, filtered to Paris; returns the dwelling of its first dossier, whose filters stay."""
    elle.va(LISTE)
    elle.page.locator("details.filtre", has_text="Département").locator("summary").click()
    elle.clique("Paris")
    assert "departement=75" in elle.page.url
    comptes: dict[str, int] = {}
    for lien in elle.page.locator(".field-logement a").all():
        adresse = str(lien.get_attribute("href"))
        comptes[adresse] = comptes.get(adresse, 0) + 1
    elle.page.locator(".results tbody th a").first.click()
    elle.regarde()
    retour = elle.page.locator(".breadcrumbs a", has_text="Candidatures")
    expect(retour).to_have_attribute("href", re.compile("departement=75"))
    return max(comptes, key=lambda adresse: comptes[adresse]).partition("offre=")[2]


def refuser_au_clavier(elle: Personne) -> None:
    """« n », a reason, what the applicant will read, then confirmed."""
    elle.page.keyboard.press("?")
    expect(elle.page.get_by_text("Dossier suivant, sans rien décider")).to_be_visible()
    elle.regarde()
    elle.page.keyboard.press("n")
    formulaire = elle.page.locator("form[action*='/invalider/']")
    expect(formulaire.get_by_label("Motif")).to_be_focused()
    formulaire.get_by_label("Motif").select_option(index=1)
    precision = formulaire.get_by_label("Précision pour le demandeur")
    precision.press_sequentially("vs n’avez pas fini")  # letters that are keys elsewhere
    elle.regarde()
    formulaire.get_by_role("button", name="Voir ce que lira le demandeur").click()
    elle.lit("Rien n’est encore enregistré")
    elle.lit("vs n’avez pas fini")
    elle.regarde()
    elle.clique("Modifier")
    expect(precision).to_have_value("vs n’avez pas fini")
    precision.fill("Complétez votre dossier.")
    formulaire.get_by_role("button", name="Voir ce que lira le demandeur").click()
    elle.appuie("Confirmer et passer au suivant")
    elle.lit("C’est enregistré : non validée")


def valider_au_clavier(elle: Personne) -> None:
    """« v » and the next dossier is there; switched off, it does nothing."""
    premier = elle.page.url
    elle.page.keyboard.press("v")
    elle.lit("C’est enregistré : validée par Action Logement")
    assert elle.page.url != premier
    assert "departement%3D75" in elle.page.url
    suivant = elle.page.url
    elle.page.get_by_text("Raccourcis clavier").click()
    elle.page.get_by_label("Raccourcis actifs").uncheck()
    elle.page.keyboard.press("s")
    elle.page.keyboard.press("v")
    assert elle.page.url == suivant
    elle.page.get_by_label("Raccourcis actifs").check()
    elle.page.keyboard.press("s")
    elle.page.wait_for_url(lambda adresse: adresse != suivant)
    elle.regarde()


def valider_toute_la_file(elle: Personne) -> None:
    """Everything that waits in Paris, on all the pages of the list: confirmed, followed, reported."""
    elle.va(f"{LISTE}?departement=75")
    elle.page.get_by_text("Agir sur toute la file").click()
    elle.appuie("Valider la candidature")
    elle.lit("à confirmer")
    elle.appuie("Confirmer pour")
    attendre(lambda: "C’est fini" in elle.page.locator("main").inner_text())
    elle.regarde()
    elle.clique("Revenir à la file")
    assert "departement=75" in elle.page.url


def transmettre(elle: Personne, offre: str, combien: int) -> list[str]:
    """The first few to the bailleur; returns the addresses of their dossiers."""
    elle.va(f"{LISTE}?offre={offre}&etape=a-transmettre")
    lignes = elle.page.locator(".results tbody tr")
    adresses = [str(lignes.nth(n).locator("th a").get_attribute("href")) for n in range(combien)]
    for n in range(combien):
        lignes.nth(n).locator("input[type=checkbox]").check()
    elle.page.locator("select[name=action]").select_option(label="Transmettre au bailleur")
    elle.appuie("Envoyer")
    elle.lit(f"« Transmettre au bailleur » : {combien} candidatures.")
    return [adresse.partition("?")[0] for adresse in adresses]


def tenir_la_commission(elle: Personne, offre: str, dossiers: list[str]) -> None:
    """Each on the agenda of the day, then the sheet, and all the decisions in one form."""
    for adresse in dossiers:
        elle.va(adresse)
        formulaire = elle.page.locator("form[action*='/passer-en-commission/']")
        if not formulaire.is_visible():
            elle.page.locator("summary", has_text="Inscrire à la commission").click()
        formulaire.get_by_label("Jour de la commission").fill(AUJOURD_HUI)
        formulaire.get_by_role("button", name="Inscrire à la commission").click()
        elle.lit("C’est enregistré : en commission")
    elle.va(f"{LISTE}offre/{offre}/feuille/")
    elle.clique("Saisir les décisions")
    lignes = elle.page.locator(".seance-ligne")
    for place, decision in enumerate(("attribuer", "classer", "non-attribuer")):
        lignes.nth(place).get_by_label("Décision").select_option(decision)
    lignes.nth(1).get_by_label("Rang (2 ou plus)").fill("2")
    lignes.nth(2).get_by_label("Précision pour le demandeur").fill("Un candidat plus ancien a été retenu.")
    elle.page.get_by_label("Séance tenue le").fill(AUJOURD_HUI)
    elle.appuie("Enregistrer la séance")
    elle.lit("Séance enregistrée : 3 décisions.")
    elle.va(f"{LISTE}?offre={offre}&etape=attribuees")
    elle.lit("Attribuée")
    elle.lit("Classée, en attente")
