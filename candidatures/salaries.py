"""The employees of a company who gave it their leave: who they are, where they stand, what comes next (guide #3)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat, Lower

from accounts.models import User
from candidatures import recit
from candidatures.models import Candidature, Evenement
from candidatures.statuts import ETAPE_DE, ETAPES, Action, Statut
from demandes.models import Demande, Emploi
from offres.eligibilite import EN_TOUTES_LETTRES

BIENTOT = 30
"""Days before the end of a demand from which its renewal is recalled."""
PROCHAINE_DATE = Case(
    When(statut__in=[Statut.DEPOSEE, Statut.VALIDEE], then=F("offre__date_limite")),
    When(statut=Statut.VISITE, then=F("visite_le")),
    When(statut=Statut.EN_COMMISSION, then=F("commission_le")),
    When(statut=Statut.SOUS_CONDITION, then=F("piece_attendue_le")),
    When(statut=Statut.PROPOSEE, then=F("reponse_avant_le")),
    output_field=DateField(),
)
# Health, disability, residence permits and amounts stay hidden from an employer, in what advisers write too.
RESERVE = re.compile(
    r"handicap|invalid|séjour|résident|IRRSEJ|santé|médica|malad|hospital|hôpital|grossesse|enceinte|violence|plainte"
    r"|titre de|RFR|\d[\d\s\u202f.]{2,}\s*(?:€|euro)",
    re.IGNORECASE,
)
ACCENTS, LETTRES = (
    "ÀÁÂÃÄÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäçèéêëìíîïñòóôõöùúûüýÿ",
    "AAAAACEEEEIIIINOOOOOUUUUYaaaaaceeeeiiiinooooouuuuyy",
)
ACTES_EN_PLACE = {
    "postuler": "Candidature déposée",
    Action.DEMANDER_PIECE.value: "Pièce demandée par le bailleur",
    Action.RECEVOIR_PIECE.value: "Pièce reçue",
}
"""What the journal says of the acts that the status does not tell."""
MOTIF_RESERVE = "Motif communiqué au salarié seulement."


@dataclass(frozen=True)
class Ligne:
    """One employee in the list. `candidature` is the one under way, if any; `etape` the name of its step."""

    demande: Demande
    emploi: Emploi | None
    candidature: Candidature | None
    situation: str
    etape: str
    anciennete: str
    typologies: str
    prochaine_date: date | None
    a_renouveler: bool


@dataclass(frozen=True)
class Barre:
    """One line of the chart: `largeur` in hundredths of the longest."""

    libelle: str
    nombre: int
    largeur: int
    active: bool


@dataclass(frozen=True)
class Chiffres:
    salaries: int
    en_cours: int
    baux: int
    emplois_a_confirmer: int
    barres: tuple[Barre, ...]


def salaries_de(user: User, jour: date) -> "QuerySet[Demande]":
    """The demands this agent may see, those with the nearest date first."""
    active = Candidature.objects.actives().filter(demande=OuterRef("pk")).order_by()
    a_venir = active.annotate(prochaine=PROCHAINE_DATE).filter(prochaine__gte=jour)
    bail = Candidature.objects.filter(demande=OuterRef("pk"), statut=Statut.BAIL_SIGNE).order_by()
    return (
        Demande.objects.visibles_par(user)
        .annotate(
            statut_actif=Subquery(active.values("statut")[:1]),
            prochaine_date=Subquery(a_venir.values("prochaine")[:1]),
            bail_signe=Exists(bail),
        )
        .order_by(F("prochaine_date").asc(nulls_last=True), "demandeur__nom_naissance", "demandeur__prenom", "pk")
    )


def chercher(demandes: "QuerySet[Demande]", texte: str) -> "QuerySet[Demande]":
    """By name, accents apart, or by the beginning of the number; every word must be found."""
    demandes = demandes.annotate(
        nom_cherche=Lower(_sans_accents(Concat("demandeur__prenom", Value(" "), "demandeur__nom_naissance")))
    )
    for mot in texte.split():
        lettres = unicodedata.normalize("NFD", mot.lower())
        sans_accents = "".join(lettre for lettre in lettres if not unicodedata.combining(lettre))
        demandes = demandes.filter(Q(nom_cherche__contains=sans_accents) | Q(numero_unique__istartswith=mot))
    return demandes


def _sans_accents(expression: Concat) -> Func:
    return Func(expression, Value(ACCENTS), Value(LETTRES), function="translate", output_field=CharField())


def avec_candidature(demandes: "QuerySet[Demande]") -> "QuerySet[Demande]":
    """With all that `ligne` reads, in as many queries for two employees as for twenty."""
    actives = Candidature.objects.actives().select_related("offre__commune__parent")
    return demandes.select_related("demandeur", "emploi").prefetch_related(
        Prefetch("candidatures", queryset=actives, to_attr="en_cours")
    )


def ligne(demande: Demande, jour: date) -> Ligne:
    """`demande` comes from `salaries_de` through `avec_candidature`."""
    candidature: Candidature | None = next(iter(demande.en_cours), None)  # type: ignore[attr-defined]
    return Ligne(
        demande,
        getattr(demande, "emploi", None),
        candidature,
        situation(demande, candidature, signe=demande.bail_signe),  # type: ignore[attr-defined]
        ETAPES[candidature.etape - 1].libelle if candidature else "",
        anciennete(demande.deposee_le, jour),
        EN_TOUTES_LETTRES[max(1, min(5, demande.nombre_personnes))],
        demande.prochaine_date,  # type: ignore[attr-defined]
        (demande.valable_jusqu_au - jour).days <= BIENTOT,
    )


def situation(demande: Demande, candidature: Candidature | None, *, signe: bool) -> str:
    """Where an employee stands, in a few words."""
    if candidature is not None:
        return candidature.get_statut_display()
    if signe:
        return "Bail signé"
    return "Sans candidature" if demande.dossier_valide_le else "Dossier à valider"


def chiffres(demandes: "QuerySet[Demande]", jour: date) -> Chiffres:
    """What heads the page, in two queries."""
    groupes: list[dict[str, Any]] = list(
        demandes.order_by()
        .values(  # type: ignore[misc]  # annotations of `salaries_de`
            "statut_actif", "bail_signe", valide=Q(dossier_valide_le__isnull=False)
        )
        .annotate(nombre=Count("pk"))
    )
    repartition = dict.fromkeys(("Dossier à valider", "Sans candidature"), 0)
    repartition |= {etape.libelle: 0 for etape in ETAPES[1:]} | {"Bail signé": 0}
    for groupe in groupes:
        repartition[_place(groupe)] += groupe["nombre"]
    baux = Candidature.objects.filter(demande__in=demandes.order_by().values("pk"), bail_le__year=jour.year)
    return Chiffres(
        salaries=sum(groupe["nombre"] for groupe in groupes),
        en_cours=sum(groupe["nombre"] for groupe in groupes if groupe["statut_actif"]),
        baux=baux.filter(statut=Statut.BAIL_SIGNE).count(),
        emplois_a_confirmer=demandes.filter(emploi__valide_le__isnull=False, emploi__confirme_le=None).count(),
        barres=_barres(repartition),
    )


def _place(groupe: dict[str, Any]) -> str:
    if groupe["statut_actif"]:
        return ETAPES[ETAPE_DE[Statut(groupe["statut_actif"])] - 1].libelle
    if groupe["bail_signe"]:
        return "Bail signé"
    return "Sans candidature" if groupe["valide"] else "Dossier à valider"


def _barres(repartition: dict[str, int]) -> tuple[Barre, ...]:
    plus_grand = max(*repartition.values(), 1)
    en_cours = {etape.libelle for etape in ETAPES}
    return tuple(
        Barre(libelle, nombre, round(100 * nombre / plus_grand), libelle in en_cours)
        for libelle, nombre in repartition.items()
        if nombre
    )


def anciennete(depuis: date, jour: date) -> str:
    """« 3 ans 4 mois », « 11 mois », « moins d’un mois »."""
    mois = (jour.year - depuis.year) * 12 + jour.month - depuis.month - (jour.day < depuis.day)
    ans, reste = divmod(max(0, mois), 12)
    mots = [f"{ans} an{'s' if ans > 1 else ''}"] if ans else []
    if reste:
        mots.append(f"{reste} mois")
    return " ".join(mots) or "moins d’un mois"


def pour_l_employeur(motif: str) -> str:
    """The reason, unless it touches what an employer must not know."""
    return MOTIF_RESERVE if RESERVE.search(motif) else motif


@dataclass(frozen=True)
class Moment:
    """One line of a candidature's journal, as an employer may read it."""

    le: datetime
    libelle: str
    motif: str


