"""A candidature told to its applicant: the steps drawn, what happens now, who acts, until when, and the journal.

Pure functions of the candidature, its journal, the published delays and the day.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Role, User
from candidatures.attente.phrases import en_retard, jusqu_a_quand
from candidatures.attente.regle import Tour, attente
from candidatures.attente.requetes import delais_connus
from candidatures.models import Candidature, Evenement
from candidatures.statuts import ETAPE_DE, ETAPES, Action, Etape, Statut

PHRASES = {
    Statut.DEPOSEE: "Ce logement a bien été ajouté à vos candidatures.",
    Statut.VALIDEE: "Action Logement a validé votre candidature.",
    Statut.INVALIDEE: "Action Logement n’a pas validé votre candidature.",
    Statut.ANNULEE: "Cette candidature a été annulée.",
    Statut.TRANSMISE: "Votre dossier a été transmis au bailleur.",
    Statut.VISITE: "Le bailleur propose une visite.",
    Statut.EN_COMMISSION: "Votre dossier est inscrit à la commission d’attribution (CALEOL).",
    Statut.CLASSEE: "La commission vous a classé à un rang suivant.",
    Statut.SOUS_CONDITION: "La commission vous attribue le logement, sous condition.",
    Statut.ATTRIBUEE: "La commission vous attribue le logement.",
    Statut.NON_ATTRIBUEE: "Le logement ne vous est pas attribué.",
    Statut.IRRECEVABLE: "La commission déclare la candidature irrecevable.",
    Statut.PROPOSEE: "Le bailleur vous propose le logement.",
    Statut.ACCEPTEE: "La proposition est acceptée.",
    Statut.REFUSEE: "La proposition est refusée.",
    Statut.SANS_REPONSE: "Le délai pour répondre est passé, ce qui vaut refus.",
    Statut.BAIL_SIGNE: "Le bail est signé.",
    Statut.RETIREE: "L’offre a été retirée.",
    Statut.RADIEE: "Votre demande a été radiée du registre.",
    Statut.LIBEREE: "Le délai est passé : cette candidature ne vous retient plus.",
}
PHRASES_DES_ACTES = {
    Action.DEMANDER_PIECE: "Le bailleur vous demande une pièce pour compléter votre dossier.",
    Action.RECEVOIR_PIECE: "La pièce demandée est arrivée.",
}
"""The acts that lead to no other status."""
DE_L_EXTERIEUR = {Action.CLORE, Action.RETIRER, Action.RADIER, Action.EFFACER, Action.LIBERER}
"""Acts that end a candidature wherever it stands."""


@dataclass(frozen=True)
class EtapeDessinee:
    etape: Etape
    etat: str  # faite, courante or a_venir
    le: datetime | None


@dataclass(frozen=True)
class Maintenant:
    """The amber box of the card."""

    en_ce_moment: str
    qui_agit: str
    jusqu_a_quand: str
    ensuite: str
    retard: str = ""


@dataclass(frozen=True)
class LigneDuJournal:
    le: datetime
    phrase: str
    qui: str
    motif: str


def etapes_dessinees(candidature: Candidature, journal: Iterable[Evenement]) -> list[EtapeDessinee]:
    """The seven steps of the guide, each with the day it was done: when the next one began, or the lease was signed."""
    atteintes, courante = {1: candidature.deposee_le}, candidature.etape
    for evenement in journal:
        if evenement.action in DE_L_EXTERIEUR:  # it stopped where it was
            courante = ETAPE_DE[Statut(evenement.depuis)]
        else:
            atteintes.setdefault(ETAPE_DE[Statut(evenement.vers)], evenement.le)
    finie = candidature.statut == Statut.BAIL_SIGNE
    dessinees = []
    for etape in ETAPES:
        faite = finie or etape.numero < courante
        etat = "faite" if faite else "courante" if etape.numero == courante else "a_venir"
        fin = min((le for n, le in atteintes.items() if n > etape.numero), default=candidature.statut_depuis)
        le = candidature.deposee_le if etape.numero == 1 else fin if faite else None
        dessinees.append(EtapeDessinee(etape, etat, le))
    return dessinees


def maintenant(candidature: Candidature, jour: date) -> Maintenant | None:
    """What happens now, for a candidature that still lives; None once it is over."""
    attendu = attente(candidature, delais_connus(jour, candidature.demande.reperes), jour)
    if attendu is None:
        return None
    en_ce_moment, qui_agit, ensuite = _situation(candidature, attendu.tour is Tour.DEMANDEUR, jour)
    limite, retard = jusqu_a_quand(candidature, attendu, jour), en_retard(candidature, attendu, jour)
    return Maintenant(en_ce_moment, qui_agit, limite, ensuite, retard)


def _situation(candidature: Candidature, a_lui: bool, jour: date) -> tuple[str, str, str]:
    """What goes on, who acts, and then what. `a_lui`: whether it is the applicant's turn."""
    bailleur = candidature.offre.bailleur
    libre = "Sinon, vous recevez le motif par écrit et vous pouvez postuler à un autre logement."
    match Statut(candidature.statut):
        case Statut.DEPOSEE:
            return (
                "Un conseiller lit votre dossier et vérifie vos pièces.",
                "Action Logement. Vous n’avez rien à faire.",
                f"Si votre dossier est validé, il est transmis au bailleur, {bailleur.nom}. Après l’envoi, vous ne "
                f"pourrez plus annuler. {libre}",
            )
        case Statut.VALIDEE:
            return (
                "Votre dossier est validé et attend d’être envoyé au bailleur.",
                "Action Logement. Vous n’avez rien à faire.",
                f"Le bailleur, {bailleur.nom}, l’examine avec d’autres. Après l’envoi, vous ne pourrez plus annuler.",
            )
        case Statut.TRANSMISE if candidature.attend_une_piece:
            return (
                f"Le bailleur vous demande de compléter votre dossier : {candidature.motif}",
                f"Vous : déposez la pièce sur votre site d’enregistrement. {bailleur.nom} peut aussi vous appeler.",
                "Le bailleur reprend alors l’examen de votre dossier. Une visite peut vous être proposée, elle est "
                "toujours gratuite.",
            )
        case Statut.TRANSMISE:
            return (
                "Le bailleur examine votre dossier avec d’autres.",
                f"{bailleur.nom}. Il peut vous appeler pour compléter votre dossier ou organiser la visite.",
                "Une visite peut vous être proposée, toujours gratuite, puis votre dossier passe en commission. "
                f"{libre}",
            )
        case Statut.VISITE if candidature.attend_une_piece:
            return (
                f"Une visite est prévue le {_date(candidature.visite_le)}, et le bailleur vous demande de compléter "
                f"votre dossier : {candidature.motif}",
                "Vous : visitez le logement et déposez la pièce sur votre site d’enregistrement. La visite est "
                "gratuite, il n’existe pas de bon de visite payant.",
                "Votre dossier passe ensuite devant la commission d’attribution (CALEOL) du bailleur.",
            )
        case Statut.VISITE:
            return (
                f"Une visite {'est' if a_lui else 'était'} prévue le {_date(candidature.visite_le)}.",
                "Vous : visitez le logement. La visite est gratuite, il n’existe pas de bon de visite payant."
                if a_lui
                else f"{bailleur.nom}, qui prépare la commission d’attribution.",
                "Votre dossier passe ensuite devant la commission d’attribution (CALEOL) du bailleur.",
            )
        case Statut.EN_COMMISSION:
            return (
                f"La commission d’attribution (CALEOL) {_seance(candidature.commission_le, jour)}.",
                f"{bailleur.nom}. La commission décide seule.",
                f"Le résultat suit la séance. Vous lirez sa décision ici et par e-mail. {libre}",
            )
        case Statut.CLASSEE:
            return (
                f"Vous êtes classé au rang {candidature.rang} : {_avant_vous(candidature.rang or 2)} avant vous.",
                f"{bailleur.nom}. Vous n’avez rien à faire.",
                "Chaque candidat classé avant vous a au moins 10 jours pour répondre. "
                f"S’ils refusent ou ne répondent pas, le logement vous est proposé. {libre}",
            )
        case Statut.SOUS_CONDITION:
            return (
                f"Le logement vous est attribué, sous condition : {candidature.motif}",
                "Vous : déposez la pièce demandée sur votre site d’enregistrement."
                if a_lui
                else f"{bailleur.nom}, qui constate si la condition est remplie.",
                "Une fois la condition remplie, le bailleur vous envoie sa proposition.",
            )
        case Statut.ATTRIBUEE:
            return (
                "C’est votre tour : le candidat classé avant vous n’a pas pris ce logement, il vous est attribué."
                if (candidature.rang or 1) > 1
                else "La commission vous attribue ce logement.",
                f"{bailleur.nom} vous envoie sa proposition.",
                "Vous aurez au moins 10 jours pour répondre.",
            )
        case Statut.PROPOSEE:
            return (
                f"{bailleur.nom} vous propose ce logement.",
                "Vous : acceptez ou refusez ce logement, ci-dessous.",
                "Si vous acceptez, le bailleur organise la signature. Si vous refusez, votre demande reste valable.",
            )
        case _:  # accepted
            return (
                "Vous avez accepté ce logement.",
                f"{bailleur.nom} prend contact avec vous pour la visite et la signature du bail.",
                "Attendez d’avoir signé votre bail pour donner congé de votre logement actuel.",
            )


