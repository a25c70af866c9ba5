"""Acts on many dossiers: a few are done at once, more are confirmed first, then done by the worker and reported."""

import csv
import logging
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST, require_safe
from kombu.exceptions import OperationalError

from accounts.admin import LectureSeule, personne
from accounts.models import User
from candidatures import en_lot
from candidatures.admin.files import LISTE
from candidatures.lots import Issue, LigneDeLot, LotDActes
from candidatures.models import Candidature
from candidatures.statuts import Action
from candidatures.tasks import faire_un_lot
from candidatures.workflow import CandidatureRefusee, avancer
from offres.imports.rapport import sans_formule

journal = logging.getLogger(__name__)
EN_LOT = (Action.VALIDER, Action.TRANSMETTRE)
"""The acts done on several dossiers at once: they owe no reason and no date."""
SUR_LE_CHAMP = 25
"""Up to that many dossiers ticked by hand are done while one waits."""
LIGNES_MONTREES = 50
"""Lines of the report that the page shows; the file to download has them all."""
PAR_PAQUET = 500
ENTETE = ("demandeur", "numéro unique", "offre", "issue", "pourquoi", "traité le")
suivre_un_lot = permission_required("candidatures.view_lotdactes", raise_exception=True)
Geste = Callable[[Any, HttpRequest, QuerySet[Candidature]], HttpResponse | None]


def faire_en_lot(action: Action) -> Geste:
    """The same act on each selected row: at once for a few; for more, or for a whole filter, once confirmed."""

    @admin.action(description=action.label, permissions=["view"])
    def faire(_admin: Any, request: HttpRequest, choisies: QuerySet[Candidature]) -> HttpResponse | None:
        cochees = len(request.POST.getlist(ACTION_CHECKBOX_NAME))
        if request.POST.get("select_across") == "1" or cochees > SUR_LE_CHAMP:
            return _a_confirmer(request, choisies, action)
        _sur_le_champ(request, choisies, action)
        return None

    faire.__name__ = action.value
    return faire


def toute_la_file(liste: admin.ModelAdmin[Candidature]) -> Callable[[HttpRequest], HttpResponse]:
    """The view that takes every dossier of the filters, on all the pages of the list, without a box to tick."""

    @require_POST
    @suivre_un_lot
    def choisir(request: HttpRequest) -> HttpResponse:
        retour = redirect(f"{reverse(LISTE)}?{request.GET.urlencode()}")
        if request.POST.get("action") not in liste.get_actions(request):
            return retour
        try:
            choisies = liste.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            return retour
        return _a_confirmer(request, choisies, Action(request.POST["action"])) or retour

    return choisir


def _sur_le_champ(request: HttpRequest, choisies: QuerySet[Candidature], action: Action) -> None:
    """Each in a transaction of its own; says how many, and why not the others."""
    faites, refusees = 0, []
    for candidature in choisies.order_by("pk"):
        try:
            avancer(candidature, action, par=personne(request))
        except CandidatureRefusee as refus:
            refusees.append(f"{candidature.demande.demandeur} : {refus}")
        else:
            faites += 1
    if faites:
        s = "s" if faites > 1 else ""
        messages.success(request, f"« {action.label} » : {faites} candidature{s}. Chaque demandeur reçoit un e-mail.")
    for phrase in refusees:
        messages.warning(request, phrase)


def _a_confirmer(request: HttpRequest, choisies: QuerySet[Candidature], action: Action) -> HttpResponse | None:
    filtres = request.GET.copy()
    filtres.pop("q", None)  # a name that was searched for is kept nowhere
    try:
        lot = en_lot.choisir(choisies, action, par=personne(request), retour=filtres.urlencode())
    except en_lot.LotRefuse as refus:
        messages.error(request, str(refus))
        return None
    return redirect(lot)


@admin.register(LotDActes)
class LotDActesAdmin(LectureSeule[LotDActes]):
    list_display = ("acte", "par", "dossiers", "avancement")
    list_select_related = ("par",)
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[LotDActes]:
        return LotDActes.objects.visibles_par(personne(request)).annotate(nombre=Count("lignes"))

    @method_decorator([suivre_un_lot, require_safe])
    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",  # noqa: ARG002
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """To be confirmed, then how far it is, then its report; the page asks again by itself until the end."""
        lot = _trouver(personne(request), object_id)
        contexte = {"title": lot.get_action_display(), "lot": lot, **_contenu(lot, personne(request))}
        page = f"admin/candidatures/lot.html{'#suivi' if 'HX-Request' in request.headers else ''}"
        return render(request, page, self.admin_site.each_context(request) | contexte)

    def history_view(
        self,
        request: HttpRequest,  # noqa: ARG002
        object_id: str,
        extra_context: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> HttpResponse:
        """Its own page tells all of it."""
        return redirect("admin:candidatures_lotdactes_change", object_id)

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view
        return [
            path("<uuid:pk>/rapport.csv", page(rapport), name="candidatures_lotdactes_rapport"),
            path("<uuid:pk>/confirmer/", page(confirmer), name="candidatures_lotdactes_confirmer"),
            *super().get_urls(),
        ]

    @admin.display(description="acte", ordering="cree_le")
    def acte(self, lot: LotDActes) -> str:
        return str(lot)

    @admin.display(description="dossiers", ordering="nombre")
    def dossiers(self, lot: LotDActes) -> int:
        return lot.nombre  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="état", ordering="fini_le")
    def avancement(self, lot: LotDActes) -> str:
        return lot.etat


