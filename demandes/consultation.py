"""Recording that someone else opened a demand, or tried to (guide #3; architecture, §5).

An opening is written in the transaction that finds the object, before anything of it is shown. A refusal is written
too, and stays although the answer is a 404, the same as for an identifier that names nothing. `ouvrir` and `trouver`
are therefore not to be called inside a transaction, which the 404 would undo; an agent's page is one that commits it.
"""

from collections.abc import Iterable
from typing import NoReturn
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404

from accounts.models import Acte, Consultation, Entreprise, Nature, Role, User
from accounts.mur import par_la_porte
from demandes.identite import est_du_foyer
from demandes.models import Consentement, Demande
from demandes.models.demande import DemandeQuerySet


def consigner(
    demande: Demande,
    objet: str,
    *,
    par: User,
    acte: Acte = Acte.OUVERTURE,
    nature: Nature = Nature.DEMANDE,
    objet_id: UUID | None = None,
) -> Consultation | None:
    """Remember who did what of this demand, and when; nobody's look at his own demand is recorded.

    `objet_id` is a candidature's if that was its object.
    """
    if par.pk == demande.demandeur_id:
        return None
    nom = _nom(demande, par, acte)
    with par_la_porte():
        return Consultation.objects.create(
            acte=acte,
            par_id=par.pk,
            par_nom=nom,
            par_role=par.role,
            objet=objet[:80],
            objet_nature=nature,
            objet_id=objet_id or demande.pk,
            demandeur_id=demande.demandeur_id,
        )


def consigner_l_export(demandes: Iterable[Demande], objet: str, *, par: User) -> None:
    """Remember that an agent took these in a file, each with the company that has the leave, in two queries."""
    siennes = [demande for demande in demandes if demande.demandeur_id != par.pk]
    accords = Consentement.objects.en_cours().filter(demande__in=[demande.pk for demande in siennes])
    entreprises = dict(accords.values_list("demande", "entreprise__nom"))
    Consultation.objects.bulk_create(
        (
            Consultation(
                acte=Acte.EXPORT,
                par_id=par.pk,
                par_nom=f"{par}, {entreprises[demande.pk]}" if demande.pk in entreprises else str(par),
                par_role=par.role,
                objet=objet[:80],
                objet_id=demande.pk,
                demandeur_id=demande.demandeur_id,
            )
            for demande in siennes
        ),
        batch_size=1000,
    )


def ouvrir(visibles: DemandeQuerySet, pk: UUID | str, objet: str, *, par: User) -> Demande:
    """The demand among those `visibles`, its opening recorded. Raises Http404, a refusal recorded if it exists."""
    with transaction.atomic():
        demande = _sauf_la_sienne(_chercher(visibles, pk), par)
        if demande is not None:
            consigner(demande, objet, par=par)
    return demande or _refuser(pk, par)


def trouver(visibles: DemandeQuerySet, pk: UUID | str, *, par: User) -> Demande:
    """The same for an act that leaves its own trace: only a refusal is recorded. Raises Http404."""
    return _sauf_la_sienne(_chercher(visibles, pk), par) or _refuser(pk, par)


def est_la_sienne(demande: Demande, agent: User) -> bool:
    """Whether an agent asks for this dwelling too, however his name is spelt there: nobody helps himself as an agent.

    `visibles_par` has left out his own account and those of his exact name; a co-applicant is in the dossier alone.
    """
    return agent.role == Role.SERVICE_LOGEMENT and est_du_foyer(agent, demande.dossier)


def _sauf_la_sienne(demande: Demande | None, par: User) -> Demande | None:
    return None if demande is None or est_la_sienne(demande, par) else demande


def _chercher(demandes: DemandeQuerySet, pk: UUID | str) -> Demande | None:
    try:
        return demandes.filter(pk=pk).first()
    except ValidationError:  # the admin's addresses take anything for an identifier
        return None


def _refuser(pk: UUID | str, par: User) -> NoReturn:
    with par_la_porte():
        demande = _chercher(Demande.objects.all(), pk)
        if demande is not None:
            consigner(demande, "la demande", par=par, acte=Acte.REFUS)
    raise Http404


def _nom(demande: Demande, par: User, acte: Acte) -> str:
    """Who works here is named, an agent with the company he looks for: the one that has the leave or, refused, his own.

    An applicant is not: a private person too, whose link may have been a mistake; and this line outlives his account.
    """
    if par.role == Role.DEMANDEUR:
        return "Une personne non autorisée"
    if par.role != Role.SERVICE_LOGEMENT:
        return str(par)
    entreprises = Entreprise.objects.suivies_par(par)
    if acte != Acte.REFUS:
        entreprises = entreprises.filter(pk__in=demande.consentements.en_cours().values("entreprise"))
    entreprise = entreprises.first()
    return f"{par}, {entreprise}" if entreprise else str(par)
