"""The commission of one offer: the sheet that it reads, on paper and as a file, and the form of its decisions."""

from urllib.parse import quote
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.admin import personne
from accounts.models import User
from candidatures.admin.seance import FormulaireDeSeance
from candidatures.commission import SeanceRefusee, feuille, ordre, tenir
from candidatures.models import Candidature, Seance
from candidatures.statuts import Statut
from offres.models import Offre

NOM = "admin:candidatures_offre_"
tenir_une_seance = permission_required("candidatures.tenir_seance", raise_exception=True)


@require_http_methods(["GET", "POST"])
@tenir_une_seance
def saisir(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All the decisions of a sitting at once. What was typed is kept, and whoever is at fault is named."""
    offre, user = _offre(pk), personne(request)
    envoye = request.POST if request.method == "POST" else None
    form = FormulaireDeSeance(_examinees(offre, user, envoye.getlist("dossier") if envoye else []), envoye)
    if envoye is not None and (seance := _tenir(form, offre, user)):
        s = "s" if seance.examinees > 1 else ""
        messages.success(
            request, f"Séance enregistrée : {seance.examinees} décision{s}. Chaque demandeur reçoit un e-mail."
        )
        return redirect(f"{NOM}feuille", offre.pk)
    contexte = {"title": "Commission d’attribution", "offre": offre, "form": form, "seances": offre.seances.all()}
    statut = 200 if envoye is None else 422
    page = "admin/candidatures/commission.html"
    return render(request, page, admin.site.each_context(request) | contexte, status=statut)


@require_safe
@tenir_une_seance
def lire(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The sheet, to be read or printed."""
    offre = _offre(pk)
    contexte = {
        "title": "Feuille de commission",
        "offre": offre,
        "entete": feuille.ENTETE,
        "lignes": feuille.lignes(offre),
        "seances": offre.seances.select_related("par"),
    }
    return render(request, "admin/candidatures/feuille.html", admin.site.each_context(request) | contexte)


@require_safe
@tenir_une_seance
def fichier(request: HttpRequest, pk: UUID) -> StreamingHttpResponse:  # noqa: ARG001
    """The same lines for a spreadsheet."""
    offre = _offre(pk)
    reponse = StreamingHttpResponse(feuille.en_csv(feuille.lignes(offre)), content_type="text/csv; charset=utf-8")
    nom = quote(f"commission-{offre.reference}.csv")
    reponse["Content-Disposition"] = f"attachment; filename*=utf-8''{nom}"
    return reponse


def _offre(pk: UUID) -> Offre:
    return get_object_or_404(Offre.objects.select_related("commune__parent", "bailleur"), pk=pk)


def _examinees(offre: Offre, user: User, envoyees: list[str]) -> list[Candidature]:
    """Those on the agenda now, and those that were when the page was opened: nothing typed is lost."""
    visibles = Candidature.objects.visibles_par(user).filter(offre=offre).select_related("demande__demandeur", "offre")
    toutes = [c for c in visibles if c.statut == Statut.EN_COMMISSION or str(c.pk) in envoyees]
    return [placee.candidature for placee in ordre.en_ordre(toutes)]


def _tenir(form: FormulaireDeSeance, offre: Offre, user: User) -> Seance | None:
    """The sitting written, or None: then the form says why."""
    if not form.is_valid():
        return None
    entete = form.entete.cleaned_data
    try:
        return tenir(offre, form.choix, tenue_le=entete["tenue_le"], justification=entete["justification"], par=user)
    except SeanceRefusee as refus:
        form.signaler(str(refus), refus.fautes)
        return None
