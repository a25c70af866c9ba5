"""Where a demand stands in the registry on one day, and what to do about it, in words (guide #4).

The same sentences serve « Ma situation », the offers, « Je postule », the timeline and the mails.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from demandes import echeances
from demandes.models import Demande

PUIS_METTRE_A_JOUR = "puis cliquez sur « Mettre à jour » dans AL’in"
NOUVELLE_DEMANDE = (
    "Déposez une nouvelle demande sur votre site d’enregistrement. Ensuite, supprimez celle-ci d’AL’in et importez la "
    "nouvelle."
)
AUTRES_RETOURS = {
    "RADATT": f"Le registre a noté que vous avez signé un bail social. Vous cherchez encore ? {NOUVELLE_DEMANDE}",
    "RADABA": (
        "Le registre a noté que vous y avez renoncé. Si c’est une erreur, dites-le au guichet qui l’a enregistrée. "
        f"Vous cherchez de nouveau ? {NOUVELLE_DEMANDE}"
    ),
    "RADCON": (
        "Un courrier du guichet est resté sans réponse. Répondez-lui et demandez-lui de rétablir votre demande, "
        f"{PUIS_METTRE_A_JOUR}."
    ),
    "RADIRR": (
        "Une commission d’attribution a déclaré votre demande irrecevable. Le courrier que vous avez reçu dit "
        "pourquoi, et comment le contester."
    ),
    "": f"Demandez au guichet qui l’a enregistrée pourquoi, et comment la faire rétablir, {PUIS_METTRE_A_JOUR}.",
}
"""The way back for every reason but the want of renewal, whose dates the arrêté gives."""


class Etat(StrEnum):
    VALABLE = "valable"
    A_RENOUVELER = "a_renouveler"
    EXPIREE = "expiree"
    RADIEE = "radiee"


@dataclass(frozen=True)
class Validite:
    """`urgente`: the last week of validity has come."""

    etat: Etat
    titre: str
    phrase: str
    urgente: bool = False

    @property
    def empeche(self) -> bool:
        """Whether one may look but not apply."""
        return self.etat in {Etat.EXPIREE, Etat.RADIEE}

    @property
    def libelle(self) -> str:
        """The button that leads to the registration site."""
        return "Rétablir ma demande" if self.etat is Etat.RADIEE else "Renouveler ma demande"


def examiner(demande: Demande, jour: date) -> Validite:
    """Reads the columns of the demand and nothing else."""
    fin = demande.valable_jusqu_au
    premier, second = echeances.jours_des_rappels(fin)
    if demande.radiee_le:
        return Validite(
            Etat.RADIEE,
            f"Votre demande est radiée du registre depuis le {demande.radiee_le:%d/%m/%Y}",
            retour(demande, jour),
        )
    if fin < jour:
        return Validite(
            Etat.EXPIREE, f"Votre demande n’est plus valable depuis le {fin:%d/%m/%Y}", _sursis(demande, jour)
        )
    if premier <= jour:
        return Validite(
            Etat.A_RENOUVELER,
            f"Renouvelez votre demande avant le {fin:%d/%m/%Y}",
            f"Faites-le sur votre site d’enregistrement, {PUIS_METTRE_A_JOUR}. Vous gardez votre ancienneté et vos "
            "candidatures.",
            urgente=second <= jour,
        )
    return Validite(
        Etat.VALABLE,
        f"Votre demande est valable jusqu’au {fin:%d/%m/%Y}",
        f"Un e-mail vous rappelle de la renouveler le {premier:%d/%m/%Y}, puis le {second:%d/%m/%Y}.",
    )


def _sursis(demande: Demande, jour: date) -> str:
    """Out of date, and not struck off as far as we know."""
    if demande.radiable_le <= jour:
        return f"Renouvelez-la ou faites-la rétablir sur votre site d’enregistrement, {PUIS_METTRE_A_JOUR}."
    return (
        f"Renouvelez-la sur votre site d’enregistrement avant le {demande.radiable_le:%d/%m/%Y}, {PUIS_METTRE_A_JOUR}. "
        "À cette date, le registre la radie."
    )


def retour(demande: Demande, jour: date) -> str:
    """How a struck-off demand comes back, and until when."""
    if demande.motif_radiation != "RADREN":
        return AUTRES_RETOURS[demande.motif_radiation]
    if demande.retablissable_jusqu_au < jour:
        return (
            f"Elle n’a pas été renouvelée, et ne pouvait être rétablie que jusqu’au "
            f"{demande.retablissable_jusqu_au:%d/%m/%Y}. {NOUVELLE_DEMANDE}"
        )
    return (
        "Elle n’a pas été renouvelée. Vous pouvez la faire rétablir, avec son ancienneté, jusqu’au "
        f"{demande.retablissable_jusqu_au:%d/%m/%Y} : renouvelez-la sur votre site d’enregistrement, "
        f"{PUIS_METTRE_A_JOUR}."
    )
