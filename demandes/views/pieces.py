"""Tab 3, « Les pièces justificatives de mon NUR-NUD », and « Valider mon dossier » (guide #3)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.decorators import RequeteConnectee
from demandes.adresses import site_de_la_demande
from demandes.decorators import avec_demande
from demandes.dossier_valide import Case, cases, cocher, confirmer_les_pieces, volets
from demandes.models import Demande
from demandes.pieces import Piece


@require_http_methods(["GET", "POST"])
@avec_demande
def pieces(request: RequeteConnectee, demande: Demande) -> HttpResponse:
    """Tab 3: one box for each document, all of one person at once, and « Valider mon dossier »."""
    if demande.etape == "demandes:infos":
        messages.info(request, "Complétez d’abord les informations sur votre entreprise.")
        return redirect("demandes:employeur")
    if "tout" in request.POST:
        return _tout_cocher(request, demande)
    oubliees = None
    if request.method == "POST":
        jour, cochees, vues = timezone.localdate(), *_coches(request)
        oubliees = confirmer_les_pieces(demande, cochees, jour, vues=vues)
        if not oubliees:
            messages.success(request, "Votre dossier est validé. Vous pouvez consulter les offres.")
            _dire_ce_que_le_registre_attend(request, cases(demande, jour))
            return redirect("demandes:situation")
    return render(request, "demandes/pieces.html", _contexte(demande, oubliees))


def _tout_cocher(request: HttpRequest, demande: Demande) -> HttpResponse:
    """Tick all the boxes of one person, keep those of the others, and come back to the same place."""
    jour, (cochees, vues) = timezone.localdate(), _coches(request)
    volet = next((v for v in volets(cases(demande, jour)) if v.ancre == request.POST["tout"]), None)
    siennes = {case.piece.cle for case in volet.cases} if volet else set()
    cocher(demande, cochees | siennes, jour, vues=vues)
    return redirect(f"{reverse('demandes:pieces')}#{volet.ancre if volet else 'contenu'}")


def _coches(request: HttpRequest) -> tuple[set[str], set[str]]:
    """The boxes ticked, and all those that the page showed."""
    return set(request.POST.getlist("pieces")), set(request.POST.getlist("vues"))


def _dire_ce_que_le_registre_attend(request: HttpRequest, toutes: list[Case]) -> None:
    """The applicant declares, so nothing is blocked: only what the registry has not received is said."""
    absentes = sum(case.a_deposer for case in toutes)
    if absentes:
        pieces = "1 pièce que vous avez cochée" if absentes == 1 else f"{absentes} pièces que vous avez cochées"
        messages.warning(
            request,
            f"Le registre n’a pas encore reçu {pieces} : vérifiez leur dépôt sur votre site d’enregistrement, un "
            "dossier incomplet peut être refusé.",
        )


def _contexte(demande: Demande, oubliees: list[Piece] | None) -> dict[str, object]:
    toutes = cases(demande, timezone.localdate())
    return {
        "demande": demande,
        "volets": volets(toutes),
        "total": len(toutes),
        "cochees": sum(case.cochee for case in toutes),
        "nouvelles": sum(case.nouvelle for case in toutes),
        "oubliees": oubliees,
        "site": site_de_la_demande(demande),
    }