@dataclass(frozen=True)
class Passage:
    """One candidature, the reason of where it stands, its seven steps, and its journal with the newest line first."""

    candidature: Candidature
    libelle: str
    motif: str
    etapes: list[recit.EtapeDessinee]
    journal: list[Moment]


def passages(demande: Demande) -> list[Passage]:
    """The candidatures of one employee, newest first, in two queries."""
    candidatures = list(Candidature.objects.filter(demande=demande).pour_lecture())
    journaux: dict[UUID, list[Evenement]] = {candidature.pk: [] for candidature in candidatures}
    for evenement in Evenement.objects.filter(candidature_id__in=journaux).order_by("le", "id"):
        journaux[evenement.candidature_id].append(evenement)
    return [_passage(candidature, journaux[candidature.pk]) for candidature in candidatures]


def _passage(candidature: Candidature, journal: list[Evenement]) -> Passage:
    moments = [
        Moment(e.le, ACTES_EN_PLACE.get(e.action) or _libelle(e.vers), pour_l_employeur(e.motif))
        for e in reversed(journal)
    ]
    etapes = recit.etapes_dessinees(candidature, journal)
    motif = pour_l_employeur(candidature.motif)
    return Passage(candidature, _libelle(candidature.statut), motif, etapes, moments)


def _libelle(statut: str) -> str:
    """The applicant's label, but where it speaks to him."""
    return "Sans réponse du salarié" if statut == Statut.SANS_REPONSE else Statut(statut).label
