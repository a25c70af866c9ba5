"""The portal's addresses, and pages that fail with what they were given: in a variable, in a message, in an address."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from accounts.models import User
from alin.urls import urlpatterns as celles_du_portail

ERREURS = {
    "500": RuntimeError,
    "404": Http404,
    "403": PermissionDenied,
    "400": SuspiciousOperation,
    "mauvaise": BadRequest,
}


@login_not_required
def tomber(request: HttpRequest, genre: str, secret: str = "") -> HttpResponse:
    secret = secret or request.POST.get("secret", "") or request.GET.get("secret", "")
    try:
        raise ValueError(secret)
    except ValueError as cause:
        raise ERREURS[genre](f"refusé : {secret}") from cause


@login_not_required
@transaction.atomic
def base(request: HttpRequest) -> HttpResponse:
    """Two mistakes of SQL that quote their parameters: a unique constraint, a type."""
    if "type" in request.POST:
        with connection.cursor() as curseur:
            curseur.execute("SELECT %s::integer", [request.POST["secret"]])
    for _ in range(2):
        User.objects.create(email=f"{request.POST['secret']}@exemple.fr", prenom=request.POST["secret"][:36])
    return HttpResponse()


urlpatterns = [
    path("essai/base/", base),
    path("essai/<slug:genre>/", tomber),
    path("essai/<slug:genre>/<path:secret>/", tomber),
    *celles_du_portail,
]
