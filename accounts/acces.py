"""« Qui a consulté mon dossier »: the register of consultations, as the applicant reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.models import Acte, Role
from accounts.models.consultation import BAILLEUR, ConsultationQuerySet


class Raison(NamedTuple):
    """What a role does with a demand, and on what ground it may open one."""

    role: str
    travail: str
    motif: str


RAISONS = (
    Raison(
        Role.CONSEILLER.label,
        "Il étudie votre candidature, la valide ou non, et la transmet au bailleur.",
        "Il ouvre votre demande et vos candidatures pour les instruire, ou quand vous appelez.",
    ),
    Raison(
        Role.SUPPORT.label,
        "Il répond au téléphone et au formulaire de contact.",
        "Il ouvre votre demande pour vous répondre. Il ne voit ni la santé, ni les violences, ni les titres de séjour, "
        "ni le revenu fiscal.",
    ),
    Raison(
        Role.SUPERVISEUR.label,
        "Il contrôle le travail des conseillers et lit ce registre.",
        "Il ouvre un dossier pour vérifier une décision ou répondre à une réclamation.",
    ),
    Raison(
        Role.SERVICE_LOGEMENT.label,
        "Il vous accompagne dans votre recherche et confirme votre emploi.",
        "Il n’ouvre votre demande que si vous l’avez autorisé, et plus rien dès que vous retirez votre accord.",
    ),
    Raison(
        "Bailleur",
        "Il examine la candidature que le conseiller lui a transmise.",
        "Il n’a pas de compte : il ouvre le dossier transmis par un lien qui expire. Il ne voit ni la santé, ni les "
        "violences, ni les titres de séjour. Nous savons quel bailleur a ouvert, pas quelle personne chez lui.",
    ),
)


@dataclass(frozen=True)
class Ligne:
    """What one person did of one kind in one day; `objets` are the different things opened or asked for."""

    jour: date
    acte: str
    par_id: UUID
    par_role: str
    par_nom: str
    nombre: int
    premiere: datetime
    derniere: datetime
    objets: list[str]

    @property
    def qui(self) -> str:
        """The name inside a sentence: « une personne non autorisée », « Camille Roy, Ateliers Vauban, »."""
        if self.de_l_exterieur:
            return self.par_nom[:1].lower() + self.par_nom[1:]
        return f"{self.par_nom}," if ", " in self.par_nom else self.par_nom

    @property
    def role(self) -> str:
        return "Bailleur" if self.par_role == BAILLEUR else Role(self.par_role).label

    @property
    def de_l_exterieur(self) -> bool:
        """Somebody who does not work here: the owner himself for an export, a stranger for a refusal."""
        return self.par_role == Role.DEMANDEUR

    @property
    def est_un_refus(self) -> bool:
        return self.acte == Acte.REFUS

    @property
    def est_un_export(self) -> bool:
        return self.acte == Acte.EXPORT

    @property
    def heures(self) -> str:
        """« à 9 h 05 », « de 9 h 05 à 16 h 40 », Paris time."""
        debut, fin = _heure(self.premiere), _heure(self.derniere)
        return f"à {debut}" if debut == fin else f"de {debut} à {fin}"


class Bilan(NamedTuple):
    consultations: int
    personnes: int
    refus: int


def par_jour(lignes: Iterable[dict[str, Any]]) -> list[tuple[date, list[Ligne]]]:
    """A page of `par_jour_et_personne`, cut at its days."""
    toutes = (Ligne(**ligne) for ligne in lignes)
    return [(jour, list(du_jour)) for jour, du_jour in groupby(toutes, key=lambda ligne: ligne.jour)]


def bilan(consultations: ConsultationQuerySet) -> Bilan:
    """How many looks by how many people, and how many refusals, in one query."""
    refus = Q(acte=Acte.REFUS)
    par_autrui = ~refus & ~Q(par_id=F("demandeur_id"))
    return Bilan(
        **consultations.order_by().aggregate(
            consultations=Count("pk", filter=par_autrui),
            personnes=Count("par_id", filter=par_autrui, distinct=True),
            refus=Count("pk", filter=refus),
        )
    )


def _heure(instant: datetime) -> str:
    local = timezone.localtime(instant)
    return f"{local.hour} h {local:%M}"
