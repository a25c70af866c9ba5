"""The company's housing service: the employees who consented, and nobody else (guide #3)."""

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import RequeteConnectee, reserve_a
from accounts.models import Entreprise, Role
from candidatures.empechements import de_la_demande
from candidatures.exports import ExportDeSalaries
from candidatures.salaries import chiffres, dossier, liste
from candidatures.salaries.anonymes import anonymes
from candidatures.salaries.filtre import FiltreForm
from candidatures.salaries.propositions import propositions
from candidatures.workflow import place_prise
from demandes import consultation
from demandes.models import Demande

PAR_PAGE = 25


@require_safe
@reserve_a(Role.SERVICE_LOGEMENT)
def salaries(request: RequeteConnectee) -> HttpResponse:
    """The employees whose leave is in force today."""
    jour = timezone.localdate()
    entreprises = list(Entreprise.objects.suivies_par(request.user))
    tous, form = liste.salaries_de(request.user, jour), FiltreForm(request.GET, entreprises)
    lus = chiffres.chiffres(tous, jour)
    page = _paginateur(form, tous, jour, lus).get_page(request.GET.get("page"))
    contexte = {
        "entreprises": entreprises,
        "chiffres": lus,
        "form": form,
        "page": page,
        "lignes": [liste.ligne(demande, jour) for demande in page],
        "jour": jour,
        "exports": ExportDeSalaries.objects.de(request.user).recents(),
    }
    if page.number == 1 and not form.choix:
        contexte["annee"] = chiffres.annee(tous, lus.accords, jour)
        contexte["anonymes"] = anonymes(entreprises, Demande.objects.visibles_par(request.user))
    return render(request, "candidatures/service_logement/salaries.html", contexte)


def _paginateur(
    form: FiltreForm, tous: "QuerySet[Demande]", jour: date, lus: chiffres.Chiffres
) -> "Paginator[Demande]":
    """Where nobody is left out, the figures have counted them."""
    paginateur = Paginator(liste.avec_candidature(form.appliquer(tous, jour)), PAR_PAGE)
    if not form.restreint:
        paginateur.count = lus.salaries
    return paginateur


@require_safe
@reserve_a(Role.SERVICE_LOGEMENT)
def salarie(request: RequeteConnectee, pk: UUID) -> HttpResponse:
    """One employee's demand, without what an employer must not read, and the history; the look is recorded."""
    visibles = Demande.objects.visibles_par(request.user).select_related("demandeur", "emploi")
    demande = consultation.ouvrir(visibles, pk, "la demande et l’historique des candidatures", par=request.user)
    accord = get_object_or_404(demande.consentements.en_cours().select_related("entreprise"))
    contexte = dossier.contenu(demande, request.user, timezone.localdate())
    return render(request, "candidatures/service_logement/salarie.html", {**contexte, "accord": accord})


@require_safe
@reserve_a(Role.SERVICE_LOGEMENT)
def offres(request: RequeteConnectee, pk: UUID) -> HttpResponse:
    """The dwellings this employee can apply to, those reserved to the company first; the look is recorded."""
    visibles = Demande.objects.visibles_par(request.user).select_related("demandeur", "emploi")
    demande = consultation.ouvrir(visibles, pk, "les offres auxquelles postuler", par=request.user)
    jour = timezone.localdate()
    contexte = {
        "demande": demande,
        "prise": place_prise(demande),
        "empechement": de_la_demande(demande, jour),
        "propositions": propositions(demande, jour, request.GET.get("page")),
    }
    return render(request, "candidatures/service_logement/offres.html", contexte)
