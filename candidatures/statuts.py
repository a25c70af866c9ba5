"""The life of a candidature, written once. Nothing here knows the database.

Buttons, permissions, the database trigger, the tests and docs/statuts.md are all read from `TRANSITIONS`.
Source: guide #6 (seven steps), R441-3 and R441-10 of the Code de la construction et de l'habitation.
"""

from enum import StrEnum
from typing import NamedTuple

from django.db import models

from accounts.models import Role


class Statut(models.TextChoices):
    """Where a candidature stands; the label is what the applicant reads on the card of the guide."""

    DEPOSEE = "deposee", "En attente"
    VALIDEE = "validee", "Validée par Action Logement"
    INVALIDEE = "invalidee", "Non validée"
    ANNULEE = "annulee", "Annulée"
    TRANSMISE = "transmise", "Transmise au bailleur"
    VISITE = "visite", "Visite proposée"
    EN_COMMISSION = "en_commission", "En commission d’attribution"
    CLASSEE = "classee", "Classée, en attente"
    SOUS_CONDITION = "sous_condition", "Attribuée sous condition"
    ATTRIBUEE = "attribuee", "Attribuée"
    NON_ATTRIBUEE = "non_attribuee", "Non attribuée"
    IRRECEVABLE = "irrecevable", "Irrecevable"
    PROPOSEE = "proposee", "Logement proposé"
    ACCEPTEE = "acceptee", "Proposition acceptée"
    REFUSEE = "refusee", "Proposition refusée"
    SANS_REPONSE = "sans_reponse", "Sans réponse de votre part"
    BAIL_SIGNE = "bail_signe", "Bail signé"
    RETIREE = "retiree", "Offre retirée"
    RADIEE = "radiee", "Demande radiée"
    LIBEREE = "liberee", "Libérée, délai dépassé"


class Action(models.TextChoices):
    """What someone does to a candidature; the label is on the button."""

    ANNULER = "annuler", "Annuler cette candidature"
    VALIDER = "valider", "Valider la candidature"
    INVALIDER = "invalider", "Ne pas valider"
    TRANSMETTRE = "transmettre", "Transmettre au bailleur"
    PROPOSER_VISITE = "proposer-visite", "Enregistrer la visite"
    DEMANDER_PIECE = "demander-piece", "Demander une pièce"
    RECEVOIR_PIECE = "recevoir-piece", "La pièce est arrivée"
    PASSER_EN_COMMISSION = "passer-en-commission", "Inscrire à la commission"
    ATTRIBUER = "attribuer", "Attribuer (rang 1)"
    CLASSER = "classer", "Classer à un rang suivant"
    CONDITIONNER = "conditionner", "Attribuer sous condition"
    NON_ATTRIBUER = "non-attribuer", "Ne pas attribuer"
    DECLARER_IRRECEVABLE = "declarer-irrecevable", "Déclarer irrecevable"
    PROPOSER = "proposer", "Notifier la proposition"
    ACCEPTER = "accepter", "Accepter ce logement"
    REFUSER = "refuser", "Refuser ce logement"
    EXPIRER = "expirer", "Constater l’absence de réponse"
    SIGNER = "signer", "Enregistrer le bail signé"
    PASSER_AU_SUIVANT = "passer-au-suivant", "Passer au rang suivant"
    CLORE = "clore", "Clore : logement attribué à un autre candidat"
    RETIRER = "retirer", "Libérer : offre retirée"
    RADIER = "radier", "Libérer : demande radiée"
    EFFACER = "effacer", "Libérer : compte supprimé"
    LIBERER = "liberer", "Libérer : délai dépassé"


class Precision(StrEnum):
    """What has to be known beside the action itself; the name of a column of `Candidature`."""

    VISITE_LE = "visite_le"
    COMMISSION_LE = "commission_le"
    RANG = "rang"
    PIECE_ATTENDUE_LE = "piece_attendue_le"
    NOTIFIEE_LE = "notifiee_le"
    BAIL_LE = "bail_le"


class Transition(NamedTuple):
    """`vers` is None for an act that leaves the candidature where it stands, with a line in its journal."""

    depuis: frozenset[Statut]
    vers: Statut | None
    par: frozenset[Role]
    motif_obligatoire: bool = False
    precision: Precision | None = None

    def arrivee(self, depuis: Statut) -> Statut:
        return self.vers or depuis


