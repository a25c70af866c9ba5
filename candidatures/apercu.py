"""What the applicant would read of an act, before it is done: the act itself, in a transaction that is taken back.

The mail and the line are therefore the very ones he will get, and an act that would be refused says so here already.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from accounts.models import Courriel, User
from candidatures import recit
from candidatures.models import Candidature
from candidatures.statuts import Action, Statut
from candidatures.workflow import avancer


@dataclass(frozen=True)
class Apercu:
    """The mail, and the line of « Mes candidatures »."""

    sujet: str
    texte: str
    statut: str
    phrase: str
    motif: str


def apercevoir(
    candidature: Candidature, action: Action, *, par: User, motif: str, precision: date | int | None
) -> Apercu:
    """Raises `CandidatureRefusee`, as the act would. Nothing of it remains."""
    with transaction.atomic():
        faite = avancer(candidature, action, par=par, motif=motif, precision=precision)
        demandeur = faite.demande.demandeur
        ecrits = Courriel.objects.filter(gabarit=f"candidature_{faite.statut}", destinataire=demandeur.email)
        courriel = ecrits.latest("cree_le")
        transaction.set_rollback(True)
    return Apercu(
        sujet=courriel.sujet,
        texte=courriel.texte,
        statut=faite.get_statut_display(),
        phrase=recit.PHRASES[Statut(faite.statut)],
        motif=faite.motif,
    )
