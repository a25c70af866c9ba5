"""What an agent does for an employee who gave his leave: each act is one function, refused once the leave is over.

Each leaves its line where the employee reads it: in the journal of his candidature with a mail, or among the
consultations of his dossier.
"""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts import courriels
from accounts.models import Courriel, User
from accounts.mur import par_la_porte
from candidatures import workflow
from candidatures.models import Candidature
from candidatures.notes import NoteAuConseiller
from candidatures.statuts import Action
from demandes import consultation
from demandes.dossier_valide import manque_une_piece
from demandes.models import Demande
from offres.models import Offre

RAPPEL = "dossier_a_terminer"
"""The mail that recalls what keeps from applying."""
TROP_TARD = (
    "Cette candidature ne peut plus être annulée : elle a changé, ou son dossier est chez le bailleur. "
    "Lisez où elle en est ; pour une question, écrivez une note au conseiller."
)
ENTRE_DEUX_RAPPELS = timedelta(days=7)


class ActeRefuse(Exception):
    """Why not; the text is for the agent."""


def postuler_en_son_nom(demande: Demande, offre: Offre, *, par: User) -> Candidature:
    """« Je postule » for him: the same rules as his own. Raises `ActeRefuse`, without the amounts that are hidden."""
    try:
        return workflow.postuler(demande, offre, par=par)
    except workflow.CandidatureRefusee as refus:
        raise ActeRefuse(refus.a_un_tiers) from refus


def annuler_en_son_nom(candidature: Candidature, *, par: User) -> Candidature:
    """« Annuler » for him, until it is at the bailleur's. Raises `ActeRefuse`."""
    try:
        return workflow.avancer(candidature, Action.ANNULER, par=par)
    except workflow.CandidatureRefusee as refus:
        raise ActeRefuse(TROP_TARD) from refus


@par_la_porte()
@transaction.atomic
def ecrire_une_note(demande: Demande, texte: str, *, par: User) -> NoteAuConseiller:
    """To the adviser who examines the dossier; the same words sent twice are one note.

    Raises `ActeRefuse` if the leave has just been withdrawn.
    """
    demande = _verrouiller(demande, par)
    derniere = NoteAuConseiller.objects.filter(demande=demande, par_id=par.pk).first()
    if derniere and derniere.texte == texte:
        return derniere
    vue = consultation.consigner(demande, "le dossier, pour écrire une note au conseiller", par=par)
    return NoteAuConseiller.objects.create(
        demande=demande, texte=texte, par_id=par.pk, par_nom=vue.par_nom if vue else str(par)
    )


@par_la_porte()
@transaction.atomic
def rappeler_le_dossier(demande: Demande, *, par: User) -> None:
    """Mail him what is left to do before he may apply, once a week at most. Raises `ActeRefuse`."""
    demande, jour = _verrouiller(demande, par), timezone.localdate()
    if not est_a_terminer(demande, jour):
        raise ActeRefuse("Son dossier est complet : il n’y a rien à lui rappeler.")
    if (suivant := prochain_rappel(demande)) and suivant > jour:
        raise ActeRefuse(f"Un rappel est déjà parti cette semaine : le prochain sera possible le {suivant:%d/%m/%Y}.")
    consultation.consigner(demande, "le dossier, pour vous rappeler de le terminer", par=par)
    contexte = {"demandeur": demande.demandeur, "par": par, "valide": demande.dossier_valide_le is not None}
    courriels.ecrire(demande.demandeur.email, RAPPEL, contexte, pour=demande.demandeur)


def est_a_terminer(demande: Demande, jour: date) -> bool:
    """Whether something of his is missing before he may apply."""
    return demande.dossier_valide_le is None or manque_une_piece(demande, jour)


@par_la_porte()
def prochain_rappel(demande: Demande) -> date | None:
    """The day from which a reminder may leave again; None if none has left."""
    rappels = Courriel.objects.filter(gabarit=RAPPEL, personne_id=demande.demandeur_id)
    dernier = rappels.order_by("-cree_le").values_list("cree_le", flat=True).first()
    return timezone.localdate(dernier + ENTRE_DEUX_RAPPELS) if dernier else None


def _verrouiller(demande: Demande, par: User) -> Demande:
    try:
        return workflow.verrouiller_la_demande(demande, par)
    except workflow.CandidatureRefusee as refus:
        raise ActeRefuse(refus.a_un_tiers) from refus
