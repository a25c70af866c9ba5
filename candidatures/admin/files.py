"""The queues of the advisers: which candidatures wait for which work, in which order, and the filters of the list."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from accounts.models import User
from candidatures.classement import rangs
from candidatures.models import Candidature
from candidatures.statuts import ACTIFS, Statut
from demandes.models import Departement
from offres.models import Bailleur, Offre


class File(NamedTuple):
    libelle: str
    statuts: frozenset[Statut]


A_EXAMINER, TOUTES = "a-examiner", "toutes"
FILES: dict[str, File] = {
    A_EXAMINER: File("À examiner", frozenset({Statut.DEPOSEE})),
    "a-transmettre": File("À transmettre", frozenset({Statut.VALIDEE})),
    "chez-le-bailleur": File("Chez le bailleur", frozenset({Statut.TRANSMISE, Statut.VISITE})),
    "en-commission": File("En commission", frozenset({Statut.EN_COMMISSION})),
    "attribuees": File("Résultats", frozenset({Statut.CLASSEE, Statut.SOUS_CONDITION, Statut.ATTRIBUEE})),
    "propositions": File("Propositions en attente de réponse", frozenset({Statut.PROPOSEE})),
    "bail": File("Bail à signer", frozenset({Statut.ACCEPTEE})),
    "terminees": File("Terminées", frozenset(Statut) - ACTIFS),
    TOUTES: File("Toutes", frozenset(Statut)),
}
"""Every status that is not over is in exactly one of these, « Toutes » apart."""

EN_COURS = [cle for cle in FILES if cle not in {"terminees", TOUTES}]
ORDRE = ("echeance_le", *rangs.ORDRE, "pk")
"""Those late first, then the nearest limit, then by rank."""
LISTE = "admin:candidatures_candidature_changelist"


class Attente(NamedTuple):
    """One line of the home page: how many wait in a queue, and the nearest deadline among them."""

    libelle: str
    adresse: str
    nombre: int
    echeance: date | None


def attentes(user: User) -> list[Attente]:
    """Every queue of work, in one query."""
    comptes = Candidature.objects.visibles_par(user).actives().order_by().values("statut")
    par_statut = {
        ligne["statut"]: ligne for ligne in comptes.annotate(nombre=Count("*"), echeance=Min("offre__date_limite"))
    }
    lignes = []
    for cle in EN_COURS:
        file = FILES[cle]
        dedans = [par_statut[statut] for statut in file.statuts if statut in par_statut]
        nombre = sum(ligne["nombre"] for ligne in dedans)
        echeance = min((ligne["echeance"] for ligne in dedans), default=None)
        lignes.append(Attente(file.libelle, f"{reverse(LISTE)}?etape={cle}", nombre, echeance))
    return lignes


def file_de(statut: str) -> str:
    """The key of the queue that a candidature in this status waits in."""
    return next(cle for cle, file in FILES.items() if statut in file.statuts)


def file_montree(parametres: QueryDict) -> str:
    """The key of the queue that the list shows with these parameters."""
    demandee = parametres.get(FiltreEtape.parameter_name)
    if demandee in FILES:
        return demandee
    return TOUTES if {"q", "offre", "echeance"} & parametres.keys() else A_EXAMINER


class FiltreEtape(admin.SimpleListFilter):
    """The queue shown; « À examiner » unless one searches, or looks at one offer or at what is due."""

    title = "étape"
    parameter_name = "etape"
    template = "admin/candidatures/etapes.html"

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        self.montree = file_montree(request.GET)
        super().__init__(request, params, model, model_admin)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return [(cle, file.libelle) for cle, file in FILES.items()]

    def value(self) -> str:
        return self.montree

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for cle, libelle in self.lookup_choices:
            yield {
                "selected": cle == self.value(),
                "query_string": changelist.get_query_string({self.parameter_name: cle}),
                "display": libelle,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        return queryset.filter(statut__in=sorted(FILES[self.value()].statuts))


class FiltreDepartement(admin.SimpleListFilter):
    title = "département"
    parameter_name = "departement"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        candidates = Candidature.objects.filter(offre=OuterRef("pk")).order_by()
        offres = Offre.objects.filter(Exists(candidates), commune__departement=OuterRef("pk")).order_by()
        servis = Departement.objects.filter(Exists(offres))
        return [(departement.code, str(departement)) for departement in servis]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        return queryset.filter(offre__commune__departement=self.value()) if self.value() else queryset


class FiltreBailleur(admin.SimpleListFilter):
    title = "bailleur"
    parameter_name = "bailleur"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        servis = Bailleur.objects.filter(Exists(Candidature.objects.filter(offre__bailleur=OuterRef("pk")).order_by()))
        return [(str(bailleur.pk), bailleur.nom) for bailleur in servis]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        connus = dict(self.lookup_choices)
        return queryset.filter(offre__bailleur=self.value()) if self.value() in connus else queryset
