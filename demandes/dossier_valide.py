"""« Valider mon dossier »: the boxes to tick, what the registry has of each, and ticking them (guide #3, tab 3)."""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from django.db import transaction
from django.utils import timezone

from accounts.mur import par_la_porte
from alin.preparees import Preparee, parametre
from demandes.models import Demande, PieceConfirmee
from demandes.pieces import Piece, pieces_attendues
from demandes.pieces.registre import AuRegistre, Reception, au_registre


@dataclass(frozen=True, slots=True)
class Case:
    """One box. `nouvelle`: it was added to the list after the dossier was validated."""

    piece: Piece
    cochee: bool
    registre: AuRegistre
    nouvelle: bool

    @property
    def a_deposer(self) -> bool:
        """Ticked, and the registry has received nothing of the kind."""
        return self.cochee and self.registre.reception is Reception.ABSENTE


@dataclass(frozen=True, slots=True)
class Volet:
    """The boxes of one person, in the order of the rubriques. `ancre` is their place on the page."""

    personne: str
    ancre: str
    cases: list[Case] = field(default_factory=list)

    @property
    def cochees(self) -> int:
        return sum(case.cochee for case in self.cases)


def cases(demande: Demande, jour: date) -> list[Case]:
    """Every document expected on that day, ticked or not, with what the copy of the registry says of it."""
    dossier, cochees = demande.dossier, _cles_cochees(demande)
    attendues = pieces_attendues(dossier, jour)
    recues = au_registre(attendues, dossier.pieces, jour)
    validee = demande.dossier_valide_le is not None
    return [
        Case(piece, cochee, recues[piece.cle], validee and not cochee)
        for piece in attendues
        for cochee in [piece.cle in cochees]
    ]


def volets(toutes: list[Case]) -> list[Volet]:
    """The same boxes, person by person."""
    par_personne: dict[str, Volet] = {}
    for case in toutes:
        personne = case.piece.personne
        volet = par_personne.setdefault(personne, Volet(personne, f"personne-{len(par_personne) + 1}"))
        volet.cases.append(case)
    return list(par_personne.values())


def pieces_manquantes(demande: Demande, jour: date) -> list[Piece]:
    """The documents expected on that day whose box is not ticked yet: applying waits for them."""
    cochees = _cles_cochees(demande)
    return [piece for piece in pieces_attendues(demande.dossier, jour) if piece.cle not in cochees]


@par_la_porte()
def manque_une_piece(demande: Demande, jour: date) -> bool:
    """The verdict alone, which a company's agent may read too; which documents they are stays behind the wall."""
    return bool(pieces_manquantes(demande, jour))


@transaction.atomic
def cocher(demande: Demande, cles: Set[str], jour: date, *, vues: Set[str] = frozenset()) -> None:
    """Remember the boxes ticked, and forget those of `vues` (the boxes that were on the page) that are not."""
    attendues = {piece.cle for piece in pieces_attendues(demande.dossier, jour)}
    demande.pieces_confirmees.filter(cle__in=vues - cles).delete()
    PieceConfirmee.objects.bulk_create(
        (PieceConfirmee(demande=demande, cle=cle) for cle in sorted(cles & attendues)), ignore_conflicts=True
    )


@transaction.atomic
def confirmer_les_pieces(demande: Demande, cles: Set[str], jour: date, *, vues: Set[str] = frozenset()) -> list[Piece]:
    """« Valider mon dossier »: tick, then validate the dossier once no box is missing. Returns the missing ones."""
    cocher(demande, cles, jour, vues=vues)
    manquantes = pieces_manquantes(demande, jour)
    if not manquantes and demande.dossier_valide_le is None:
        demande.dossier_valide_le = timezone.now()
        demande.save(update_fields=["dossier_valide_le"])
    return manquantes


def _cles_cochees(demande: Demande) -> set[str]:
    return {cle for (cle,) in _requete().lire(demande=demande.pk)}


@cache
def _requete() -> Preparee:
    return Preparee(PieceConfirmee.objects.filter(demande=parametre("demande")).order_by().values_list("cle"))
