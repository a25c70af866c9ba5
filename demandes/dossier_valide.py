"""« Valider mon dossier »: which documents still have to be confirmed, and confirming them (guide #3, tab 3)."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from demandes.models import Demande, PieceConfirmee
from demandes.pieces import Piece, pieces_attendues


def pieces_manquantes(demande: Demande, jour: date) -> list[Piece]:
    """The documents expected on that day whose box is not ticked yet."""
    confirmees = set(demande.pieces_confirmees.values_list("cle", flat=True))
    return [piece for piece in pieces_attendues(demande.dossier, jour) if piece.cle not in confirmees]


@transaction.atomic
def confirmer_les_pieces(demande: Demande, cles: set[str], jour: date) -> list[Piece]:
    """Remember the boxes ticked; validate the dossier once none is missing. Returns the missing ones."""
    attendues = {piece.cle for piece in pieces_attendues(demande.dossier, jour)}
    PieceConfirmee.objects.bulk_create(
        (PieceConfirmee(demande=demande, cle=cle) for cle in sorted(cles & attendues)), ignore_conflicts=True
    )
    manquantes = pieces_manquantes(demande, jour)
    if not manquantes and demande.dossier_valide_le is None:
        demande.dossier_valide_le = timezone.now()
        demande.save(update_fields=["dossier_valide_le"])
    return manquantes