S, A, R = Statut, Action, Role
CONSEILLERS = frozenset({R.CONSEILLER, R.SUPERVISEUR})
INTERESSES = frozenset({R.DEMANDEUR, R.SERVICE_LOGEMENT})
AUTOMATE = frozenset({R.AUTOMATE})
AVANT_TRANSMISSION = frozenset({S.DEPOSEE, S.VALIDEE})
EN_INSTRUCTION = frozenset({S.TRANSMISE, S.VISITE})
"""« Le bailleur peut vous contacter pour compléter votre dossier ou organiser la visite » (guide #6, step 4)."""
CHEZ_LE_BAILLEUR = frozenset({S.TRANSMISE, S.VISITE, S.EN_COMMISSION, S.CLASSEE, S.SOUS_CONDITION})
ATTRIBUEES = frozenset({S.ATTRIBUEE, S.PROPOSEE, S.ACCEPTEE})
ATTRIBUTAIRES = ATTRIBUEES | {S.SOUS_CONDITION}
"""The dwelling is theirs as long as they hold it: one at a time."""
EN_SEANCE = frozenset({A.ATTRIBUER, A.CLASSER, A.CONDITIONNER, A.NON_ATTRIBUER, A.DECLARER_IRRECEVABLE})
"""The five decisions of a commission (R441-3): from « en commission », a sitting takes them together."""

TRANSITIONS: dict[Action, Transition] = {
    A.ANNULER: Transition(AVANT_TRANSMISSION, S.ANNULEE, INTERESSES),
    A.VALIDER: Transition(frozenset({S.DEPOSEE}), S.VALIDEE, CONSEILLERS),
    A.INVALIDER: Transition(AVANT_TRANSMISSION, S.INVALIDEE, CONSEILLERS, motif_obligatoire=True),
    A.TRANSMETTRE: Transition(frozenset({S.VALIDEE}), S.TRANSMISE, CONSEILLERS),
    A.PROPOSER_VISITE: Transition(frozenset({S.TRANSMISE}), S.VISITE, CONSEILLERS, precision=Precision.VISITE_LE),
    A.RECEVOIR_PIECE: Transition(EN_INSTRUCTION, None, CONSEILLERS),
    A.DEMANDER_PIECE: Transition(EN_INSTRUCTION, None, CONSEILLERS, True, Precision.PIECE_ATTENDUE_LE),
    A.PASSER_EN_COMMISSION: Transition(EN_INSTRUCTION, S.EN_COMMISSION, CONSEILLERS, precision=Precision.COMMISSION_LE),
    A.ATTRIBUER: Transition(frozenset({S.EN_COMMISSION, S.CLASSEE, S.SOUS_CONDITION}), S.ATTRIBUEE, CONSEILLERS),
    A.CLASSER: Transition(frozenset({S.EN_COMMISSION}), S.CLASSEE, CONSEILLERS, precision=Precision.RANG),
    A.CONDITIONNER: Transition(
        frozenset({S.EN_COMMISSION}), S.SOUS_CONDITION, CONSEILLERS, True, Precision.PIECE_ATTENDUE_LE
    ),
    A.NON_ATTRIBUER: Transition(
        frozenset({S.EN_COMMISSION, S.CLASSEE, S.SOUS_CONDITION}), S.NON_ATTRIBUEE, CONSEILLERS, motif_obligatoire=True
    ),
    A.DECLARER_IRRECEVABLE: Transition(
        frozenset({S.EN_COMMISSION}), S.IRRECEVABLE, CONSEILLERS, motif_obligatoire=True
    ),
    A.PROPOSER: Transition(frozenset({S.ATTRIBUEE}), S.PROPOSEE, CONSEILLERS, precision=Precision.NOTIFIEE_LE),
    A.ACCEPTER: Transition(frozenset({S.PROPOSEE}), S.ACCEPTEE, CONSEILLERS | {R.DEMANDEUR}),
    A.REFUSER: Transition(
        frozenset({S.PROPOSEE, S.ACCEPTEE}), S.REFUSEE, CONSEILLERS | {R.DEMANDEUR}, motif_obligatoire=True
    ),
    A.EXPIRER: Transition(frozenset({S.PROPOSEE}), S.SANS_REPONSE, AUTOMATE),
    A.SIGNER: Transition(frozenset({S.ACCEPTEE}), S.BAIL_SIGNE, CONSEILLERS, precision=Precision.BAIL_LE),
    # « L'attribution étant prononcée au profit du candidat suivant en cas de refus » (R441-3, II, 2°).
    A.PASSER_AU_SUIVANT: Transition(frozenset({S.CLASSEE}), S.ATTRIBUEE, AUTOMATE),
    A.CLORE: Transition(AVANT_TRANSMISSION | CHEZ_LE_BAILLEUR, S.NON_ATTRIBUEE, AUTOMATE, motif_obligatoire=True),
    A.RETIRER: Transition(AVANT_TRANSMISSION | CHEZ_LE_BAILLEUR | ATTRIBUEES, S.RETIREE, AUTOMATE, True),
    A.RADIER: Transition(AVANT_TRANSMISSION | CHEZ_LE_BAILLEUR | ATTRIBUEES, S.RADIEE, AUTOMATE, True),
    # Deleting one's account is served at once until a lease is being signed (RGPD art. 17; CNIL, pack logement social).
    A.EFFACER: Transition(CHEZ_LE_BAILLEUR | {S.ATTRIBUEE, S.PROPOSEE}, S.ANNULEE, AUTOMATE, True),
    # The right of designation, or a limit set to free, has passed: nobody is held for nothing (docs/delais.md).
    A.LIBERER: Transition(AVANT_TRANSMISSION | CHEZ_LE_BAILLEUR, S.LIBEREE, AUTOMATE, motif_obligatoire=True),
}

