"""« Mes candidatures »: apply and follow (guide #5 and #6)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import RequeteConnectee, reserve_a
from accounts.models import Role
from candidatures import consultation, effacement, recit, workflow
from candidatures.agenda import rendez_vous
from candidatures.classement import comparables, rangs, repartition
from candidatures.models import Candidature, Evenement
from candidatures.statuts import Statut
from demandes.adresses import site_de_la_demande
from demandes.decorators import avec_demande, dossier_valide
from demandes.models import Demande
from demandes.validite import examiner as situer
from offres import calendrier
from offres.models import Offre
from offres.une_offre import offre_visible


@require_safe
@avec_demande
def liste(request: RequeteConnectee, demande: Demande) -> HttpResponse:
    """The card of the candidature under way, or of the lease signed, then the history."""
    toutes = list(Candidature.objects.filter(demande=demande).pour_lecture())
    journaux = _journaux(toutes)
    en_cours = next((c for c in toutes if c.est_active or c.statut == Statut.BAIL_SIGNE), None)
    passees = [
        (c, recit.PHRASES[Statut(c.statut)], recit.lignes_du_journal(journaux[c.pk], request.user))
        for c in toutes
        if c != en_cours
    ]
    carte = _carte(en_cours, journaux[en_cours.pk], demande, request) if en_cours else None
    return render(request, "candidatures/liste.html", {"demande": demande, "carte": carte, "passees": passees})


def _journaux(candidatures: list[Candidature]) -> dict[UUID, list[Evenement]]:
    """The journal of each, newest line first, in one query."""
    journaux: dict[UUID, list[Evenement]] = {candidature.pk: [] for candidature in candidatures}
    for evenement in Evenement.objects.filter(candidature_id__in=journaux).order_by("-le", "-id"):
        journaux[evenement.candidature_id].append(evenement)
    return journaux


def _carte(
    candidature: Candidature, journal: list[Evenement], demande: Demande, request: RequeteConnectee
) -> dict[str, Any]:
    jour, rendez = timezone.localdate(), rendez_vous(candidature, "")
    return {
        "candidature": candidature,
        "actions": candidature.actions_pour(request.user),
        "etapes": recit.etapes_dessinees(candidature, reversed(journal)),
        "a_noter": rendez if rendez and rendez.jour >= jour else None,
        "maintenant": recit.maintenant(candidature, jour),
        "journal": recit.lignes_du_journal(journal, request.user),
        **(_chiffres(candidature.offre, demande, jour) if candidature.est_active else {"place": None}),
    }


def _chiffres(offre: Offre, demande: Demande, jour: date) -> dict[str, Any]:
    """Where he stands on this offer, and what it took others."""
    place = rangs.si(demande, offre, jour)
    return {
        "place": place,
        "repartition": repartition.de_l_offre(offre, demande, jour, place.points.total, candidate=True),
        "comparables": comparables.comparables(offre, place.points.hors_loyer, jour),
    }


@require_http_methods(["GET", "POST"])
@dossier_valide
def postuler(request: RequeteConnectee, demande: Demande, pk: UUID) -> HttpResponse:
    """« Je postule », then « Confirmer »."""
    offre = offre_visible(pk, demande)
    if offre is None:
        raise Http404
    if request.method == "GET":
        return render(request, "candidatures/confirmer.html", _avant_de_confirmer(demande, offre))
    try:
        candidature = workflow.postuler(demande, offre, par=request.user)
    except workflow.CandidatureRefusee as refus:
        messages.error(request, str(refus))
        return redirect("candidatures:liste" if refus.existante else offre)
    return redirect("candidatures:deposee", candidature.pk)


def _avant_de_confirmer(demande: Demande, offre: Offre) -> dict[str, Any]:
    """What « Confirmer » stands beside, or why it is not there."""
    jour = timezone.localdate()
    return {
        "offre": offre,
        "raison": workflow.empechement(demande, offre, jour),
        "place": rangs.si(demande, offre, jour),
        "validite": situer(demande, jour),
        "site": site_de_la_demande(demande),
    }


@require_safe
@reserve_a(Role.DEMANDEUR)
def deposee(request: RequeteConnectee, pk: UUID) -> HttpResponse:
    """« Ce logement a bien été ajouté à vos candidatures », « Ok »."""
    visibles = Candidature.objects.visibles_par(request.user).pour_lecture()
    candidature = consultation.trouver(visibles, pk, par=request.user)
    return render(request, "candidatures/deposee.html", {"candidature": candidature})


@require_safe
@reserve_a(Role.DEMANDEUR)
def agenda(request: RequeteConnectee, pk: UUID) -> HttpResponse:
    """The visit or the commission, for one's calendar."""
    visibles = Candidature.objects.visibles_par(request.user).pour_lecture()
    candidature = consultation.trouver(visibles, pk, par=request.user)
    journee = rendez_vous(candidature, request.build_absolute_uri(reverse("candidatures:liste")))
    if journee is None:
        raise Http404
    reponse = HttpResponse(calendrier.fichier(journee, timezone.now()), content_type="text/calendar; charset=utf-8")
    reponse.headers["Content-Disposition"] = f'attachment; filename="rendez-vous-{journee.jour:%Y-%m-%d}.ics"'
    return reponse


@require_http_methods(["GET", "POST"])
@avec_demande
def supprimer_demande(request: RequeteConnectee, demande: Demande) -> HttpResponse:
    """« Supprimer votre demande sur AL'in, puis la réimporter » (guide #4)."""
    if request.method == "POST":
        try:
            effacement.supprimer_demande(demande, par=request.user)
        except workflow.CandidatureRefusee as refus:
            messages.error(request, str(refus))
            return redirect("candidatures:supprimer_demande")
        messages.success(request, "Votre demande est supprimée d’AL’in. Elle reste valable au registre.")
        return redirect("demandes:numero")
    return render(request, "candidatures/supprimer_demande.html", {"demande": demande})
