"""A decision that was typed, kept in the session while its author reads what the applicant will read.

The session, which is encrypted in the database: an address would write a reason into logs.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.models import User
from candidatures import apercu
from candidatures.admin.decisions import Decision
from candidatures.models import Candidature
from candidatures.statuts import Action

CLE = "decision_en_cours"


def demander(request: HttpRequest, saisie: Decision, adresse: str) -> HttpResponse:
    """Keep what was typed, and go to its preview."""
    champs = {nom: str(saisie.data.get(nom, "")) for nom in saisie.fields}
    request.session[CLE] = {"dossier": str(saisie.candidature.pk), "action": saisie.action, "champs": champs}
    return redirect(adresse)


def reprendre(request: HttpRequest, candidature: Candidature) -> Decision | None:
    """What was typed about this dossier and not confirmed yet."""
    gardee = request.session.get(CLE)
    if not gardee or gardee["dossier"] != str(candidature.pk):
        return None
    return Decision.saisie(Action(gardee["action"]), candidature, gardee["champs"])


def oublier(request: HttpRequest) -> None:
    """It is done."""
    request.session.pop(CLE, None)


def lu_par_le_demandeur(candidature: Candidature, saisie: Decision, par: User) -> apercu.Apercu:
    """Raises `CandidatureRefusee`, as the act would."""
    return apercu.apercevoir(candidature, saisie.action, par=par, motif=saisie.motif, precision=saisie.precision)
