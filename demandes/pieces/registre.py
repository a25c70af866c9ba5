"""What the registration site has of each document: it names a kind, a label and a day, never a person."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from demandes.pieces import Piece
from demandes.pieces.periodes import MOIS, mois_pleins
from demandes.sne.dossier import PieceDeposee

BULLETIN, AVIS_N1, AVIS_N2 = "BULLET", "AVISN1", "AVISN2"
_MOIS_ECRIT = re.compile(rf"\b({'|'.join(MOIS)})\s+(\d{{4}})\b", re.IGNORECASE)
_REVENUS_ECRITS = re.compile(r"\brevenus\D{0,20}\b(\d{4})\b", re.IGNORECASE)
_AVIS_ECRIT = re.compile(r"\bavis\D{0,20}\b(\d{4})\b", re.IGNORECASE)


class Reception(StrEnum):
    """`PARTAGEE`: it has some of these, but fewer than there are people or months to prove, and does not say whose."""

    RECUE = "recue"
    PARTAGEE = "partagee"
    ABSENTE = "absente"


@dataclass(frozen=True, slots=True)
class AuRegistre:
    """Whether the registry has a document, and since when (the last deposit)."""

    reception: Reception
    depuis: date | None = None


def au_registre(pieces: Sequence[Piece], deposees: Iterable[PieceDeposee], jour: date) -> dict[str, AuRegistre]:
    """For each expected document, by `cle`, what the registry has received of it.

    Documents that several people owe alike are counted together: as many deposits as people, and everybody's is there.
    """
    recues = list(deposees)
    etats = {}
    for piece in pieces:
        semblables = [a for a in pieces if a.periode == piece.periode and set(a.codes) & set(piece.codes)]
        bonnes = [recue.deposee_le for recue in recues if _convient(recue, piece)]
        vagues = [recue.deposee_le for recue in recues if _sans_periode(recue, piece, jour)]
        if len(bonnes) >= len(semblables):
            etats[piece.cle] = AuRegistre(Reception.RECUE, max(bonnes))
        elif bonnes or vagues:
            etats[piece.cle] = AuRegistre(Reception.PARTAGEE, max(bonnes + vagues))
        else:
            etats[piece.cle] = AuRegistre(Reception.ABSENTE)
    return etats


def _convient(recue: PieceDeposee, piece: Piece) -> bool:
    """The same kind, and the same month or year: last spring's payslip proves nothing of last month."""
    return recue.code in piece.codes and (piece.periode is None or _periode(recue) == piece.periode)


def _sans_periode(recue: PieceDeposee, piece: Piece, jour: date) -> bool:
    """A payslip or an employer's statement without a month, recent enough to be about the months asked for."""
    if recue.code not in piece.codes or recue.code != BULLETIN or _periode(recue):
        return False
    return recue.deposee_le >= mois_pleins(jour)[-1]


def _periode(recue: PieceDeposee) -> date | None:
    """The first day of a payslip's month or of a notice's year of income, as the label or the deposit says."""
    if recue.code == BULLETIN:
        ecrit = _MOIS_ECRIT.search(recue.libelle)
        return date(int(ecrit[2]), MOIS.index(ecrit[1].lower()) + 1, 1) if ecrit else None
    if recue.code in {AVIS_N1, AVIS_N2}:
        return date(_annee_de_revenus(recue), 1, 1)
    return None


def _annee_de_revenus(recue: PieceDeposee) -> int:
    """Written « revenus 2025 » or « avis 2026 »; else N-1 and N-2 count from the year of the deposit."""
    if ecrite := _REVENUS_ECRITS.search(recue.libelle):
        return int(ecrite[1])
    if ecrite := _AVIS_ECRIT.search(recue.libelle):
        return int(ecrite[1]) - 1
    return recue.deposee_le.year - (1 if recue.code == AVIS_N1 else 2)
