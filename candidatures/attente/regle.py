"""When the step of a candidature should end, and must end. No query once the candidature and its offer are read.

A step is counted from the day it began, or from the day that had to come first: the deadline of the offer while
Action Logement chooses, the visit, the sitting. Two limits are set by others: the answer to a proposition (R441-10) and
the document that the bailleur or the commission asked for (R441-3). Before the transmission nothing outlives the right
of designation. `candidatures.attente.requetes` says the same in SQL, and a test proves them equal.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils import timezone

from candidatures.delais_d_attente import LIBERABLES, Delai, Delais
from candidatures.models import Candidature
from candidatures.statuts import ACTIFS, AVANT_TRANSMISSION, Statut


class Tour(StrEnum):
    """Who has to act, as in « à Action Logement d’agir »."""

    ACTION_LOGEMENT = "à Action Logement"
    BAILLEUR = "au bailleur"
    DEMANDEUR = "au demandeur"


@dataclass(frozen=True)
class Attente:
    """`usuel`: days this step usually takes. `liberation_le`: the day after which the clock frees the applicant."""

    tour: Tour
    depart_le: date
    usuel: int
    limite_le: date
    liberation_le: date | None
    fixee: bool
    """Whether the limit is a day told to the applicant, not a number of days."""

    @property
    def usuelle_le(self) -> date:
        return min(self.depart_le + timedelta(days=self.usuel), self.limite_le)

    def retard(self, jour: date) -> int:
        """Days past the limit; 0 on that very day, which still counts, and before."""
        return max(0, (jour - self.limite_le).days)


def attente(candidature: Candidature, delais: Delais, jour: date) -> Attente | None:
    """What this candidature waits for on that day; None once it is over."""
    statut, offre = Statut(candidature.statut), candidature.offre
    if statut not in ACTIFS:
        return None
    delai = delais.pour(statut, offre.bailleur_id, offre.financement)
    depart, fixee = _depart(candidature, statut), _limite_fixee(candidature, statut)
    limite = fixee or depart + timedelta(days=delai.limite)
    designation = offre.designation_jusqu_au if statut in AVANT_TRANSMISSION else None
    if designation:
        limite = min(limite, designation)
    usuel = offre.bailleur.delai_usuel.jours if delai.usuel is None else delai.usuel
    liberation = _liberation(delai, limite, designation)
    return Attente(_tour(candidature, statut, jour), depart, usuel, limite, liberation, fixee is not None)


def est_a_liberer(candidature: Candidature, delais: Delais, jour: date) -> bool:
    """Whether the clock has to free its applicant."""
    trouvee = attente(candidature, delais, jour)
    return trouvee is not None and trouvee.liberation_le is not None and trouvee.liberation_le < jour


def _depart(candidature: Candidature, statut: Statut) -> date:
    attendu = {
        Statut.DEPOSEE: candidature.offre.date_limite,
        Statut.VALIDEE: candidature.offre.date_limite,
        Statut.VISITE: candidature.visite_le,
        Statut.EN_COMMISSION: candidature.commission_le,
    }.get(statut)
    depuis = timezone.localdate(candidature.statut_depuis)
    return max(depuis, attendu) if attendu else depuis


def _limite_fixee(candidature: Candidature, statut: Statut) -> date | None:
    match statut:
        case Statut.PROPOSEE:
            return candidature.reponse_avant_le
        case Statut.SOUS_CONDITION | Statut.TRANSMISE | Statut.VISITE:
            return candidature.piece_attendue_le
        case _:
            return None


def _liberation(delai: Delai, limite: date, designation: date | None) -> date | None:
    """The earlier of what the setting says of the designation and of the limit."""
    jours = [designation if delai.libere_designation else None, limite if delai.libere else None]
    return min((jour for jour in jours if jour), default=None) if delai.statut in LIBERABLES else None


def _tour(candidature: Candidature, statut: Statut, jour: date) -> Tour:
    if candidature.attend_une_piece and candidature.piece_attendue_le and jour <= candidature.piece_attendue_le:
        return Tour.DEMANDEUR
    match statut:
        case Statut.DEPOSEE | Statut.VALIDEE:
            return Tour.ACTION_LOGEMENT
        case Statut.PROPOSEE:
            return Tour.DEMANDEUR
        case Statut.VISITE if candidature.visite_le and jour <= candidature.visite_le:
            return Tour.DEMANDEUR
        case Statut.SOUS_CONDITION if candidature.piece_attendue_le is None:
            return Tour.DEMANDEUR
        case _:
            return Tour.BAILLEUR
