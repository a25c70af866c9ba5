"""Recording that someone else opened a candidature, or tried to: as `demandes.consultation` does for demands."""

from datetime import timedelta
from typing import NoReturn
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from accounts.models import Acte, Consultation, Nature, User
from accounts.models.personne import EQUIPE
from accounts.mur import par_la_porte
from candidatures.models import Candidature, CandidatureQuerySet
from demandes.consultation import consigner, est_la_sienne

UN_MOMENT = timedelta(minutes=30)
"""How long somebody who opened a dossier may still be at it."""


def ouvrir(visibles: CandidatureQuerySet, pk: UUID | str, *, par: User) -> Candidature:
    """The candidature among those `visibles`, its opening recorded. Raises Http404, a refusal recorded if it exists."""
    with transaction.atomic():
        candidature = _sauf_la_sienne(_chercher(visibles, pk), par)
        if candidature is not None:
            _consigner(candidature, Acte.OUVERTURE, par)
    return candidature or _refuser(pk, par)


def trouver(visibles: CandidatureQuerySet, pk: UUID | str, *, par: User) -> Candidature:
    """The same for an act that leaves its own trace: only a refusal is recorded. Raises Http404."""
    return _sauf_la_sienne(_chercher(visibles, pk), par) or _refuser(pk, par)


def par_un_collegue(candidature: Candidature, *, sauf: User) -> Consultation | None:
    """The last time that another member of the team opened it, if that was a moment ago."""
    depuis = timezone.now() - UN_MOMENT
    vues = Consultation.objects.du_demandeur(candidature.demande.demandeur).filter(le__gte=depuis, acte=Acte.OUVERTURE)
    return vues.filter(objet_id=candidature.pk, par_role__in=sorted(EQUIPE)).exclude(par_id=sauf.pk).first()


def _chercher(candidatures: CandidatureQuerySet, pk: UUID | str) -> Candidature | None:
    try:
        return candidatures.filter(pk=pk).first()
    except ValidationError:  # the admin's addresses take anything for an identifier
        return None


def _sauf_la_sienne(candidature: Candidature | None, par: User) -> Candidature | None:
    return None if candidature is None or est_la_sienne(candidature.demande, par) else candidature


def _refuser(pk: UUID | str, par: User) -> NoReturn:
    toutes: CandidatureQuerySet = Candidature.objects.select_related("demande", "offre__commune__parent")
    with par_la_porte():
        candidature = _chercher(toutes, pk)
        if candidature is not None:
            _consigner(candidature, Acte.REFUS, par)
    raise Http404


def _consigner(candidature: Candidature, acte: Acte, par: User) -> None:
    objet = f"la candidature {candidature.offre}"
    consigner(candidature.demande, objet, par=par, acte=acte, nature=Nature.CANDIDATURE, objet_id=candidature.pk)
