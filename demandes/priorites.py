"""What the ranking of candidatures reads of a demand and the other rules do not: why it is urgent, and who works where.

Pure rules of the registry's snapshot; `demandes.copie` writes what they answer in columns, so that a queue is ranked in
the database. Sources: Code de la construction et de l'habitation, art. L441-1 (persons to be housed first) and L441-2-3
(DALO); codes of the motives: Cerfa 14069, `demandes.sne.nomenclature.MOTIFS`.
"""

from demandes.models import LienEmploi, Priorite
from demandes.sne.dossier import DossierSNE

MOTIFS_PRIORITAIRES = frozenset({"01", "03", "05", "06", "07"})
"""No home of one's own (L441-1, d and j), unfit dwelling (f), eviction (k), violence (g), disability (a)."""
MUTATION, RAPPROCHEMENT = "18", "19"


def priorite(dossier: DossierSNE) -> Priorite:
    """DALO first; else one of the situations of L441-1 that the demand can tell of. Declared: an adviser checks it."""
    if dossier.dalo:
        return Priorite.DALO
    if dossier.handicap or MOTIFS_PRIORITAIRES & set(dossier.motifs):
        return Priorite.L441_1
    return Priorite.AUCUNE


def lien_emploi(dossier: DossierSNE) -> LienEmploi:
    """The stronger of the two motives that tie the demand to a job."""
    if MUTATION in dossier.motifs:
        return LienEmploi.MUTATION
    return LienEmploi.RAPPROCHEMENT if RAPPROCHEMENT in dossier.motifs else LienEmploi.AUCUN
