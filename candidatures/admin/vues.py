"""The pages of the advisers' work that the admin does not have: the dossier, its decisions, withdrawing an offer."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.admin import personne
from candidatures import consultation, workflow
from candidatures.admin import apercu, dossier
from candidatures.admin.decisions import Decision, RetraitForm, decisions
from candidatures.admin.files import FILES, LISTE, file_de
from candidatures.admin.suite import suivante
from candidatures.models import Candidature
from candidatures.statuts import CONSEILLERS, Action, Statut, se_decide_en_seance
from offres.models import Offre

FILTRES = "_changelist_filters"
"""The parameter in which Django's admin carries the filters of the list from page to page."""
ouvrir_un_dossier = permission_required("candidatures.view_candidature", raise_exception=True)
retirer_une_offre = permission_required("offres.retirer_offre", raise_exception=True)


@require_safe
@ouvrir_un_dossier
def lire(request: HttpRequest, pk: str) -> HttpResponse:
    """The dossier; opening it is recorded, and the applicant can read it. What was previewed is still on its form."""
    return _page(request, pk, reprise=True)


@require_POST
@ouvrir_un_dossier
def avancer(request: HttpRequest, pk: str, action: str) -> HttpResponse:
    """One act of the table. What was typed is kept when something is missing, or when somebody was faster."""
    user, acte, filtres = personne(request), Action(action), request.GET.get(FILTRES, "")
    candidature = consultation.trouver(dossier.visibles_par(user), pk, par=user)
    if se_decide_en_seance(Statut(candidature.statut), acte):
        messages.info(request, "Les décisions d’une commission se saisissent ensemble, pour tous ses dossiers.")
        return redirect("admin:candidatures_offre_commission", candidature.offre_id)
    saisie, vu = Decision.saisie(acte, candidature, request.POST), request.POST.get("vu", "")
    if not saisie.is_valid() and acte in candidature.actions_pour(user) and vu in {"", candidature.statut}:
        return _page(request, pk, saisie)
    if "apercu" in request.POST and vu in {"", candidature.statut}:
        return apercu.demander(request, saisie, adresse(pk, filtres, "apercu", action=acte))
    try:
        faite = workflow.avancer(candidature, acte, par=user, motif=saisie.motif, precision=saisie.precision, vu=vu)
    except workflow.CandidatureRefusee as refus:
        return _refuser(request, candidature, saisie, str(refus))
    apercu.oublier(request)
    apres = suivante(user, candidature, file_de(candidature.statut), filtres)
    ensuite = apres if "ensuite" in request.POST else None
    _annoncer(request, candidature, faite, apres, ensuite)
    return redirect(adresse(ensuite.pk if ensuite else pk, filtres))


@require_safe
@ouvrir_un_dossier
def apercevoir(request: HttpRequest, pk: str, action: str) -> HttpResponse:
    """What the applicant will read of the decision that was typed; nothing is done yet."""
    user, filtres = personne(request), request.GET.get(FILTRES, "")
    candidature = consultation.trouver(dossier.visibles_par(user), pk, par=user)
    saisie = apercu.reprendre(request, candidature)
    if saisie is None or saisie.action != action or not saisie.is_valid():
        return redirect(adresse(pk, filtres))
    try:
        lu = apercu.lu_par_le_demandeur(candidature, saisie, user)
    except workflow.CandidatureRefusee as refus:
        return _refuser(request, candidature, saisie, str(refus))
    contexte = {"title": "Ce que lira le demandeur", "apercu": lu, "form": saisie, "retour": adresse(pk, filtres)}
    contexte |= {"demandeur": candidature.demande.demandeur, "adresse": adresse(pk, filtres, "avancer", action=action)}
    contexte["suivante"] = suivante(user, candidature, file_de(candidature.statut), filtres)
    return render(request, "admin/candidatures/apercu.html", admin.site.each_context(request) | contexte)


