"""Offers, ceilings and thresholds in the advisers' workplace."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from offres import baremes
from offres.models import Offre, Plafond, StatutOffre
from offres.plafonds import Bareme
from tests.factories import BailleurFactory, CommuneFactory, OffreFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def superviseur(client: Client) -> Client:
    client.force_login(UserFactory(superviseur=True))
    return client


@pytest.mark.parametrize("modele", ["offre", "bailleur", "plafond", "seuilseffort"])
def test_every_table_opens_empty_and_full(superviseur, modele):
    adresse = reverse(f"admin:offres_{modele}_changelist")

    assert superviseur.get(adresse).status_code == 200
    baremes.charger()
    OffreFactory()
    assert superviseur.get(adresse).status_code == 200


def test_an_offer_is_published_when_it_is_created_and_its_status_is_never_typed(superviseur):
    champs = {
        "reference": "NOUVELLE", "bailleur": BailleurFactory().pk, "commune": CommuneFactory().pk,
        "code_postal": "75011", "nature": "appartement", "typologie": "T3", "surface": 61, "charges": 100,
        "loyer_stationnement": 0, "loyer_charges_comprises": 841, "financement": "PLS",
        "publiee_le": "22/11/2026", "date_limite": "29/11/2026", "statut": "retiree",
    }  # fmt: skip

    reponse = superviseur.post(reverse("admin:offres_offre_add"), champs)

    assert reponse.status_code == 302, reponse.content.decode()
    assert Offre.objects.get().statut == StatutOffre.PUBLIEE


def test_a_deadline_before_the_publication_is_refused_in_french(superviseur):
    offre = OffreFactory()
    adresse = reverse("admin:offres_offre_change", args=[offre.pk])
    formulaire = superviseur.get(adresse).context["adminform"].form
    champs = {nom: valeur for nom, valeur in formulaire.initial.items() if valeur is not None}

    reponse = superviseur.post(adresse, {**champs, "publiee_le": "22/11/2026", "date_limite": "21/11/2026"})

    assert "La date limite de candidature doit suivre la date de publication." in reponse.content.decode()


def test_an_offer_is_withdrawn_never_deleted(superviseur):
    assert superviseur.post(reverse("admin:offres_offre_delete", args=[OffreFactory().pk])).status_code == 403


def test_a_corrected_ceiling_counts_at_once(superviseur):
    baremes.charger()
    paris = CommuneFactory()
    plafond = Plafond.objects.get(financement="PLAI", zone="1", categorie=3)
    adresse = reverse("admin:offres_plafond_change", args=[plafond.pk])
    champs = superviseur.get(adresse).context["adminform"].form.initial

    reponse = superviseur.post(adresse, {**champs, "montant": 31_640, "en_vigueur_le": "01/01/2026", "verifie": "on"})

    assert reponse.status_code == 302, reponse.content.decode()
    assert Bareme.en_vigueur(date(2026, 11, 22)).plafond("PLAI", paris, 3, 0) == 31_640
