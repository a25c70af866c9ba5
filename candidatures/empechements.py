"""What keeps a demand from applying to an offer, told to the person (guide #5; domain, rules 3 to 7)."""

from datetime import date
from typing import NamedTuple

from demandes.dossier_valide import manque_une_piece
from demandes.models import Demande
from demandes.validite import examiner as situer
from offres.eligibilite import Critere, Foyer, Verdict, examiner
from offres.models import Offre
from offres.plafonds import Bareme

CRITERES = {
    Critere.TYPOLOGIE: "la taille du logement",
    Critere.PLAFOND: "le plafond de revenus",
    Critere.EFFORT: "le loyer au regard des revenus",
    Critere.RESERVATION: "la réservation à une autre entreprise",
}


class Empechement(NamedTuple):
    """One reason, as the applicant reads it, and as who applies in his name does: without the amounts."""

    phrase: str
    a_un_tiers: str


def empechement(demande: Demande, offre: Offre, jour: date) -> str | None:
    """Why this demand may not apply to this offer on that day, or None. Reads everything but the other candidatures."""
    trouve = trouver(demande, offre, jour)
    return trouve.phrase if trouve else None


def trouver(demande: Demande, offre: Offre, jour: date) -> Empechement | None:
    """The same, in both wordings."""
    return de_la_demande(demande, jour) or _de_l_offre(demande, offre, jour)


def de_la_demande(demande: Demande, jour: date) -> Empechement | None:
    """What keeps it from applying to any offer."""
    validite = situer(demande, jour)
    if validite.empeche:
        return Empechement(
            f"{validite.titre}. {validite.phrase}",
            f"{validite.titre.replace('Votre demande', 'Sa demande')}. C’est à cette personne de s’en occuper, sur son "
            "site d’enregistrement.",
        )
    if demande.dossier_valide_le is None:
        return Empechement(
            "Terminez d’abord votre dossier : la dernière étape est « Valider mon dossier ».",
            "Son dossier n’est pas terminé : il lui reste à cliquer sur « Valider mon dossier ».",
        )
    if manque_une_piece(demande, jour):
        return Empechement(
            "De nouvelles pièces sont à confirmer avant de postuler : ouvrez « Mes pièces » dans « Ma situation ».",
            "Cette personne a de nouvelles pièces à confirmer avant de postuler, dans « Mes pièces ».",
        )
    return None


def _de_l_offre(demande: Demande, offre: Offre, jour: date) -> Empechement | None:
    if not offre.est_ouverte(jour):
        return Empechement(
            "Cette offre n’est plus ouverte aux candidatures. D’autres logements vous attendent dans « Les offres ».",
            "Cette offre n’est plus ouverte aux candidatures.",
        )
    if offre.designation_jusqu_au and offre.designation_jusqu_au < jour:  # the clock would free him at once
        return Empechement(
            "Action Logement ne peut plus proposer de candidats pour ce logement. D’autres vous attendent.",
            "Action Logement ne peut plus proposer de candidats pour ce logement.",
        )
    controles = examiner(Foyer.de(demande), offre, Bareme.connu(jour, demande.reperes))
    bloquants = [c for c in controles if c.verdict is Verdict.BLOQUE]
    if not bloquants:
        return None
    return Empechement(
        " ".join(c.phrase for c in bloquants),
        f"Ce logement ne convient pas à sa situation : {', '.join(CRITERES[c.critere] for c in bloquants)}.",
    )