def lignes_du_journal(journal: Iterable[Evenement], lecteur: User) -> list[LigneDuJournal]:
    """The journal in words, in the order given."""
    return [LigneDuJournal(e.le, _phrase(e), _qui(e, lecteur), e.motif) for e in journal]


def _phrase(evenement: Evenement) -> str:
    en_place = {str(action): phrase for action, phrase in PHRASES_DES_ACTES.items()}
    return en_place.get(evenement.action) or PHRASES[Statut(evenement.vers)]


def _qui(evenement: Evenement, lecteur: User) -> str:
    if evenement.par_id == lecteur.pk:
        return "Vous"
    match Role(evenement.par_role):
        case Role.DEMANDEUR:
            return "Le demandeur"
        case Role.SERVICE_LOGEMENT:
            return "Le service logement de l’entreprise"
        case Role.AUTOMATE:
            return "AL’in"
        case _:
            return "Action Logement"


def _avant_vous(rang: int) -> str:
    return "un candidat est" if rang <= 2 else f"{rang - 1} candidats sont"


def _seance(jour: date | None, aujourd_hui: date) -> str:
    passee = jour is not None and jour < aujourd_hui
    return f"{'s’est réunie' if passee else 'se réunit'} le {_date(jour)}"


def _date(jour: date | None) -> str:
    return f"{jour:%d/%m/%Y}" if jour else "jour à fixer"
