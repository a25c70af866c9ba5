"""A shared computer: after « Me déconnecter », the browser's « back » shows nothing of the one who left."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import MOT_DE_PASSE, DemandeFactory, UserFactory

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("retour")]


def test_going_back_after_signing_out_asks_to_sign_in(page: Page, live_server: object) -> None:
    user = UserFactory(prenom="Philomène", nom_naissance="Quentinier")
    DemandeFactory(demandeur=user)
    adresse = str(live_server)
    page.set_default_timeout(15_000)
    page.goto(f"{adresse}/connexion/")
    page.locator("input[name=login]").fill(user.email)
    page.locator("input[name=password]").fill(MOT_DE_PASSE)
    page.get_by_role("button", name=re.compile("Je me connecte", re.IGNORECASE)).click()
    page.goto(f"{adresse}/ma-demande/informations/")
    page.goto(f"{adresse}/mon-profil/")
    expect(page.get_by_label("Nom de naissance")).to_have_value("Quentinier")
    garde = page.evaluate("({...localStorage, ...sessionStorage})")
    assert garde in ({}, {"htmx-current-path-for-history": "/mon-profil/"})
    page.goto(f"{adresse}/deconnexion/")
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("link", name="Se connecter").first).to_be_visible()
    for _ in range(4):
        page.go_back()
        page.wait_for_load_state()
        contenu = page.content()
        assert "Quentinier" not in contenu, page.url
        assert "28905" not in contenu, page.url
    assert "/connexion/" in page.url
