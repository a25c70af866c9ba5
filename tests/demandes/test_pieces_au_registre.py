"""What the registration site has received, set against what is expected: kinds, months, years, and never whose."""

from dataclasses import replace
from datetime import date

import pytest

from demandes.pieces import Piece, pieces_attendues
from demandes.pieces.registre import AuRegistre, Reception, au_registre
from demandes.sne.dossier import DossierSNE, PieceDeposee
from tests.demandes import liste_officielle as o
from tests.demandes.foyers import NOVEMBRE, a_charge, avec, foyer, une_personne

ABSENTE = AuRegistre(Reception.ABSENTE)


def le(jour: int, mois: int = 11, annee: int = 2026) -> date:
    return date(annee, mois, jour)


def recue(jour: date) -> AuRegistre:
    return AuRegistre(Reception.RECUE, jour)


def partagee(jour: date) -> AuRegistre:
    return AuRegistre(Reception.PARTAGEE, jour)


def etats(demande: DossierSNE, *deposees: PieceDeposee, jour: date = NOVEMBRE) -> list[tuple[str, AuRegistre]]:
    pieces: list[Piece] = pieces_attendues(demande, jour)
    lus = au_registre(pieces, deposees, jour)
    return [(piece.libelle, lus[piece.cle]) for piece in pieces]


def test_an_empty_registry_has_nothing() -> None:
    assert {etat for _, etat in etats(foyer())} == {ABSENTE}


def test_a_document_counts_since_its_last_deposit() -> None:
    lus = dict(etats(foyer(), PieceDeposee("IDENT", "CNI", le(3, 1)), PieceDeposee("IDENT", "Passeport", le(4))))
    assert lus[o.CNI] == recue(le(4))
    assert lus[o.OCTOBRE] == ABSENTE


@pytest.mark.parametrize(
    ("libelle", "depot", "attendus"),
    [
        ("Bulletin de salaire du mois d’octobre 2026", le(3), [recue(le(3)), ABSENTE, ABSENTE]),
        ("BULLETIN DE SALAIRE AOÛT 2026", le(3), [ABSENTE, ABSENTE, recue(le(3))]),
        ("Bulletin de juillet 2026", le(3), [ABSENTE, ABSENTE, ABSENTE]),
        ("Bulletin d’octobre 2025", le(3), [ABSENTE, ABSENTE, ABSENTE]),
        ("Bulletin de salaire ou attestation de l’employeur", le(3), [partagee(le(3))] * 3),
        ("Bulletin de salaire ou attestation de l’employeur", le(31, 7), [ABSENTE] * 3),
    ],
)
def test_a_payslip_counts_for_its_month_only(libelle: str, depot: date, attendus: list[AuRegistre]) -> None:
    lus = dict(etats(foyer(), PieceDeposee("BULLET", libelle, depot)))
    assert [lus[mois] for mois in (o.OCTOBRE, o.SEPTEMBRE, o.AOUT)] == attendus


@pytest.mark.parametrize(
    ("code", "libelle", "depot", "attendus"),
    [
        ("AVISN1", "Avis d’imposition sur les revenus N-1", le(1, 10), [ABSENTE, recue(le(1, 10))]),
        ("AVISN2", "Avis d’imposition sur les revenus N-2", le(1, 10), [recue(le(1, 10)), ABSENTE]),
        ("AVISN1", "Avis d’imposition sur les revenus N-1", le(1, 10, 2025), [recue(le(1, 10, 2025)), ABSENTE]),
        ("AVISN2", "Avis d’imposition sur les revenus N-2", le(1, 10, 2025), [ABSENTE, ABSENTE]),
        ("AVISN2", "Avis d’imposition 2026 sur les revenus de l’année 2025", le(1), [ABSENTE, recue(le(1))]),
        ("AVISN1", "Avis 2025", le(1), [recue(le(1)), ABSENTE]),
    ],
)
def test_a_notice_counts_for_the_year_it_is_about(
    code: str, libelle: str, depot: date, attendus: list[AuRegistre]
) -> None:
    lus = dict(etats(foyer(), PieceDeposee(code, libelle, depot)))
    assert [lus[o.AVIS_2025], lus[o.AVIS_2026]] == attendus


def test_one_deposit_for_two_people_is_nobodys_for_sure() -> None:
    couple = foyer(une_personne(), avec())
    une, deux = PieceDeposee("IDENT", "CNI", le(3)), PieceDeposee("IDENT", "CNI", le(9))
    assert [etat for libelle, etat in etats(couple, une) if libelle == o.CNI] == [partagee(le(3))] * 2
    assert [etat for libelle, etat in etats(couple, une, deux) if libelle == o.CNI] == [recue(le(9))] * 2


def test_an_attached_adult_shares_the_kind_of_the_others() -> None:
    demande = foyer(une_personne(nationalite="3"), a_charge("2001-05-05"))
    lus = dict(etats(demande, PieceDeposee("SEJOUR", "Titre de séjour", le(3))))
    assert (lus[o.SEJOUR], lus[o.IDENTITE_RATTACHE]) == (partagee(le(3)), partagee(le(3)))


def test_another_kind_is_not_taken_for_it() -> None:
    demande = foyer(une_personne(famille="M"), a_charge("2020-05-05"))
    lus = dict(etats(demande, PieceDeposee("MARIAG", "Livret de famille", le(3)), PieceDeposee("AUTRE", "CNI", le(3))))
    assert (lus[o.LIVRET], lus[o.ENFANTS], lus[o.CNI]) == (recue(le(3)), ABSENTE, ABSENTE)


def test_an_unknown_code_and_a_strange_label_disturb_nothing() -> None:
    deposees = (PieceDeposee("X1", "", le(1)), PieceDeposee("BULLET", "revenus " * 30, le(1, 1, 2019)))
    assert {etat for _, etat in etats(replace(foyer(), pieces=deposees), *deposees)} == {ABSENTE}
