"""How a test has a commission decide on one dossier alone."""

from django.utils import timezone

from accounts.models import User
from candidatures import commission
from candidatures.commission import Choix
from candidatures.models import Candidature
from candidatures.statuts import Action


def tenir_une_seance(candidature: Candidature, action: Action, *, par: User, motif: str = "") -> Candidature:
    """The sitting of today examined this dossier and decided."""
    choix = [Choix(candidature, action, motif)]
    raison = "Une seule personne a postulé."
    commission.tenir(candidature.offre, choix, tenue_le=timezone.localdate(), justification=raison, par=par)
    candidature.refresh_from_db()
    return candidature
