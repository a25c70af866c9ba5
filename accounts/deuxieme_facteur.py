"""Who must prove himself twice, and the wall that leads him there.

A password and an application's code, or a passkey: two factors of different kinds (CNIL, délibération 2025-019). They
are mandatory for whoever opens other people's files, and offered to applicants.
"""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from accounts import courriels
from accounts.models import User
from accounts.models.personne import EQUIPE, Role

OBLIGES = EQUIPE | {Role.SERVICE_LOGEMENT}
"""The roles that open other people's files."""

CHEMIN = frozenset({"account_logout", "account_reauthenticate", "account_change_password"})
"""What stays open on the way to a second factor, besides the pages of the factors themselves (`mfa_…`)."""


def peut_retirer(facteur: Authenticator) -> bool:
    """Whether this factor may go: applicants are free, the others keep one at least."""
    if facteur.user.role not in OBLIGES:
        return True
    autres = Authenticator.objects.filter(user=facteur.user).exclude(pk=facteur.pk)
    return bool(autres.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def est_protege(user: User) -> bool:
    """Whether this account has a second factor; recovery codes alone are none."""
    facteurs = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(facteurs.exists())


@transaction.atomic
def remettre_a_zero(user: User) -> None:
    """Remove every factor, close every session, and tell the person; the role then asks for a new one."""
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    courriels.ecrire(user.email, "deuxieme_facteur_retire", {})


class DeuxiemeFacteurExige:
    """Until they have a second factor, these roles open nothing else: whatever the address, they are led to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, vue: Callable[..., HttpResponseBase], *_: Any
    ) -> HttpResponseBase | None:
        """Runs before every view; the pages open to anybody stay open."""
        user = request.user
        if user.is_anonymous or user.role not in OBLIGES or not getattr(vue, "login_required", True):
            return None
        page = request.resolver_match.url_name or "" if request.resolver_match else ""
        if page in CHEMIN or page.startswith("mfa_") or est_protege(user):
            return None
        return redirect("mfa_index")
