"""« Importer sa demande »: the tutorial, the number, the code, then the import itself (guide #3)."""

from datetime import date

import redis.exceptions
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from accounts.decorators import RequeteConnectee, reserve_a
from accounts.models import Role
from demandes import importation as import_sne
from demandes.correction import ecarts_a_regler
from demandes.decorators import avec_demande
from demandes.forms import CodeForm, DepartementForm, NumeroForm
from demandes.models import Demande, Importation
from demandes.sne import client
from demandes.sne.absence import absent_depuis

PANNE = "Le registre des demandes ne répond pas en ce moment. Rien n’est perdu : vos autres pages restent ouvertes."
REESSAYER = f"{PANNE} Votre numéro est gardé ici : réessayez dans deux minutes."
ILLISIBLE = (
    "Le registre a répondu, mais sa réponse est incomplète ou mal formée : rien n’a été importé ni changé. Ce n’est "
    "pas votre faute. Réessayez plus tard ; si cela dure, appelez le 0970 800 800."
)
TROP_D_ICI = (
    "Trop d’essais aujourd’hui depuis cet accès à Internet, peut-être partagé avec d’autres. Réessayez dans une heure, "
    "ou appelez le 0970 800 800."
)
INCONNUE = (
    "Aucune demande ne correspond à ce numéro et à cette date de naissance. Vérifiez les deux sur votre attestation "
    "d’enregistrement ; la date est celle du demandeur principal."
)


@require_safe
@reserve_a(Role.DEMANDEUR)
def tutoriel(request: RequeteConnectee) -> HttpResponse:
    """The steps ahead; « Passer les étapes » leads on at any time."""
    importation = Importation.objects.ouvertes().filter(par=request.user).first()
    return render(request, "demandes/tutoriel.html", {"importation": importation})


@require_http_methods(["GET", "POST"])
@reserve_a(Role.DEMANDEUR)
def numero(request: RequeteConnectee) -> HttpResponse:
    """Ask for the number and the birth date; the code leaves for the registry's address."""
    if Demande.objects.filter(demandeur=request.user).exists():
        return redirect("demandes:situation")
    initial = {"numero": request.session.get("numero_saisi", "")}
    form = NumeroForm(request.POST if request.method == "POST" else None, initial=initial)
    statut = 200
    if form.is_valid():
        refus, statut = _envoyer_le_code(request, **form.cleaned_data)
        if refus is None:
            return redirect("demandes:code")
        form.add_error(None, refus)
    return render(request, "demandes/numero.html", {"form": form, "departements": DepartementForm()}, status=statut)


def _envoyer_le_code(request: RequeteConnectee, numero: str, date_naissance: date) -> tuple[str | None, int]:
    """Why no code leaves, or None if one does; and the status of the page that says so."""
    if not _passe(request):
        return TROP_D_ICI, 429
    try:
        import_sne.demander_le_code(numero, date_naissance, par=request.user)
    except client.DemandeInconnue:
        return INCONNUE, 200
    except client.RegistreIndisponible as panne:
        request.session["numero_saisi"] = numero
        request.session.save()  # Django does not, before a 5xx
        return ILLISIBLE if isinstance(panne, client.ReponseInvalide) else REESSAYER, 503
    except import_sne.ImportRefuse as refus:
        return str(refus), 200
    request.session.pop("numero_saisi", None)
    return None, 200


def _passe(request: HttpRequest) -> bool:
    """Whether one more code may be asked for from here (ACCOUNT_RATE_LIMITS). Without the cache nothing is counted."""
    try:
        return bool(ratelimit.consume(request, action="code_import"))
    except redis.exceptions.RedisError:
        return True


@require_http_methods(["GET", "POST"])
@reserve_a(Role.DEMANDEUR)
def code(request: RequeteConnectee) -> HttpResponse:
    """The code mailed to the registry's address, then the import itself; the page that waits for the registry."""
    importation = Importation.objects.ouvertes().filter(par=request.user).first()
    if importation is None:
        return _plus_rien_en_cours(request)
    form = CodeForm(request.POST if request.method == "POST" and importation.verifiee_le is None else None)
    if form.is_valid():
        try:
            import_sne.verifier_le_code(importation, form.cleaned_data["code"])
        except import_sne.CodeRefuse as refus:
            form.add_error("code", str(refus))
        else:
            return _importer(request, importation)
    elif request.method == "POST" and importation.verifiee_le:
        return _importer(request, importation)
    return _page_du_code(request, importation, form)


