"""The same documents on the adviser's page, with what the registry has; and what a company never sees of them."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from candidatures.models import Candidature
from demandes.pieces import pieces_attendues
from demandes.sne.dossier import DossierSNE, PieceDeposee
from tests.candidatures import espace
from tests.demandes import liste_officielle as o
from tests.demandes.foyers import avec, foyer, une_personne
from tests.factories import CandidatureFactory, DemandeFactory
from tests.service_logement import gens

pytestmark = pytest.mark.django_db

SENSIBLES = (o.SEJOUR, o.INVALIDITE, o.INDEMNITES, o.GROSSESSE, o.VIOLENCES, o.HANDICAP, o.MEDICAL)


def eprouve() -> DossierSNE:
    """Whatever an employer must not know."""
    personne = une_personne(nationalite="3", recoit="PINV AUT")
    demande = foyer(personne, avec("RET"), motifs="06 07 08", logement="LP", a_naitre=1)
    deposees = (
        PieceDeposee("MEDICA", "Certificat médical", date(2026, 11, 3)),
        PieceDeposee("BAIL", "Bail", date(2026, 11, 4)),
        PieceDeposee("AVISN2", "Avis d’imposition 2025", date(2026, 11, 5)),
    )
    return replace(demande, pieces=deposees)


def texte(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub("</?time[^>]*>", "", html)).split())


@pytest.fixture
def candidature() -> Candidature:
    posee: Candidature = CandidatureFactory(demande=DemandeFactory(dossier=eprouve(), valide=True))
    return posee


def test_the_adviser_reads_each_document_and_what_the_registry_has_of_it(candidature: Candidature) -> None:
    conseiller = espace.connecte(conseiller=True)
    page = texte(espace.lire(conseiller, espace.page_de(candidature)))
    assert "Demandeur ANNE PORTE confirmée" in page
    assert f"confirmée {o.MEDICAL} au registre depuis le 03/11/2026" in page
    assert f"confirmée {o.BAIL} au registre depuis le 04/11/2026" in page
    assert f"confirmée {o.QUITTANCE} pas reçue par le registre" in page
    assert f"confirmée {o.AVIS_2025} un document de ce genre au registre le 05/11/2026, sans dire lequel" in page
    assert "Codemandeur DENIS GIGI" in page
    assert "Tout ce que le registre détient (3)" in page


def test_the_support_reads_the_list_without_the_sensitive_documents(candidature: Candidature) -> None:
    page = espace.lire(espace.connecte(support=True), espace.page_de(candidature))
    assert o.QUITTANCE in page
    assert [libelle for libelle in SENSIBLES if libelle in page] == []


def test_a_company_never_sees_a_medical_or_violence_document() -> None:
    demande = gens.salarie("Porte", "Anne", dossier=eprouve())
    attendues = {piece.libelle for piece in pieces_attendues(demande.dossier, timezone.localdate())}
    assert attendues.issuperset(SENSIBLES)
    agent: Client = gens.connecte(gens.agent_de_vauban())
    pages = [
        gens.lire(agent, gens.page(demande)),
        gens.lire(agent, "/service-logement/"),
    ]
    for page in pages:
        assert "PORTE" in page.upper()
        assert [libelle for libelle in (*SENSIBLES, "MEDICA", "Certificat", "plainte") if libelle in page] == []
