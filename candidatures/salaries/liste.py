"""The list: who gave their leave, where each stands, what is due; in one query whatever one searches or sorts by."""

import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    FilteredRelation,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, Concat, Lower

from accounts.models import User
from candidatures.models import ACTIFS_TRIES, Candidature
from candidatures.statuts import EN_INSTRUCTION, ETAPES, Statut
from demandes import echeances
from demandes.models import Demande, Emploi
from offres.eligibilite import EN_TOUTES_LETTRES

BIENTOT = timedelta(days=30)
"""Before the end of a demand, when its renewal is recalled."""
UN_JOUR = timedelta(days=1)
DATES = {
    Statut.DEPOSEE: "offre__date_limite",
    Statut.VALIDEE: "offre__date_limite",
    Statut.VISITE: "visite_le",
    Statut.EN_COMMISSION: "commission_le",
    Statut.SOUS_CONDITION: "piece_attendue_le",
    Statut.PROPOSEE: "reponse_avant_le",
}
"""The date that comes next, by the status of the candidature under way."""
DATES_DE_QUOI = {
    Statut.DEPOSEE: "fin des candidatures",
    Statut.VALIDEE: "fin des candidatures",
    Statut.VISITE: "visite",
    Statut.EN_COMMISSION: "commission",
    Statut.SOUS_CONDITION: "pièce attendue",
    Statut.PROPOSEE: "réponse attendue",
}
ATTEND_UNE_PIECE = sorted({*EN_INSTRUCTION, Statut.SOUS_CONDITION})
ACCENTS, LETTRES = (
    "ÀÁÂÃÄÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäçèéêëìíîïñòóôõöùúûüýÿ",
    "AAAAACEEEEIIIINOOOOOUUUUYaaaaaceeeeiiiinooooouuuuyy",
)
A_FAIRE = {
    "emploi": "Confirmer l’emploi",
    "dossier": "Dossier à terminer",
    "reponse": "Répondre à la proposition",
    "piece": "Pièce à fournir",
    "visite": "Visite à venir",
    "renouvellement": "Demande à renouveler",
}
"""What may be due, by the name it has in an address; the first is the company's own, the others the employee's."""
TRIS: dict[str, tuple[str, list[OrderBy]]] = {
    "date": ("Prochaine date", [F("prochaine_date").asc(nulls_last=True)]),
    "nom": ("Nom", []),
    "anciennete": ("Ancienneté de la demande", [F("deposee_le").asc()]),
    "validite": ("Fin de validité de la demande", [F("en_cours_depuis_le").asc()]),
    "recentes": ("Dernier mouvement", [F("active__statut_depuis").desc(nulls_last=True)]),
}


class Due(NamedTuple):
    """One thing due, by when if a date says so."""

    cle: str
    libelle: str
    avant: date | None


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
    dues: tuple[Due, ...]

    @property
    def date_de_quoi(self) -> str:
        """What happens on `prochaine_date`."""
        return DATES_DE_QUOI[Statut(self.candidature.statut)] if self.candidature and self.prochaine_date else ""

    @property
    def date_deja_dite(self) -> bool:
        """Whether something due says that date too: a card need not say it twice."""
        return any(due.avant == self.prochaine_date for due in self.dues if due.avant)


def salaries_de(user: User, jour: date) -> "QuerySet[Demande]":
    """The demands this agent may see, each with `active`, the candidature under way, those with the nearest date first.

    One join gives all that one filters and sorts by: a demand has one active candidature at most.
    """
    bail = Candidature.objects.filter(demande=OuterRef("pk"), statut=Statut.BAIL_SIGNE).order_by()
    prochaine = Case(
        *(
            When(Q(active__statut=statut, **{f"active__{champ}__gte": jour}), then=F(f"active__{champ}"))
            for statut, champ in DATES.items()
        ),
        output_field=DateField(),
    )
    return (
        Demande.objects.visibles_par(user)
        .annotate(
            active=FilteredRelation("candidatures", condition=Q(candidatures__statut__in=ACTIFS_TRIES)),
            statut_actif=F("active__statut"),
            prochaine_date=prochaine,
            bail_signe=Exists(bail),
            en_cours_depuis_le=Coalesce("renouvelee_le", "deposee_le"),
        )
        .order_by(*ordre("date"))
    )


