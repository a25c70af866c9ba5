"""One act on many dossiers, from its choice to its report.

    choisir ─▶ confirmer ─▶ (the worker) derouler ─▶ dossier ─▶ dossier ─▶ … ─▶ fini
                                  ▲                    │ killed
                                  └── reprendre ◀──────┘

Each dossier is one transaction: its act, its mail and its line of the report. A worker killed anywhere leaves the line
it was at as it found it, and whoever takes over goes on from there; two at once share the lines and do none twice.
"""

import logging
from collections import Counter
from uuid import UUID

from django.db import OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from candidatures.lots import Issue, LigneDeLot, LotDActes, inscrire
from candidatures.models import Candidature
from candidatures.statuts import Action
from candidatures.workflow import CandidatureRefusee, avancer, refus

journal = logging.getLogger(__name__)
AU_PLUS = 5_000
"""Dossiers of one lot: a confirmation page that says who will be refused reads them all."""
D_AFFILEE = 200
"""Dossiers that one task treats before it lets others pass: some four seconds."""
DISPARUE = "Cette candidature n’existe plus."
SANS_AUTEUR = "Le compte qui a demandé cet acte n’est plus actif."
INCIDENT = "Un incident a empêché cet acte : rien n’a changé pour ce dossier. Le support en a la trace."


class LotRefuse(Exception):
    """Why no lot is made of this choice; the text is for the adviser."""


def choisir(choisies: QuerySet[Candidature], action: Action, *, par: User, retour: str = "") -> LotDActes:
    """Keep a choice until it is confirmed. `retour`: the filters of the list it was made in. Raises `LotRefuse`."""
    cles = list(choisies.order_by("pk").values_list("pk", flat=True)[: AU_PLUS + 1])
    if len(cles) > AU_PLUS:
        raise LotRefuse(f"Un lot prend {AU_PLUS} dossiers au plus : choisissez moins de dossiers, par les filtres.")
    with transaction.atomic():
        lot = LotDActes.objects.create(par=par, action=action, retour=retour[:400])
        inscrire(lot, cles)
    return lot


def prevoir(lot: LotDActes, *, par: User) -> Counter[str]:
    """How many dossiers would be refused if it were done now, by reason, in the very words of the refusal."""
    action = Action(lot.action)
    cles = list(lot.lignes.values_list("candidature_id", flat=True))
    lues = Candidature.objects.visibles_par(par).filter(pk__in=cles)
    presentes = list(lues.select_related("demande__emploi", "offre__reservee_a"))
    raisons = Counter(raison for c in presentes if (raison := refus(c, action, par)))
    if disparues := len(cles) - len(presentes):
        raisons[DISPARUE] += disparues
    return raisons


def confirmer(lot: LotDActes) -> bool:
    """Give it to the worker; whether it was this call that did. Pressed twice, it starts once."""
    if not lot.reste_a_confirmer:
        return False
    return bool(LotDActes.objects.filter(pk=lot.pk, confirme_le=None).update(confirme_le=timezone.now()))


def derouler(identifiant: UUID, au_plus: int = D_AFFILEE) -> bool:
    """Treat as many dossiers of a confirmed lot. Returns whether some still wait for another task."""
    lot = LotDActes.objects.select_related("par").filter(pk=identifiant, fini_le=None).first()
    if lot is None or lot.confirme_le is None:
        return False
    for _ in range(au_plus):
        if not _traiter_le_suivant(lot):
            _clore(lot)
            return False
    return True


def _traiter_le_suivant(lot: LotDActes) -> bool:
    """One line, or False if none is free. What breaks on one dossier is logged, told, and does not stop the others."""
    with transaction.atomic():
        attendues = lot.lignes.filter(issue=Issue.ATTENDUE).order_by("pk")
        ligne: LigneDeLot | None = attendues.select_for_update(skip_locked=True).first()
        if ligne is None:
            return False
        try:
            raison = _faire(lot, ligne)
        except OperationalError:  # the database itself, or a deadlock: the line waits for the next task
            raise
        except Exception:
            journal.exception("Acte en lot interrompu sur un dossier, lot %s.", lot.pk)
            raison = INCIDENT
        ligne.clore(Issue.REFUSEE if raison else Issue.FAITE, raison)
    return True


def _faire(lot: LotDActes, ligne: LigneDeLot) -> str:
    """The act on one dossier; why not, or "" once it is done."""
    if lot.par is None or not lot.par.is_active:
        return SANS_AUTEUR
    candidature = Candidature.objects.filter(pk=ligne.candidature_id).first()
    if candidature is None:
        return DISPARUE
    try:
        avancer(candidature, Action(lot.action), par=lot.par)
    except CandidatureRefusee as refusee:
        return str(refusee)
    return ""


def _clore(lot: LotDActes) -> None:
    """The end, unless another worker still holds a line."""
    if not lot.lignes.filter(issue=Issue.ATTENDUE).exists():
        LotDActes.objects.filter(pk=lot.pk, fini_le=None).update(fini_le=timezone.now())
