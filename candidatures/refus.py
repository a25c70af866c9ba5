"""Why a door stays shut, in the words of the person in front of it. Nothing is written here."""

from datetime import date

from django.utils import timezone

from accounts.models import Role, User
from candidatures.attente.regle import est_a_liberer
from candidatures.attente.requetes import delais_du
from candidatures.models import Candidature, Seance
from candidatures.statuts import TRANSITIONS, Action, Statut, se_decide_en_seance
from demandes.dossier_valide import pieces_manquantes
from demandes.models import Demande
from demandes.validite import examiner as situer
from offres.eligibilite import Foyer, Verdict, examiner
from offres.models import Offre
from offres.plafonds import Bareme


class CandidatureRefusee(Exception):
    """Why not; the text is for the person. `existante` is the candidature that already takes the place."""

    def __init__(self, raison: str, existante: Candidature | None = None) -> None:
        self.existante = existante
        super().__init__(raison)


def empechement(demande: Demande, offre: Offre, jour: date) -> str | None:
    """Why this demand may not apply to this offer on that day, or None. Reads everything but the other candidatures."""
    validite = situer(demande, jour)
    if validite.empeche:
        return f"{validite.titre}. {validite.phrase}"
    if demande.dossier_valide_le is None:
        return "Terminez d’abord votre dossier : la dernière étape est « Valider mon dossier »."
    if pieces_manquantes(demande, jour):
        return "De nouvelles pièces sont à confirmer avant de postuler : ouvrez « Mes pièces » dans « Ma situation »."
    if not offre.est_ouverte(jour):
        return "Cette offre n’est plus ouverte aux candidatures. D’autres logements vous attendent dans « Les offres »."
    controles = examiner(Foyer.de(demande), offre, Bareme.en_vigueur(jour))
    bloquants = [c.phrase for c in controles if c.verdict is Verdict.BLOQUE]
    return " ".join(bloquants) or None


def refus(
    candidature: Candidature, action: Action, par: User, motif: str = "", seance: Seance | None = None
) -> str | None:
    """Why this act is not open, or None: the table, the commission's door, the employer's confirmation (rule 4)."""
    regle = TRANSITIONS[action]
    if candidature.statut not in regle.depuis:
        return trop_tard(candidature, action)
    if Role(par.role) not in regle.par:
        return "Cette action n’est pas la vôtre."
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