@require_POST
@suivre_un_lot
def confirmer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """« Confirmer »; pressed twice, it leads to the same page and the act is done once."""
    lot = _trouver(personne(request), pk)
    if en_lot.confirmer(lot):
        _sonner(lot)
    elif lot.confirme_le is None:
        messages.warning(request, "Ce choix date de plus d’un jour, la file a changé depuis : faites-le à nouveau.")
    return redirect(lot)


@require_safe
@suivre_un_lot
def rapport(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:
    """What became of each dossier, for a spreadsheet."""
    lot = _trouver(personne(request), pk)
    reponse = StreamingHttpResponse(_en_csv(lot), content_type="text/csv; charset=utf-8")
    reponse["Content-Disposition"] = f"attachment; filename=lot-{lot.action}-{timezone.localdate(lot.cree_le)}.csv"
    return reponse


def _trouver(user: User, pk: object) -> LotDActes:
    """Raises Http404 for a lot that is somebody else's, or nobody's."""
    try:
        return get_object_or_404(LotDActes.objects.visibles_par(user).select_related("par"), pk=pk)
    except ValidationError as erreur:
        raise Http404 from erreur


def _contenu(lot: LotDActes, user: User) -> dict[str, Any]:
    refusees = lot.lignes.filter(issue=Issue.REFUSEE)[:LIGNES_MONTREES]
    faites = lot.lignes.filter(issue=Issue.FAITE).order_by("-traitee_le")[:LIGNES_MONTREES]
    avancement = lot.avancement()
    prevues = en_lot.prevoir(lot, par=lot.par or user) if lot.reste_a_confirmer else {}
    lignes = list(_nommer([*refusees, *faites][:LIGNES_MONTREES]))
    return {
        "avancement": avancement,
        "prevues": sorted(prevues.items(), key=lambda raison: -raison[1]),
        "possibles": avancement.total - sum(prevues.values()),
        "lignes": lignes,
        "autres": max(0, avancement.traitees - len(lignes)),
        "retour": f"{reverse(LISTE)}?{lot.retour}",
        "transmet": lot.action == Action.TRANSMETTRE,
    }


class LigneNommee(NamedTuple):
    """A line of the report with its dossier, if it still exists."""

    ligne: LigneDeLot
    candidature: Candidature | None

    @property
    def cellules(self) -> tuple[str, ...]:
        """The columns of `ENTETE`."""
        c, ligne = self.candidature, self.ligne
        qui = (str(c.demande.demandeur), c.demande.numero_unique, str(c.offre)) if c else ("effacé", "", "")
        quand = f"{timezone.localtime(ligne.traitee_le):%d/%m/%Y %H:%M}" if ligne.traitee_le else ""
        return (*qui, ligne.get_issue_display(), ligne.raison, quand)


def _nommer(lignes: Iterable[LigneDeLot]) -> Iterator[LigneNommee]:
    """In one query, whatever their number."""
    toutes = list(lignes)
    lues = Candidature.objects.select_related("demande__demandeur", "offre__commune__parent", "offre__bailleur")
    par_cle = lues.in_bulk([ligne.candidature_id for ligne in toutes])
    return (LigneNommee(ligne, par_cle.get(ligne.candidature_id)) for ligne in toutes)


class _Echo:
    """csv.writer writes a line in it, and gets it back."""

    def write(self, ligne: str) -> str:
        return ligne


def _en_csv(lot: LotDActes) -> Iterator[str]:
    """Packet by packet, for Excel in French: semicolons, the mark of UTF-8 first, and no cell that is a formula."""
    ecrire = csv.writer(_Echo(), delimiter=";").writerow
    yield "\ufeff" + ecrire(ENTETE)
    dernier = 0
    while paquet := list(lot.lignes.filter(pk__gt=dernier).order_by("pk")[:PAR_PAQUET]):
        dernier = paquet[-1].pk
        for ligne in _nommer(paquet):
            yield ecrire([sans_formule(cellule) for cellule in ligne.cellules])


def _sonner(lot: LotDActes) -> None:
    """Tell the worker at once; without a broker, the clock finds the lot within a minute."""
    try:
        faire_un_lot.apply_async((str(lot.pk),), retry=False)
    except OperationalError:
        journal.warning("Le courtier ne répond pas : le lot commencera à la prochaine tournée.")
