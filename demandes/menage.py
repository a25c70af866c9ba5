"""The household category that the ceilings on resources are written for.

Source: arrêté of 29 July 1987, art. 1 and annexe (catégories de ménage 1 to 6).
"""

from datetime import date

from demandes.sne.dossier import Adulte, DossierSNE, Lien, PersonneACharge

SOMME_DES_AGES_JEUNE_MENAGE = 55
"""A couple is a « jeune ménage » if their ages add up to this at most."""
EN_COUPLE = {Lien.CONJOINT, Lien.PACSE, Lien.CONCUBIN}


def categorie(dossier: DossierSNE, jour: date) -> tuple[int, int]:
    """The category (1 to 6) on that day, and the number of persons beyond six.

    A lone adult with dependants, a young couple without any, or a holder of the CMI-invalidité counts for one person
    more; the increments do not add up (usual reading, not verified in the text).
    """
    personnes = dossier.nombre_personnes
    une_de_plus = _seul_avec_charges(dossier) or _jeune_menage(dossier, jour) or _invalidite(dossier)
    return min(6, personnes + une_de_plus), max(0, personnes - 6)


def _charges(dossier: DossierSNE) -> int:
    return len(dossier.personnes_a_charge) + dossier.nombre_a_naitre


def _seul_avec_charges(dossier: DossierSNE) -> bool:
    return not dossier.cotitulaires and _charges(dossier) > 0


def _jeune_menage(dossier: DossierSNE, jour: date) -> bool:
    if _charges(dossier) or len(dossier.cotitulaires) != 1 or dossier.cotitulaires[0].lien not in EN_COUPLE:
        return False
    return sum(_age(adulte, jour) for adulte in dossier.adultes) <= SOMME_DES_AGES_JEUNE_MENAGE


def _age(adulte: Adulte, jour: date) -> int:
    naissance = adulte.date_naissance
    return jour.year - naissance.year - ((jour.month, jour.day) < (naissance.month, naissance.day))


def _invalidite(dossier: DossierSNE) -> bool:
    personnes: tuple[Adulte | PersonneACharge, ...] = (*dossier.adultes, *dossier.personnes_a_charge)
    return any(personne.invalidite for personne in personnes)