@require_http_methods(["GET", "POST"])
@retirer_une_offre
def retirer_offre(request: HttpRequest, pk: UUID) -> HttpResponse:
    """« Retirer l’offre »: says whom it frees, asks why, then does it."""
    offre = get_object_or_404(Offre.objects.select_related("commune__parent", "bailleur"), pk=pk)
    form = RetraitForm(request.POST if request.method == "POST" else None)
    liste = f"{reverse(LISTE)}?offre={offre.pk}"
    if form.is_valid():
        liberees = workflow.retirer_offre(offre, par=personne(request), motif=form.cleaned_data["motif"])
        s = "s" if liberees > 1 else ""
        messages.success(request, f"L’offre est retirée : {liberees} candidature{s} libérée{s}.")
        return redirect(liste)
    actives = Candidature.objects.actives().filter(offre=offre).select_related("demande__demandeur")
    contexte = {"title": "Retirer l’offre", "offre": offre, "form": form, "actives": actives, "liste": liste}
    return render(request, "admin/candidatures/offre_retirer.html", admin.site.each_context(request) | contexte)


def adresse(pk: object, filtres: str, nom: str = "change", **arguments: str) -> str:
    """The address of a dossier, or of one of its acts, that remembers the filters of the list."""
    chemin = reverse(f"admin:candidatures_candidature_{nom}", args=[pk, *arguments.values()])
    return f"{chemin}?{urlencode({FILTRES: filtres})}" if filtres else chemin


def _page(
    request: HttpRequest, pk: str, saisie: Decision | None = None, *, conflit: str = "", reprise: bool = False
) -> HttpResponse:
    """The dossier. `saisie`: a decision that came back; `conflit`: why it was refused, though nothing lacked."""
    user, filtres = personne(request), request.GET.get(FILTRES, "")
    candidature = consultation.ouvrir(dossier.visibles_par(user), pk, par=user)
    contexte: dict[str, Any] = dossier.contenu(candidature, user)
    cle = file_de(candidature.statut)
    apres = suivante(user, candidature, cle, filtres)
    gardee = apercu.reprendre(request, candidature) if reprise else None
    formulaires = decisions(candidature, user, saisie or gardee)
    contexte |= {
        "title": f"{candidature.demande.demandeur} – {candidature.offre}",
        "file": FILES[cle].libelle,
        "decisions": [(form, adresse(pk, filtres, "avancer", action=form.action)) for form in formulaires],
        "en_avant": next((form for form in formulaires if form.est_favorable), None),
        "saisie": saisie,
        "gardee": gardee,
        "conflit": conflit,
        "perdue": saisie if conflit and saisie not in formulaires else None,
        "collegue": consultation.par_un_collegue(candidature, sauf=user),
        "en_seance": candidature.statut == Statut.EN_COMMISSION,
        "adresse_nouveau": adresse(pk, filtres, "lien") if user.role in CONSEILLERS else "",
        "adresse_revocation": adresse(pk, filtres, "revocation"),
        "retour": f"{reverse(LISTE)}?{filtres}" if filtres else reverse(LISTE),
        "suivante": adresse(apres.pk, filtres) if apres else "",
    }
    page = "admin/candidatures/dossier.html"
    statut = 409 if conflit else 422 if saisie else 200
    return render(request, page, admin.site.each_context(request) | contexte, status=statut)


def _refuser(request: HttpRequest, candidature: Candidature, saisie: Decision, raison: str) -> HttpResponse:
    """Why not, and who did what if it has moved since it was read; what was typed stays on the page."""
    candidature.refresh_from_db()
    if request.POST.get("vu", candidature.statut) != candidature.statut:
        for ligne in dossier.lignes(list(candidature.journal()[:1])):
            raison = f"{raison} {ligne.qui} : « {ligne.acte} », le {ligne.quand}."
    if saisie.textes:
        return _page(request, str(candidature.pk), saisie, conflit=raison)
    messages.error(request, raison)
    return redirect(adresse(candidature.pk, request.GET.get(FILTRES, "")))


def _annoncer(
    request: HttpRequest, avant: Candidature, faite: Candidature, apres: Candidature | None, ensuite: Candidature | None
) -> None:
    """What was done, who is told, and the way to the next dossier, or back from it."""
    texte, statut = "C’est enregistré : {}. {} reçoit un e-mail.", faite.get_statut_display()
    phrase = format_html(texte, statut[:1].lower() + statut[1:], avant.demande.demandeur)
    ou, libelle = (avant, "Revenir à ce dossier") if ensuite else (apres, "Dossier suivant")
    if ou:
        lien = adresse(ou.pk, request.GET.get(FILTRES, ""))
        phrase = format_html('{} <a href="{}">{}</a>', phrase, lien, libelle)
    messages.success(request, phrase)
