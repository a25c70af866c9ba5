"""Why a door stays shut, in the words of the person in front of it. Nothing is written here."""

from django.utils import timezone

from accounts.models import Role, User
from candidatures.attente.regle import est_a_liberer
from candidatures.attente.requetes import delais_du
from candidatures.models import Candidature, Seance
from candidatures.statuts import TRANSITIONS, Action, Statut, se_decide_en_seance


class CandidatureRefusee(Exception):
    """Why not; the text is for the person. `existante` is the candidature that already takes the place.

    `a_un_tiers` says it to who acts in that person's name, without what is hidden from him.
    """

    def __init__(self, raison: str, existante: Candidature | None = None, a_un_tiers: str = "") -> None:
        self.existante = existante
        self.a_un_tiers = a_un_tiers or raison
        super().__init__(raison)


def refus(
    candidature: Candidature, action: Action, par: User, motif: str = "", seance: Seance | None = None
) -> str | None:
    """Why this act is not open, or None: the table, the commission's door, the employer's confirmation (rule 4)."""
    regle = TRANSITIONS[action]
    if candidature.statut not in regle.depuis:
        return trop_tard(candidature, action)
    if Role(par.role) not in regle.par:
        return "Cette action n’est pas la vôtre."
    if action not in candidature.actions_pour(par):
        return "Aucune pièce n’est attendue de ce demandeur."
    if regle.motif_obligatoire and not motif.strip():
        return "Donnez le motif : la personne doit pouvoir le lire."
    tenue = seance is not None and seance.offre_id == candidature.offre_id
    if se_decide_en_seance(Statut(candidature.statut), action) and not tenue:
        return "Les décisions d’une commission se saisissent ensemble, pour tous ses dossiers."
    reservee_a = candidature.offre.reservee_a
    if action is Action.VALIDER and reservee_a and reservee_a.exige_confirmation:
        emploi = getattr(candidature.demande, "emploi", None)
        if emploi is None or emploi.confirme_le is None:
            return f"{reservee_a.nom} n’a pas encore confirmé cet emploi : ce logement lui est réservé."
    if candidature.statut == Statut.CLASSEE and regle.vers == Statut.ATTRIBUEE and candidature.precedees().exists():
        return "Un candidat classé avant lui attend encore ce logement : son tour vient d’abord."
    jour = timezone.localdate()
    if action is Action.LIBERER and not est_a_liberer(candidature, delais_du(jour), jour):
        return "Le délai de cette étape n’est pas passé."
    return None


def trop_tard(candidature: Candidature, action: Action) -> str:
    """Why an act that was open, or might have been, is not from where this candidature stands."""
    if action is Action.ANNULER and candidature.est_active:
        return (
            "Votre dossier a été transmis au bailleur : cette candidature ne peut plus être annulée. Elle sera traitée "
            "selon les délais du bailleur."
        )
    return (
        f"Cette candidature est maintenant « {candidature.get_statut_display()} » : cette action n’est plus possible."
    )