def _plus_rien_en_cours(request: RequeteConnectee) -> HttpResponse:
    """The demand if it has arrived meanwhile, else the number."""
    if _est_htmx(request) and Demande.objects.filter(demandeur=request.user).exists():
        messages.success(request, "Votre demande est importée sur AL’in.")
    return _aller(request, "demandes:numero")


def _est_htmx(request: HttpRequest) -> bool:
    """Is it the page that waits, asking for news?"""
    return "HX-Request" in request.headers


def _aller(request: HttpRequest, page: str) -> HttpResponse:
    """Redirect; the page that waits is told to move as a whole."""
    return HttpResponseClientRedirect(resolve_url(page)) if _est_htmx(request) else redirect(page)


def _page_du_code(request: RequeteConnectee, importation: Importation, form: CodeForm) -> HttpResponse:
    if importation.verifiee_le and ecarts_a_regler(importation, request.user):
        return _aller(request, "demandes:identite")
    contexte = {
        "form": form,
        "importation": importation,
        "refus": importation.refus,
        "mise_a_jour": Demande.objects.filter(demandeur=request.user).exists(),
        "absent_depuis": absent_depuis(),
    }
    return render(request, "demandes/code.html", contexte)


def _importer(request: RequeteConnectee, importation: Importation) -> HttpResponse:
    """Import behind a verified code; whatever stops it is said, and can be tried again without a new code."""
    importation.refresh_from_db()
    ancienne = Demande.objects.filter(demandeur=request.user).first()
    avant = ancienne.dossier if ancienne else None
    try:
        demande = import_sne.importer(importation, par=request.user)
    except client.RegistreIndisponible:
        return redirect("demandes:code")  # where it goes on by itself
    except import_sne.ImportRefuse:
        importation.refresh_from_db()
        return _page_du_code(request, importation, CodeForm())
    if avant:
        request.session["changements"] = [vars(c) for c in import_sne.changements(avant, demande.dossier)]
    messages.success(request, f"Votre demande est {'à jour' if avant else 'importée sur AL’in'}.")
    return redirect("demandes:infos")


@require_POST
@reserve_a(Role.DEMANDEUR)
def nouveau_code(request: RequeteConnectee) -> HttpResponse:
    """« Saisir ma demande » again: a new code, or the number once more if nothing is under way."""
    importation = Importation.objects.ouvertes().filter(par=request.user, verifiee_le=None).first()
    if importation is None:
        return redirect("demandes:numero")
    try:
        if not _passe(request):
            raise import_sne.ImportRefuse(TROP_D_ICI)
        import_sne.redemander_un_code(importation)
        messages.success(request, f"Un nouveau code est parti à {importation.adresse_masquee}. L’ancien ne sert plus.")
    except import_sne.ImportRefuse as refus:
        messages.error(request, str(refus))
    return redirect("demandes:code")


@require_http_methods(["GET", "POST"])
@avec_demande
def confirmer(request: RequeteConnectee, demande: Demande) -> HttpResponse:
    """A demand imported before the codes existed proves its mailbox once, before its next update (guide #4)."""
    if not demande.code_a_verifier:
        return redirect("demandes:infos")
    refus, statut = None, 200
    if request.method == "POST":
        naissance = demande.dossier.demandeur.date_naissance
        refus, statut = _envoyer_le_code(request, demande.numero_unique, naissance)
        if refus is None:
            return redirect("demandes:code")
    return render(request, "demandes/confirmer.html", {"demande": demande, "refus": refus}, status=statut)


@require_POST
@reserve_a(Role.DEMANDEUR)
def abandonner(request: RequeteConnectee) -> HttpResponse:
    """Use another number: the import under way is closed."""
    import_sne.abandonner(par=request.user)
    return redirect("demandes:numero")
