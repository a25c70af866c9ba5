"""Offers, ceilings and thresholds in the advisers' workplace."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

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


def test_a_published_offer_past_its_deadline_is_said_and_found_expired(superviseur):
    OffreFactory(reference="OUVERTE")
    OffreFactory(reference="EXPIREE", expiree=True)
    OffreFactory(reference="RETIREE", expiree=True, retiree=True)
    adresse = reverse("admin:offres_offre_changelist")

    trouvees = {
        etat: {ref for ref in ("OUVERTE", "EXPIREE", "RETIREE") if f">{ref}</a>" in html}
        for etat in ("", "publiee", "expiree", "placee", "retiree", "n-importe-quoi")
        if (html := superviseur.get(adresse, {"etat": etat}).content.decode())
    }

    assert trouvees["publiee"] == {"OUVERTE"}
    assert trouvees["expiree"] == {"EXPIREE"}
    assert trouvees["retiree"] == {"RETIREE"}
    assert trouvees["placee"] == set()
    assert trouvees[""] == trouvees["n-importe-quoi"] == {"OUVERTE", "EXPIREE", "RETIREE"}
    page = superviseur.get(adresse, {"etat": "expiree"}).content.decode()
    assert 'class="field-etat">Expirée</td>' in page


def test_advisers_find_the_offers_whose_right_of_designation_ends(superviseur):
    jour = timezone.localdate()
    OffreFactory(reference="BIENTOT", designation_jusqu_au=jour + timedelta(days=6))
    OffreFactory(reference="PLUS-TARD", designation_jusqu_au=jour + timedelta(days=20))
    OffreFactory(reference="ACHEVE", designation_jusqu_au=jour - timedelta(days=1))
    OffreFactory(reference="INCONNU")
    adresse = reverse("admin:offres_offre_changelist")

    for choix, reference in (("semaine", "BIENTOT"), ("passe", "ACHEVE"), ("sans", "INCONNU")):
        html = superviseur.get(adresse, {"designation": choix}).content.decode()
        trouvees = [ref for ref in ("BIENTOT", "PLUS-TARD", "ACHEVE", "INCONNU") if f">{ref}</a>" in html]
        assert trouvees == [reference]
