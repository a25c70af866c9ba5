"""The list of documents, checked against the guide's own example and the official list."""

from dataclasses import replace
from datetime import date

import pytest

from demandes.pieces import mois_pleins, pieces_attendues
from demandes.sne.dossier import Contrat, DossierSNE, SituationFamiliale
from tests.factories import dossier

NOVEMBRE = date(2026, 11, 22)


def libelles(demande: DossierSNE, jour: date = NOVEMBRE) -> list[str]:
    return [piece.libelle for piece in pieces_attendues(demande, jour)]


def seule(**changements: object) -> DossierSNE:
    """One French employee on a permanent contract, alone, housed by an individual, dwelling taken back."""
    base = dossier()
    demandeur = replace(
        base.demandeur,
        nationalite="1",
        contrat=Contrat.CDI,
        situation_familiale=SituationFamiliale.CELIBATAIRE,
        ressources=(),
    )
    logement = replace(base.logement_actuel, modele="CP")
    seul = replace(
        base,
        demandeur=demandeur,
        cotitulaires=(),
        personnes_a_charge=(),
        nombre_a_naitre=0,
        logement_actuel=logement,
        motifs=("04",),
    )
    return replace(seul, **changements)  # type: ignore[arg-type]


def test_the_guides_example_gets_the_guides_list() -> None:
    assert libelles(seule()) == [
        "Carte nationale d’identité ou passeport",
        "Bulletin de salaire privé / public du mois d’octobre 2026 ou Attestation de l’employeur",
        "Bulletin de salaire privé / public du mois de septembre 2026 ou Attestation de l’employeur",
        "Bulletin de salaire privé / public du mois d’août 2026 ou Attestation de l’employeur",
        "Attestation de la personne qui héberge",
        "Avis d’imposition 2025 sur les revenus de l’année 2024",
        "Avis d’imposition 2026 sur les revenus de l’année 2025",
        "Lettre de congé de propriétaire ou jugement prononçant la résiliation du bail",
    ]


@pytest.mark.parametrize(
    ("jour", "mois"),
    [
        (date(2026, 11, 1), [(2026, 9), (2026, 8), (2026, 7)]),
        (date(2026, 1, 31), [(2025, 11), (2025, 10), (2025, 9)]),
        (date(2028, 2, 29), [(2028, 0), (2027, 11), (2027, 10)]),
        (date(2026, 3, 31), [(2026, 1), (2026, 0), (2025, 11)]),
    ],
)
def test_the_three_full_months_cross_the_year(jour: date, mois: list[tuple[int, int]]) -> None:
    assert mois_pleins(jour) == mois


def test_before_september_only_the_notice_everybody_has_is_asked() -> None:
    assert [p for p in libelles(seule(), date(2026, 8, 31)) if "Avis" in p] == [
        "Avis d’imposition 2025 sur les revenus de l’année 2024"
    ]


@pytest.mark.parametrize(
    ("contrat", "attendue"),
    [
        (Contrat.ARTISAN, "Dernier bilan ou attestation comptable"),
        (Contrat.CHOMAGE, "Avis de paiement de France Travail"),
        (Contrat.RETRAITE, "Notification de pension de retraite"),
        (Contrat.ETUDIANT, "Carte d’étudiant"),
    ],
)
def test_without_a_wage_no_payslip_is_asked(contrat: Contrat, attendue: str) -> None:
    demande = seule()
    liste = libelles(replace(demande, demandeur=replace(demande.demandeur, contrat=contrat)))
    assert attendue in liste
    assert not any("Bulletin" in libelle for libelle in liste)


@pytest.mark.parametrize("motif", ["06", "07", "08"])
def test_violence_and_health_are_marked_as_never_for_an_employer(motif: str) -> None:
    pieces = pieces_attendues(seule(motifs=(motif,)), NOVEMBRE)
    assert [piece.sensible for piece in pieces if piece.cle == f"foyer:motif:{motif}"] == [True]


def test_each_adult_gives_his_own_documents_under_his_name() -> None:
    demande = seule()
    autre = replace(demande.demandeur, prenom="Denis", nom="Gigi")
    pieces = pieces_attendues(replace(demande, cotitulaires=(autre,)), NOVEMBRE)
    assert [p.personne for p in pieces if "identité" in p.libelle] == [
        f"Demandeur {demande.demandeur.prenom.upper()} {demande.demandeur.nom.upper()}",
        "Codemandeur DENIS GIGI",
    ]
    assert len({piece.cle for piece in pieces}) == len(pieces)


def test_a_new_month_only_adds_its_payslip() -> None:
    avant = {piece.cle for piece in pieces_attendues(seule(), date(2026, 11, 30))}
    apres = {piece.cle for piece in pieces_attendues(seule(), date(2026, 12, 1))}
    assert [cle.partition(":")[2] for cle in apres - avant] == ["bulletin:2026-11"]