COURRIELS_EN_PLACE: dict[str, str] = {
    A.DEMANDER_PIECE: "candidature_piece_demandee",
    A.RECEVOIR_PIECE: "candidature_piece_recue",
}
"""The mails of the acts that change no status."""

ACTIFS: frozenset[Statut] = frozenset().union(*(transition.depuis for transition in TRANSITIONS.values()))
"""Every status from which one can still leave: it takes the applicant's one place."""

NAISSANCE = Statut.DEPOSEE
"""The only status a candidature may be born with."""

COMPTES_DANS_LA_FILE = frozenset(Statut) - {S.ANNULEE, S.INVALIDEE}
"""« Il y a actuellement 99 candidatures déposées sur cette offre » counts these."""


class Etape(NamedTuple):
    """One of the seven steps drawn on the card; labels are the guide's."""

    numero: int
    libelle: str
    icone: str


ETAPES = (
    Etape(1, "Je postule", "file-plus"),
    Etape(2, "Validations", "file-check"),
    Etape(3, "Envoi bailleur", "send"),
    Etape(4, "Visite", "door-open"),
    Etape(5, "Commission logement", "users"),
    Etape(6, "Résultat", "mail-open"),
    Etape(7, "Entrez dans les lieux", "key-round"),
)

ETAPE_DE: dict[Statut, int] = {
    S.DEPOSEE: 2,
    S.VALIDEE: 3,
    S.INVALIDEE: 2,
    S.ANNULEE: 2,
    S.TRANSMISE: 4,
    S.VISITE: 4,
    S.EN_COMMISSION: 5,
    S.CLASSEE: 6,
    S.SOUS_CONDITION: 6,
    S.ATTRIBUEE: 6,
    S.NON_ATTRIBUEE: 6,
    S.IRRECEVABLE: 6,
    S.PROPOSEE: 7,
    S.ACCEPTEE: 7,
    S.REFUSEE: 7,
    S.SANS_REPONSE: 7,
    S.BAIL_SIGNE: 7,
    S.RETIREE: 3,
    S.RADIEE: 3,
    S.LIBEREE: 3,
}
"""The step under way in each status (or where it stopped)."""


def se_decide_en_seance(statut: Statut, action: Action) -> bool:
    """Whether this act is one of the decisions that a sitting of the commission takes, for all its dossiers at once."""
    return statut == S.EN_COMMISSION and action in EN_SEANCE


def actions_ouvertes(statut: Statut, role: Role) -> list[Action]:
    """The acts this role may do from this status, in the order of the table."""
    return [action for action, t in TRANSITIONS.items() if statut in t.depuis and role in t.par]


def courriel_de(action: str, statut: str) -> str:
    """The mail that tells the applicant: named after the status it led to, but for the acts that change none."""
    return COURRIELS_EN_PLACE.get(action, f"candidature_{statut}")
