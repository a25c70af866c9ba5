"""Two windows side by side: an employee and his company's agent, through consent, help and withdrawal (guide #3)."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.navigateur.conftest import Personne

pytestmark = [pytest.mark.navigateur, pytest.mark.sur_un_bureau]
LUI, SERVICE = "nicolas.leroy@exemple.fr", "vauban@alin.exemple"
ACCORD = "J’autorise le service logement de mon entreprise"


def test_an_employee_is_helped_for_as_long_as_he_consents(arriver: Callable[[], Personne]) -> None:
    lui, elle = arriver(), arriver()
    lui.se_connecte(LUI)
    elle.se_connecte(SERVICE)
    basculer_l_accord(lui, oui=False)
    ne_le_voit_pas(elle)
    basculer_l_accord(lui, oui=True)
    elle_postule_pour_lui(elle)
    il_lit_que_c_est_elle(lui)
    elle_va_annuler_quand_il_se_retire(elle, lui)
    ne_le_voit_pas(elle)
    lui.va("/candidatures/")
    lui.lit("En attente")
    basculer_l_accord(lui, oui=True)


def basculer_l_accord(lui: Personne, *, oui: bool) -> None:
    """« Mon employeur », in « Ma situation »: one click."""
    lui.va("/ma-demande/")
    interrupteur = lui.page.get_by_role("switch", name=ACCORD)
    if (interrupteur.get_attribute("aria-checked") == "true") is not oui:
        interrupteur.click()
        lui.regarde()
    expect(lui.page.get_by_role("switch", name=ACCORD)).to_have_attribute("aria-checked", "true" if oui else "false")


def ne_le_voit_pas(elle: Personne) -> None:
    elle.va("/service-logement/?q=leroy")
    elle.lit("Aucun salarié ne correspond.")


def elle_postule_pour_lui(elle: Personne) -> None:
    """From the list to his page, the offers, the page that names both, the act."""
    elle.va("/service-logement/?q=leroy")
    elle.clique("Nicolas Leroy")
    elle.lit("Offres qui conviennent")
    elle.clique("Postuler en son nom")
    elle.lit("Postuler au nom de Nicolas Leroy")
    elle.appuie("Confirmer")
    elle.lit("La candidature de Nicolas Leroy est déposée")
    elle.lit("Annuler cette candidature en son nom")


def il_lit_que_c_est_elle(lui: Personne) -> None:
    lettre = lui.recoit(LUI, "Ce logement a bien été ajouté à vos candidatures")
    assert "en votre nom par Camille Roux" in lettre
    lui.va("/candidatures/")
    lui.lit("Le service logement de l’entreprise")
    lui.va("/mon-profil/consultations/")
    lui.lit("Camille Roux, Ateliers Vauban")


def elle_va_annuler_quand_il_se_retire(elle: Personne, lui: Personne) -> None:
    """She has the confirmation before her eyes; he says no; her click finds nothing."""
    elle.clique("Annuler cette candidature en son nom")
    elle.lit("Annuler la candidature de Nicolas Leroy")
    basculer_l_accord(lui, oui=False)
    with elle.page.expect_console_message(lambda message: "404" in message.text):
        elle.page.get_by_role("button", name="Annuler en son nom").click()
    elle.refus.clear()
