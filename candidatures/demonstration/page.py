"""`/demo/`: the demo's accounts and each one's code of the moment. Routed with ALIN_DEMO=1 only."""

import time
from typing import NamedTuple

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from candidatures.demonstration.comptes import DEMANDEURS, EQUIPE, MOT_DE_PASSE, SERVICES_LOGEMENT, Compte


class Ligne(NamedTuple):
    """An account of the demonstration; `code` is empty without a second factor."""

    compte: Compte
    code: str


def codes_du_moment(instant: int) -> dict[str, str]:
    """What each account's application shows at this instant (seconds since 1970), by e-mail address."""
    tranche = instant // app_settings.TOTP_PERIOD
    applications = Authenticator.objects.filter(type=Authenticator.Type.TOTP).select_related("user")
    return {
        application.user.email: format_hotp_value(hotp_value(decrypt(application.data["secret"]), tranche))
        for application in applications
    }


@require_safe
@never_cache
@login_not_required
def comptes(request: HttpRequest) -> HttpResponse:
    """Everybody one may be, and the codes that their telephones would show."""
    instant = int(time.time())
    codes = codes_du_moment(instant)
    groupes = (("L’équipe", EQUIPE), ("Les services logement", SERVICES_LOGEMENT), ("Les demandeurs", DEMANDEURS))
    contexte = {
        "mot_de_passe": MOT_DE_PASSE,
        "groupes": [(titre, [Ligne(c, codes.get(c.email, "")) for c in groupe]) for titre, groupe in groupes],
        "secondes": app_settings.TOTP_PERIOD - instant % app_settings.TOTP_PERIOD,
    }
    return render(request, "demo/comptes.html", contexte)
