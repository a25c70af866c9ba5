"""A batch of rows -> offers: new, changed or as they were. The same file twice changes nothing."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q

from offres.depots import Issue
from offres.imports.colonnes import PAR_NOM
from offres.imports.lecture import Cle, LigneLue
from offres.models import Bailleur, Offre, StatutOffre

MODIFIABLES = tuple({"commune": "commune_id", "reservee_a": "reservee_a_id"}.get(nom, nom) for nom in PAR_NOM)
"""What a file may change of an offer that exists: everything but what it is recognised by."""


class Sort(NamedTuple):
    """What becomes of one row."""

    ligne: LigneLue
    issue: Issue
    detail: str = ""


class Lot:
    """The offers that a batch of rows makes and changes, decided first, written in one go, within a transaction."""

    def __init__(self, lues: list[LigneLue], vues: dict[Cle, int], jour: date) -> None:
        """`vues` are the rows already read of this file, by the offer they are about; this batch adds its own."""
        self.jour = jour
        self.neuves: list[Offre] = []
        self.changees: list[Offre] = []
        self.champs: set[str] = set()
        existantes = self._prendre(lues)
        self.sorts = [self._decider(lue, vues, existantes) for lue in lues]

    def ecrire(self) -> None:
        Offre.objects.bulk_create(self.neuves)
        if self.changees:
            Offre.objects.bulk_update(self.changees, sorted(self.champs))

    @staticmethod
    def _prendre(lues: list[LigneLue]) -> dict[Cle, Offre]:
        """The offers that these rows name, ours until the batch is written; two files of one bailleur take turns."""
        cles = {lue.cle for lue in lues} - {None}
        par_bailleur: dict[int, list[str]] = {}
        for bailleur, reference in sorted(filter(None, cles)):
            par_bailleur.setdefault(bailleur, []).append(reference)
        list(Bailleur.objects.select_for_update(no_key=True).filter(pk__in=par_bailleur).order_by("pk"))
        nommees = Q(pk__in=[])
        for bailleur, references in par_bailleur.items():
            nommees |= Q(bailleur_id=bailleur, reference__in=references)
        offres = Offre.objects.select_for_update(no_key=True).filter(nommees).order_by("pk")
        return {(offre.bailleur_id, offre.reference): offre for offre in offres}

    def _decider(self, lue: LigneLue, vues: dict[Cle, int], existantes: dict[Cle, Offre]) -> Sort:
        cle = lue.cle
        if cle is not None:
            deja = vues.setdefault(cle, lue.numero)
            if deja != lue.numero:
                lue.refuser("reference", f"cette offre est déjà à la ligne {deja}")
        if lue.erreurs or cle is None:
            return Sort(lue, Issue.REFUSEE, " ; ".join(lue.erreurs))
        return self._reprendre(lue, existantes[cle]) if cle in existantes else self._creer(lue)

    def _creer(self, lue: LigneLue) -> Sort:
        offre = Offre(**({"publiee_le": self.jour} | lue.valeurs))
        refus = _dates(offre)
        if offre.date_limite < self.jour:
            refus = f"colonne date_limite : le {offre.date_limite:%d/%m/%Y} est passé"
        if offre.statut != StatutOffre.PUBLIEE:
            refus = f"colonne statut : cette offre est inconnue d’AL’in et déjà « {offre.get_statut_display()} »"
        if refus:
            return Sort(lue, Issue.REFUSEE, refus)
        self.neuves.append(offre)
        return Sort(lue, Issue.NOUVELLE)

    def _reprendre(self, lue: LigneLue, offre: Offre) -> Sort:
        """A row about an offer we have. An offer placed or withdrawn stays so: people were told, and freed."""
        ecarts = {c: v for c in MODIFIABLES if c in lue.valeurs and getattr(offre, c) != (v := lue.valeurs[c])}
        if "statut" in ecarts and offre.statut != StatutOffre.PUBLIEE:
            detail = f"colonne statut : cette offre est « {offre.get_statut_display()} » ; un logement qui se libère à "
            return Sort(lue, Issue.REFUSEE, f"{detail}nouveau prend une nouvelle référence")
        if not ecarts:
            return Sort(lue, Issue.INCHANGEE)
        avant = {champ: getattr(offre, champ) for champ in ecarts}
        for champ, valeur in ecarts.items():
            setattr(offre, champ, valeur)
        if refus := _dates(offre):
            return Sort(lue, Issue.REFUSEE, refus)
        self.changees.append(offre)
        self.champs |= set(ecarts)
        issue = Issue.RETIREE if ecarts.get("statut") == StatutOffre.RETIREE else Issue.CHANGEE
        return Sort(lue, issue, " ; ".join(_ecart(c, avant[c], v) for c, v in ecarts.items()))


def retirer_les_absentes(bailleur: Bailleur, vues: dict[Cle, int], *, a_blanc: bool) -> list[str]:
    """Withdraw the published offers of this bailleur that its whole file lacks; their references.

    The candidatures that waited for them are freed by the clock (candidatures.horloge).
    """
    publiees = Offre.objects.filter(bailleur=bailleur, statut=StatutOffre.PUBLIEE)
    presentes = {reference for cle, reference in vues if cle == bailleur.pk}
    absentes = {o.pk: o.reference for o in publiees.only("reference") if o.reference not in presentes}
    if absentes and not a_blanc:
        Offre.objects.filter(pk__in=absentes, statut=StatutOffre.PUBLIEE).update(statut=StatutOffre.RETIREE)
    return sorted(absentes.values())


def _dates(offre: Offre) -> str:
    if offre.date_limite >= offre.publiee_le:
        return ""
    publiee = f"{offre.publiee_le:%d/%m/%Y}"
    return f"colonne date_limite : elle précède la publication, le {publiee}"


def _ecart(champ: str, avant: Any, apres: Any) -> str:
    return f"{champ.removesuffix('_id')} : {_mot(avant)} → {_mot(apres)}"


def _mot(valeur: Any) -> str:
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    mots = "" if valeur is None else str(valeur)
    return "vide" if mots == "" else mots if len(mots) <= 40 else f"{mots[:40]}…"
