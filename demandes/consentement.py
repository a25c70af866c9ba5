"""The leave one gives to one's company's housing service, and takes back (guide #3; RGPD art. 7)."""

from django.db import transaction
from django.utils import timezone

from accounts.models import Entreprise
from demandes.models import Consentement, Demande

# « J'autorise le service logement de mon entreprise ou la structure m'aidant dans mes démarches de recherche de
#   logement à intervenir dans la gestion de ma demande » (guide #3)
TEXTE = (
    "J’autorise le service logement de mon entreprise ou la structure m’aidant dans mes démarches de recherche de "
    "logement à intervenir dans la gestion de ma demande"
)


@transaction.atomic
def donner_son_accord(demande: Demande, entreprise: Entreprise) -> None:
    """Let this company see the demand and help; an earlier leave to another company ends."""
    disparue = Demande.objects.select_for_update().filter(pk=demande.pk).first() is None
    en_cours = demande.consentements.en_cours()
    if disparue or en_cours.filter(entreprise=entreprise).exists():
        return
    en_cours.update(retire_le=timezone.now())
    Consentement.objects.create(demande=demande, entreprise=entreprise, texte=TEXTE)


def retirer_son_accord(demande: Demande) -> None:
    """From the next request on, the company sees nothing any more."""
    demande.consentements.en_cours().update(retire_le=timezone.now())
