"""What is due: the lines of the home page, each a filter of the list, so that a count and its list never disagree."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from candidatures.admin.files import LISTE, TOUTES
from candidatures.attente.requetes import avec_echeance, delais_du
from candidatures.liens import Lien
from candidatures.models import ACTIFS_TRIES, Candidature, CandidatureQuerySet
from candidatures.statuts import Statut

SEMAINE = timedelta(days=6)
BIENTOT = timedelta(days=3)
"""From how far the end of a proposition is worth a call."""
LU_PAR_LE_BAILLEUR = sorted({Statut.TRANSMISE, Statut.VISITE, Statut.EN_COMMISSION})
"""Where the bailleur still has to read the dossier before anything else happens."""


class Echeance(NamedTuple):
    """`condition` is of a day, on candidatures that have `au_suivant` and `echeance_le`; `genre`, how a count looks."""

    libelle: str
    condition: Callable[[date], Q]
    genre: str = "attention"


def _lien_expire(_jour: date) -> Q:
    expires = Lien.objects.filter(candidature=OuterRef("pk"), revoque_le=None, expire_le__lte=timezone.now())
    return Q(Exists(expires), statut__in=LU_PAR_LE_BAILLEUR)


ECHEANCES: dict[str, Echeance] = {
    "retard": Echeance("En retard", lambda jour: Q(echeance_le__lt=jour), "erreur"),
    "aujourdhui": Echeance("Échéance aujourd’hui", lambda jour: Q(echeance_le=jour)),
    "seances": Echeance(
        "Séances passées, décisions à saisir",
        lambda jour: Q(statut=Statut.EN_COMMISSION, commission_le__lt=jour),
        "erreur",
    ),
    "commissions": Echeance(
        "Commissions de la semaine",
        lambda jour: Q(statut=Statut.EN_COMMISSION, commission_le__range=(jour, jour + SEMAINE)),
        "info",
    ),
    "suivant": Echeance("Logements à proposer au suivant", lambda _jour: Q(au_suivant=True)),
    "pieces": Echeance("Pièces attendues", lambda _jour: Q(statut=Statut.SOUS_CONDITION), "info"),
    "propositions": Echeance(
        "Propositions sans réponse, à trois jours du terme",
        lambda jour: Q(statut=Statut.PROPOSEE, reponse_avant_le__lte=jour + BIENTOT),
    ),
    "liens": Echeance("Liens du bailleur expirés", _lien_expire),
}
"""In the order of the page."""


class Due(NamedTuple):
    """One line of the home page."""

    libelle: str
    adresse: str
    nombre: int
    genre: str


def dues(user: User, jour: date) -> list[Due]:
    """Every line with its count, in one query on the candidatures still alive, and one for the delays."""
    vivantes = Candidature.objects.visibles_par(user).actives().avec_son_tour().order_by()
    vivantes = avec_echeance(vivantes, delais_du(jour))
    comptes = vivantes.aggregate(
        **{f"n_{cle}": Count("pk", filter=echeance.condition(jour)) for cle, echeance in ECHEANCES.items()}
    )
    return [
        Due(
            echeance.libelle,
            f"{reverse(LISTE)}?etape={TOUTES}&echeance={cle}",
            comptes[f"n_{cle}"],
            echeance.genre if comptes[f"n_{cle}"] else "",
        )
        for cle, echeance in ECHEANCES.items()
    ]


def restreindre(candidatures: CandidatureQuerySet, cle: str | None, jour: date) -> CandidatureQuerySet:
    """Those with their `echeance_le` that one of these lines counts; all of them for a key that is none."""
    if cle not in ECHEANCES:
        return candidatures
    condition = ECHEANCES[cle or ""].condition(jour)
    vivantes: CandidatureQuerySet = candidatures.actives().avec_son_tour().filter(condition)
    return vivantes


class FiltreEcheance(admin.SimpleListFilter):
    """The same lines, on the list."""

    title = "échéance"
    parameter_name = "echeance"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterator[tuple[str, str]]:  # noqa: ARG002
        return ((cle, echeance.libelle) for cle, echeance in ECHEANCES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        if self.value() not in ECHEANCES:
            return queryset
        condition = ECHEANCES[self.value() or ""].condition(timezone.localdate())
        return queryset.filter(condition, statut__in=ACTIFS_TRIES)
