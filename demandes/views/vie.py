"""« La vie de ma demande »."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import RequeteConnectee
from demandes import chronologie
from demandes.adresses import site_de_la_demande
from demandes.decorators import avec_demande
from demandes.models import Demande
from demandes.validite import examiner


@require_safe
@avec_demande
def vie(request: RequeteConnectee, demande: Demande) -> HttpResponse:
    """What happened to the demand, where it stands, what comes next and when."""
    jour = timezone.localdate()
    contexte = {
        "demande": demande,
        "validite": examiner(demande, jour),
        "passe": chronologie.passe(demande),
        "avenir": chronologie.avenir(demande, jour),
        "site": site_de_la_demande(demande),
    }
    return render(request, "demandes/vie.html", contexte)