def ordre(tri: str) -> list[str | OrderBy]:
    """By what was asked for, then by name; nonsense is the nearest date."""
    _, premiers = TRIS.get(tri, TRIS["date"])
    return [*premiers, "demandeur__nom_naissance", "demandeur__prenom", "pk"]


def dues(cle: str, jour: date) -> Q:
    """Those for whom this is due, among `salaries_de`; `_dues` says the same of one employee."""
    conditions = {
        "emploi": Q(emploi__valide_le__isnull=False, emploi__sans_employeur=False)
        & Q(emploi__confirme_le=None, emploi__infirme_le=None),
        "dossier": Q(dossier_valide_le=None),
        "reponse": Q(active__statut=Statut.PROPOSEE),
        "piece": Q(active__statut__in=ATTEND_UNE_PIECE, active__piece_attendue_le__isnull=False),
        "visite": Q(active__statut=Statut.VISITE, active__visite_le__gte=jour),
        "renouvellement": Q(radiee_le=None, bail_signe=False, en_cours_depuis_le__lte=_finit_avant(jour + BIENTOT)),
    }
    return conditions[cle]


def _finit_avant(fin: date) -> date:
    """The last filing or renewal whose year is over by then; the day after counts, for a 29 February."""
    lendemain = echeances.dans_des_mois(fin + UN_JOUR, -echeances.VALABLE)
    return max(echeances.dans_des_mois(fin, -echeances.VALABLE), lendemain - UN_JOUR)


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
    signe: bool = demande.bail_signe  # type: ignore[attr-defined]
    return Ligne(
        demande,
        getattr(demande, "emploi", None),
        candidature,
        situation(demande, candidature, signe=signe),
        ETAPES[candidature.etape - 1].libelle if candidature else "",
        anciennete(demande.deposee_le, jour),
        typologies(demande),
        demande.prochaine_date,  # type: ignore[attr-defined]
        tuple(_dues(demande, candidature, jour, signe=signe)),
    )


def _dues(demande: Demande, candidature: Candidature | None, jour: date, *, signe: bool) -> list[Due]:
    emploi: Emploi | None = getattr(demande, "emploi", None)
    statut = candidature.statut if candidature else None
    attend_une_piece = candidature is not None and candidature.attend_une_piece
    visite_le = candidature.visite_le if candidature and statut == Statut.VISITE else None
    fin = demande.valable_jusqu_au
    dates: dict[str, tuple[bool, date | None]] = {
        "emploi": (emploi is not None and emploi.est_a_confirmer, None),
        "dossier": (demande.dossier_valide_le is None, None),
        "reponse": (statut == Statut.PROPOSEE, candidature.reponse_avant_le if candidature else None),
        "piece": (attend_une_piece, candidature.piece_attendue_le if candidature else None),
        "visite": (visite_le is not None and visite_le >= jour, visite_le),
        "renouvellement": (demande.radiee_le is None and not signe and fin <= jour + BIENTOT, fin),
    }
    return [Due(cle, A_FAIRE[cle], avant) for cle, (due, avant) in dates.items() if due]


def situation(demande: Demande, candidature: Candidature | None, *, signe: bool) -> str:
    """Where an employee stands, in a few words."""
    if candidature is not None:
        return candidature.get_statut_display()
    if signe:
        return "Bail signé"
    if demande.radiee_le:
        return "Demande radiée"
    return "Sans candidature" if demande.dossier_valide_le else "Dossier à valider"


def typologies(demande: Demande) -> str:
    """The sizes of dwelling for so many people: « T1 ou T2 »."""
    return EN_TOUTES_LETTRES[max(1, min(5, demande.nombre_personnes))]


def anciennete(depuis: date, jour: date) -> str:
    """« 3 ans 4 mois », « 11 mois », « moins d’un mois »."""
    mois = (jour.year - depuis.year) * 12 + jour.month - depuis.month - (jour.day < depuis.day)
    ans, reste = divmod(max(0, mois), 12)
    mots = [f"{ans} an{'s' if ans > 1 else ''}"] if ans else []
    if reste:
        mots.append(f"{reste} mois")
    return " ".join(mots) or "moins d’un mois"
