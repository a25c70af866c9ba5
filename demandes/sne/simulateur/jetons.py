"""OAuth2 client credentials (RFC 6749 §4.4): bearer tokens that are signed, so that none is stored."""

import base64
import binascii
import secrets
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from demandes.sne.simulateur.models import Reglages

SEL = "registre.jeton"
PORTEE = "demandes"


def anomalie(statut: HTTPStatus, code: str, message: str, propriete: str = "") -> JsonResponse:
    """The registry's error body."""
    corps = {"anomalies": [{"code": code, "propriete": propriete or None, "message": message}]}
    return JsonResponse(corps, status=statut)


def refus(statut: HTTPStatus, code: str, message: str) -> JsonResponse:
    """An error of authentication (401) or of scope (403)."""
    reponse = anomalie(statut, code, message)
    erreur = "invalid_token" if statut == HTTPStatus.UNAUTHORIZED else "insufficient_scope"
    reponse.headers["WWW-Authenticate"] = f'Bearer error="{erreur}"'
    return reponse


@csrf_exempt
@require_POST
def jeton(request: HttpRequest) -> JsonResponse:
    """`POST /oauth/token`."""
    if request.POST.get("grant_type") != "client_credentials":
        return JsonResponse({"error": "unsupported_grant_type"}, status=HTTPStatus.BAD_REQUEST)
    compte, secret = _identifiants(request)
    attendu = f"{settings.SNE_CLIENT}:{settings.SNE_SECRET}".encode()
    if not settings.SNE_SECRET or not secrets.compare_digest(f"{compte}:{secret}".encode(), attendu):
        return JsonResponse({"error": "invalid_client"}, status=HTTPStatus.UNAUTHORIZED)
    portee = request.POST.get("scope") or PORTEE
    duree = Reglages.lire().duree_jeton
    valeur = signing.dumps({"client": compte, "portee": portee, "duree": duree}, salt=SEL)
    reponse = JsonResponse({"access_token": valeur, "token_type": "Bearer", "expires_in": duree, "scope": portee})
    reponse.headers["Cache-Control"] = "no-store"
    return reponse


def _identifiants(request: HttpRequest) -> tuple[str, str]:
    """Client and secret, from HTTP Basic or from the body."""
    schema, _, valeur = request.headers.get("Authorization", "").partition(" ")
    if schema.lower() == "basic":
        try:
            compte, _, secret = base64.b64decode(valeur, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return "", ""
        return compte, secret
    return request.POST.get("client_id", ""), request.POST.get("client_secret", "")


def avec_jeton(vue: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 401 without a live token, 403 when its scope is not the one asked for."""

    @csrf_exempt
    @wraps(vue)
    def protegee(request: HttpRequest, **parametres: str) -> HttpResponse:
        schema, _, valeur = request.headers.get("Authorization", "").partition(" ")
        try:
            contenu = signing.loads(valeur if schema.lower() == "bearer" else "", salt=SEL)
            signing.loads(valeur, salt=SEL, max_age=contenu["duree"])
        except signing.BadSignature:
            return refus(HTTPStatus.UNAUTHORIZED, "JETON_REFUSE", "Le jeton est absent, inconnu ou périmé.")
        if PORTEE not in contenu["portee"].split():
            return refus(HTTPStatus.FORBIDDEN, "PORTEE_REFUSEE", "Le jeton ne donne pas ce droit.")
        return vue(request, **parametres)

    return protegee
