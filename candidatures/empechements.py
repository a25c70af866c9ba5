"""What keeps a demand from applying to an offer, told to the person (guide #5; domain, rules 3 to 7)."""

from datetime import date

from demandes.dossier_valide import pieces_manquantes
from demandes.models import Demande
from demandes.validite import examiner as situer
from offres.eligibilite import Foyer, Verdict, examiner
from offres.models import Offre
from offres.plafonds import Bareme


def empechement(demande: Demande, offre: Offre, jour: date) -> str | None:
    """Why this demand may not apply to this offer on that day, or None. Reads everything but the other candidatures."""
    validite = situer(demande, jour)
    if validite.empeche:
        return f"{validite.titre}. {validite.phrase}"
    if demande.dossier_valide_le is None:
        return "Terminez d’abord votre dossier : la dernière étape est « Valider mon dossier »."
    if pieces_manquantes(demande, jour):
        return "De nouvelles pièces sont à confirmer avant de postuler : ouvrez « Mes pièces » dans « Ma situation »."
    if not offre.est_ouverte(jour):
        return "Cette offre n’est plus ouverte aux candidatures. D’autres logements vous attendent dans « Les offres »."
    if offre.designation_jusqu_au and offre.designation_jusqu_au < jour:  # the clock would free him at once
        return "Action Logement ne peut plus proposer de candidats pour ce logement. D’autres vous attendent."
    controles = examiner(Foyer.de(demande), offre, Bareme.connu(jour, demande.reperes))
    bloquants = [c.phrase for c in controles if c.verdict is Verdict.BLOQUE]
    return " ".join(bloquants) or None
