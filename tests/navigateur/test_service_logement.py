"""Two windows side by side: an employee and his company's agent, through consent, help and withdrawal (guide #3)."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.navigateur.conftest import Personne

pytestmark = [pytest.mark.navigateur, pytest.mark.sur_un_bureau]
LUI, SERVICE = "nicolas.leroy@exemple.fr", "vauban@alin.exemple"
INVITEE = "lea.martin@exemple.fr"
ACCORD = "J’autorise le service logement de mon entreprise"


def test_an_employee_is_helped_for_as_long_as_he_consents(arriver: Callable[[], Personne]) -> None:
    lui, elle = arriver(), arriver()
    lui.se_connecte(LUI)
    elle.se_connecte(SERVICE)
    basculer_l_accord(lui, oui=False)
    ne_le_voit_pas(elle)
    basculer_l_accord(lui, oui=True)
    elle_ouvre_chaque_page(elle)
    elle_invite_une_collegue(elle, arriver())
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


def elle_ouvre_chaque_page(elle: Personne) -> None:
    """Axe looks at each, as at every page that somebody goes to."""
    elle.va("/service-logement/agents/")
    elle.va("/service-logement/?q=leroy")
    elle.clique("Nicolas Leroy")
    sienne = elle.page.url.removeprefix(elle.adresse)
    for suite in ("emploi/", "note/", "offres/"):
        elle.va(f"{sienne}{suite}")
    elle.va("/service-logement/")
    elle.appuie("CSV")
    expect(elle.page.get_by_role("link", name="Télécharger")).to_be_visible()
    elle.regarde()


def elle_invite_une_collegue(elle: Personne, collegue: Personne) -> None:
    """The page that the link opens, as its recipient reads it; she accepts nothing."""
    elle.va("/service-logement/agents/")
    elle.ecrit("Prénom", "Léa")
    elle.page.get_by_label("Nom", exact=False).nth(1).fill("Martin")
    elle.ecrit("Adresse e-mail professionnelle", INVITEE)
    elle.appuie("Envoyer l’invitation")
    elle.lit("Invitations en attente")
    lien = re.search(r"https?://\S+(/invitation/\S+)", collegue.recoit(INVITEE, "service logement"))
    assert lien is not None
    collegue.va(lien[1])
    collegue.lit("Camille Roux vous invite au service logement d’Ateliers Vauban")


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
    lui.va("/ma-demande/mon-entreprise/")
    lui.lit("Camille Roux, Ateliers Vauban")
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
    elle.lit("peut le retirer à tout moment")
    elle.regarde()
