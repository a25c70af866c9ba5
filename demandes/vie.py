"""The life of a demand: what the registry does to it, noted here, and what the applicant is told.

Each fact is a row that exists once, written with its mail in one transaction: a beat that runs twice or is killed
half way repeats nothing and loses nothing.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts import courriels
from demandes import echeances
from demandes.adresses import site_de_la_demande
from demandes.models import Demande, Genre, Jalon
from demandes.sne import nomenclature
from demandes.sne.dossier import DossierSNE
from demandes.validite import retour

COLONNES = ("deposee_le", "renouvelee_le", "radiee_le", "motif_radiation")


def dater(demande: Demande, dossier: DossierSNE) -> bool:
    """Put the registry's dates on the demand, without saving it; note and tell what they change. Did they?

    The demand is locked by the caller, or not yet saved: then nothing has changed, it begins.
    """
    avant = [getattr(demande, colonne) for colonne in COLONNES]
    renouvelee, radiee = demande.renouvelee_le, demande.radiee_le
    demande.deposee_le, demande.renouvelee_le = dossier.date_creation, dossier.date_renouvellement
    demande.radiee_le, demande.motif_radiation = dossier.date_radiation, dossier.motif_radiation
    if avant == [getattr(demande, colonne) for colonne in COLONNES]:
        return False
    if not demande._state.adding:
        if demande.renouvelee_le and demande.renouvelee_le != renouvelee:
            _noter(demande, Genre.RENOUVELLEMENT, demande.renouvelee_le)
        if demande.radiee_le and demande.radiee_le != radiee:
            _noter_la_radiation(demande, demande.radiee_le)
        if radiee and not demande.radiee_le:
            _noter_le_retablissement(demande)
    return True


@transaction.atomic
def radier(demande: Demande, le: date, motif: str) -> bool:
    """The registry struck this demand off: note it, and tell. False if it was known, or is gone."""
    actuelle = Demande.objects.select_for_update().filter(pk=demande.pk, radiee_le=None).first()
    if actuelle is None:
        return False
    actuelle.radiee_le, actuelle.motif_radiation = le, motif
    actuelle.save(update_fields=["radiee_le", "motif_radiation"])
    _noter_la_radiation(actuelle, le)
    return True


@transaction.atomic
def suivre(demande: Demande, dossier: DossierSNE, jour: date) -> None:
    """What the registry says of this demand's dates; the rest of the copy waits for « Mettre à jour ». Then remind."""
    actuelle = Demande.objects.select_for_update().filter(pk=demande.pk).first()
    if actuelle is None:
        return
    if dater(actuelle, dossier):
        actuelle.save(update_fields=COLONNES)
    if genre := rappel_a_envoyer(actuelle, jour):
        _noter(actuelle, genre, actuelle.valable_jusqu_au)
        _ecrire(actuelle, "demande_a_renouveler")


def rappel_a_envoyer(demande: Demande, jour: date) -> Genre | None:
    """The reminder due on that day and not yet sent. The first one, missed until the second is due, is not sent."""
    fin = demande.valable_jusqu_au
    premier, second = echeances.jours_des_rappels(fin)
    if demande.radiee_le or not premier <= jour <= fin:
        return None
    genre = Genre.SECOND_RAPPEL if second <= jour else Genre.PREMIER_RAPPEL
    return None if Jalon.objects.filter(demande=demande, genre=genre, jour=fin).exists() else genre


def _noter_la_radiation(demande: Demande, le: date) -> None:
    if _noter(demande, Genre.RADIATION, le):
        _ecrire(
            demande,
            "demande_radiee",
            motif=nomenclature.RADIATIONS.get(demande.motif_radiation, ""),
            retour=retour(demande, timezone.localdate()),
        )


def _noter_le_retablissement(demande: Demande) -> None:
    if _noter(demande, Genre.RETABLISSEMENT, timezone.localdate()):
        _ecrire(demande, "demande_retablie")


def _noter(demande: Demande, genre: Genre, jour: date) -> bool:
    """Whether it was news."""
    motif = demande.motif_radiation if genre is Genre.RADIATION else ""
    return Jalon.objects.get_or_create(demande=demande, genre=genre, jour=jour, defaults={"motif": motif})[1]


def _ecrire(demande: Demande, gabarit: str, **contexte: str) -> None:
    demandeur = demande.demandeur
    contexte_commun = {"demandeur": demandeur, "demande": demande, "site": site_de_la_demande(demande)}
    courriels.ecrire(demandeur.email, gabarit, contexte_commun | contexte)
