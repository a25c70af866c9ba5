"""The life of a demand in the registry: renewed, struck off, brought back. Pure functions but for the sweep."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from demandes.sne.dossier import DossierSNE, PieceDeposee
from demandes.sne.nomenclature import RADIATIONS
from demandes.sne.simulateur.models import Demande

A_RENOUVELER = timedelta(days=31)
"""The notice that the registry sends before the anniversary (arrêté of 23 March 2015, annex §5)."""
TREIZE_MOIS = timedelta(days=390)
"""A little less than any thirteen months: who was renewed since then is not looked at."""


@dataclass(frozen=True, slots=True)
class Etat:
    """What the list and the page say of a demand. `ton`: valable, bientot or radiee."""

    ton: str
    phrase: str


def dans_des_mois(jour: date, mois: int) -> date:
    """The same day `mois` months later, or the last day of that month."""
    annees, reste = divmod(jour.month - 1 + mois, 12)
    for recul in range(4):
        try:
            return date(jour.year + annees, reste + 1, jour.day - recul)
        except ValueError:
            continue
    raise ValueError(jour)


def echeance(dossier: DossierSNE) -> date:
    """A demand is valid one year from its filing or last renewal (article R441-2-7)."""
    return dans_des_mois(dossier.date_renouvellement or dossier.date_creation, 12)


def etat(dossier: DossierSNE, jour: date) -> Etat:
    if dossier.date_radiation:
        motif = RADIATIONS.get(dossier.motif_radiation, dossier.motif_radiation)
        return Etat("radiee", f"Radiée le {dossier.date_radiation:%d/%m/%Y} : {motif[0].lower()}{motif[1:]}")
    limite = echeance(dossier)
    if limite - jour <= A_RENOUVELER:
        return Etat("bientot", f"À renouveler avant le {limite:%d/%m/%Y}")
    return Etat("valable", f"Valable jusqu’au {limite:%d/%m/%Y}")


def modifier(dossier: DossierSNE, jour: date) -> DossierSNE:
    """Date a change made by the applicant."""
    return replace(dossier, date_derniere_modification=jour)


def renouveler(dossier: DossierSNE, jour: date) -> DossierSNE:
    return replace(dossier, date_renouvellement=jour, date_derniere_modification=jour)


def radier(dossier: DossierSNE, motif: str, jour: date) -> DossierSNE:
    """`motif`: a key of `nomenclature.RADIATIONS`."""
    return replace(dossier, date_radiation=jour, motif_radiation=motif, date_derniere_modification=jour)


def retablir(dossier: DossierSNE, jour: date) -> DossierSNE:
    """Bring a struck-off demand back with its ancienneté, renewed."""
    return renouveler(replace(dossier, date_radiation=None, motif_radiation=""), jour)


def deposer(dossier: DossierSNE, code: str, libelle: str, jour: date) -> DossierSNE:
    pieces = (*dossier.pieces, PieceDeposee(code, libelle, jour))
    return replace(dossier, pieces=pieces, date_derniere_piece=jour, date_derniere_modification=jour)


def radier_les_oubliees(jour: date) -> int:
    """Strike off what was not renewed one month after its anniversary (arrêté of 23 March 2015, annex §6.1)."""
    avant = (jour - TREIZE_MOIS).isoformat()
    jamais = Q(contenu__dateRenouvellement=None, contenu__dateCreationDemande__lte=avant)
    candidates = Demande.objects.filter(jamais | Q(contenu__dateRenouvellement__lte=avant), contenu__dateRadiation=None)
    radiees = []
    with transaction.atomic():
        for demande in candidates.select_for_update():
            dossier = demande.dossier
            fin = dans_des_mois(echeance(dossier), 1)
            if fin <= jour:
                demande.ecrire(radier(dossier, "RADREN", fin))
                radiees.append(demande)
        Demande.objects.bulk_update(radiees, ["contenu"], batch_size=200)
    return len(radiees)
