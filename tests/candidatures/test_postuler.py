"""The first door, « Je postule »: what is refused, why, and what it leaves behind."""

from datetime import date

import pytest
from django.utils import timezone

from accounts.models import Courriel
from candidatures import workflow
from candidatures.models import Candidature
from candidatures.statuts import ACTIFS, Action, Statut
from offres import baremes
from tests.candidatures.refus import refus
from tests.factories import (
    AppartenanceFactory,
    CandidatureFactory,
    ConsentementFactory,
    DemandeFactory,
    EntrepriseFactory,
    OffreFactory,
    UserFactory,
    dossier,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _baremes(db: None) -> None:
    baremes.charger()


def test_applying_makes_a_candidature_a_line_of_journal_and_a_mail() -> None:
    demande, offre = DemandeFactory(valide=True), OffreFactory()
    candidature = workflow.postuler(demande, offre, par=demande.demandeur)
    assert candidature.statut == Statut.DEPOSEE
    assert candidature.instantane == demande.instantanes.latest()
    (ligne,) = candidature.journal()
    assert (ligne.action, ligne.depuis, ligne.vers, ligne.par_id) == (
        "postuler",
        "",
        Statut.DEPOSEE,
        demande.demandeur.pk,
    )
    courriel = Courriel.objects.get(destinataire=demande.demandeur.email)
    assert courriel.sujet == "Ce logement a bien été ajouté à vos candidatures"


def test_applying_twice_to_the_same_offer_gives_the_same_candidature() -> None:
    demande, offre = DemandeFactory(valide=True), OffreFactory()
    premiere = workflow.postuler(demande, offre, par=demande.demandeur)
    assert workflow.postuler(demande, offre, par=demande.demandeur) == premiere
    assert Courriel.objects.filter(gabarit="candidature_deposee").count() == 1


def test_one_applies_to_one_dwelling_at_a_time() -> None:
    en_cours = CandidatureFactory()
    phrase = refus(workflow.postuler, en_cours.demande, OffreFactory(), par=en_cours.demande.demandeur)
    assert "Vous avez déjà une candidature active" in phrase


@pytest.mark.parametrize("statut", sorted(set(Statut) - ACTIFS - {Statut.BAIL_SIGNE}))
def test_every_end_but_the_lease_sets_the_applicant_free(statut: Statut) -> None:
    finie = CandidatureFactory(statut=statut)
    nouvelle = workflow.postuler(finie.demande, OffreFactory(), par=finie.demande.demandeur)
    assert nouvelle.statut == Statut.DEPOSEE


def test_after_a_signed_lease_the_search_is_over() -> None:
    signee = CandidatureFactory(statut=Statut.BAIL_SIGNE)
    phrase = refus(workflow.postuler, signee.demande, OffreFactory(), par=signee.demande.demandeur)
    assert "Vous avez signé un bail" in phrase


@pytest.mark.parametrize(
    ("traits", "extrait"),
    [
        ({"expiree": True}, "n’est plus ouverte"),
        ({"retiree": True}, "n’est plus ouverte"),
        ({"loyer_charges_comprises": None}, "n’est plus ouverte"),
        ({"trop_grande": True}, "T2, T3 ou T4. Ce logement est un T5."),
        ({"trop_chere": True}, "C’est trop : 38 % au plus."),
        ({"financement": "PLAI"}, "Plafond de ce logement"),
    ],
)
def test_an_offer_that_is_closed_or_unsuitable_says_why(traits: dict[str, object], extrait: str) -> None:
    demande = DemandeFactory(valide=True)
    assert extrait in refus(workflow.postuler, demande, OffreFactory(**traits), par=demande.demandeur)
    assert not Candidature.objects.exists()


def test_before_the_file_is_validated_nobody_applies() -> None:
    demande = DemandeFactory()
    assert "« Valider mon dossier »" in refus(workflow.postuler, demande, OffreFactory(), par=demande.demandeur)


def test_a_new_document_to_confirm_is_asked_before_applying() -> None:
    demande = DemandeFactory(valide=True)
    demande.pieces_confirmees.first().delete()
    assert "nouvelles pièces" in refus(workflow.postuler, demande, OffreFactory(), par=demande.demandeur)


@pytest.mark.parametrize(
    ("changements", "extrait"),
    [
        ({"date_radiation": date(2026, 1, 5), "motif_radiation": "RADREN"}, "radiée du registre"),
        ({"date_creation": date(2020, 1, 5), "date_renouvellement": date(2024, 1, 5)}, "n’est plus valable"),
    ],
)
def test_a_dead_demand_may_look_but_not_apply(changements: dict[str, object], extrait: str) -> None:
    demande = DemandeFactory(valide=True, dossier=dossier(**changements))
    assert extrait in refus(workflow.postuler, demande, OffreFactory(), par=demande.demandeur)


def test_nobody_applies_with_a_strangers_demand() -> None:
    demande = DemandeFactory(valide=True)
    assert "n’y avez plus accès" in refus(workflow.postuler, demande, OffreFactory(), par=UserFactory())
    assert not Candidature.objects.exists()


def test_the_housing_service_may_apply_for_who_consented_until_he_withdraws() -> None:
    entreprise = EntrepriseFactory(siret="12345678200010")
    agent = AppartenanceFactory(entreprise=entreprise).agent
    accord = ConsentementFactory(entreprise=entreprise)
    candidature = workflow.postuler(accord.demande, OffreFactory(), par=agent)
    assert Courriel.objects.filter(texte__contains="en votre nom par").exists()
    accord.retire_le = timezone.now()
    accord.save()
    assert "n’y avez plus accès" in refus(workflow.avancer, candidature, Action.ANNULER, par=agent)
