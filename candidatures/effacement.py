"""Leaving AL'in: deleting one's demand, or one's whole account (RGPD art. 17), at once and in one transaction.

What stays of a person is identifiers without a name, in the journal and in the register of consultations.
Lock order: the person, then the demande, then what workflow.py says.
"""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from accounts import courriels
from accounts.models import Courriel, Role, User
from candidatures.models import Candidature
from candidatures.statuts import TRANSITIONS, Action, Statut
from candidatures.workflow import CandidatureRefusee, avancer, verrouiller_la_demande
from demandes.models import Demande, Importation

SANS_NOM = "Compte supprimé"
"""What the team's own log says of an account that is no more."""
DEPART = "Le demandeur a supprimé son compte."


def supprimer_demande(demande: Demande, *, par: User) -> None:
    """Delete the demand on AL'in, to import it again (guide #4); cancels what can be cancelled.

    Raises `CandidatureRefusee` once a candidature is at the bailleur's.
    """
    with transaction.atomic():
        demande = verrouiller_la_demande(demande, par)
        active = demande.candidatures.actives().first()
        if active is not None:
            if not _est_annulable(active):
                raise CandidatureRefusee(
                    "Votre candidature est chez le bailleur : votre demande ne peut être supprimée avant sa réponse.",
                    active,
                )
            avancer(active, Action.ANNULER, par=par)
        demande.delete()


def empechement_de_partir(personne: User) -> str | None:
    """Why this account may not be deleted today, and what to do; None if nothing holds it.

    Only a lease being signed does: the contract that the person asked for still needs the file (RGPD art. 6-1-b).
    """
    en_signature = Candidature.objects.filter(demande__demandeur=personne, statut=Statut.ACCEPTEE)
    acceptee = en_signature.select_related("offre__bailleur").first()
    if acceptee is None:
        return None
    return (
        f"Vous avez accepté un logement et le bail est en cours de signature avec {acceptee.offre.bailleur.nom}, qui a "
        "besoin de votre dossier. Attendez la signature, ou refusez ce logement dans « Mes candidatures » : vous "
        "pourrez ensuite supprimer votre compte."
    )


@transaction.atomic
def supprimer_compte(*, par: User) -> None:
    """« Supprimer mon compte »: leave the candidature under way, delete everything, confirm it by a last mail.

    Raises `CandidatureRefusee` while a lease is being signed, and for whoever is no applicant. The second half of a
    double click finds nobody left, and does nothing.
    """
    personne = User.objects.select_for_update().filter(pk=par.pk).first()
    if personne is None:
        return
    if personne.role != Role.DEMANDEUR:
        raise CandidatureRefusee("Votre compte est géré par Action Logement : un superviseur peut le désactiver.")
    demande = Demande.objects.select_for_update().filter(demandeur=personne).first()
    if raison := empechement_de_partir(personne):
        raise CandidatureRefusee(raison)
    bailleur = _quitter_la_candidature(demande, personne) if demande else ""
    adresse, prenom = personne.email, personne.prenom
    effacer(personne)
    courriels.ecrire(adresse, "compte_supprime", {"prenom": prenom, "bailleur": bailleur})


def effacer(personne: User) -> None:
    """Delete the account and all that hangs on it: the caller has locked it, and decided that it may go.

    Its mails go too, sent or not, its sessions end, and the team's log forgets the name.
    """
    cles = UserSession.objects.filter(user=personne).values("session_key")
    Session.objects.filter(session_key__in=cles).delete()
    Courriel.objects.filter(personne_id=personne.pk).delete()
    comptes = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=comptes, object_id=str(personne.pk)).update(object_repr=SANS_NOM)
    _garder_les_essais(personne)
    personne.delete()


def _est_annulable(candidature: Candidature) -> bool:
    return candidature.statut in TRANSITIONS[Action.ANNULER].depuis


def _quitter_la_candidature(demande: Demande, personne: User) -> str:
    """Free the place. Returns the bailleur who holds the file, if one does: he is told to erase it (RGPD art. 19)."""
    active = demande.candidatures.actives().select_related("offre__bailleur").first()
    if active is None:
        return ""
    if _est_annulable(active):
        avancer(active, Action.ANNULER, par=personne)
        return ""
    avancer(active, Action.EFFACER, par=User.objects.automate(), motif=DEPART)
    contexte = {"offre": active.offre, "numero": demande.numero_unique, "etat": active.get_statut_display()}
    courriels.ecrire(settings.COURRIEL_SUPPORT, "dossier_retire", contexte)
    bailleur: str = active.offre.bailleur.nom
    return bailleur


def _garder_les_essais(personne: User) -> None:
    """Imports of the day whose code never came back still count against their number, without their author.

    Else deleting one's account would give ten new tries at somebody else's number.
    """
    sans_code = Importation.objects.recentes().filter(par=personne, verifiee_le=None)
    sans_code.filter(close_le=None).update(close_le=timezone.now())
    sans_code.update(par=User.objects.automate(), adresse="", empreinte="")
