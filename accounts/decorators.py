"""The second line of defence: a page is reserved to some roles (the first one is being signed in)."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

import redis.exceptions
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from accounts.models import Role, User
from accounts.mur import derriere_le_mur

P = ParamSpec("P")


class RequeteConnectee(HttpRequest):
    """A request whose author is signed in, as the middleware guarantees."""

    user: User


VueConnectee = Callable[Concatenate[RequeteConnectee, P], HttpResponse]
Vue = Callable[Concatenate[HttpRequest, P], HttpResponse]


def reserve_a(*roles: Role) -> Callable[[VueConnectee[P]], Vue[P]]:
    """Answer 403 to whoever has another role; an agent of a company reads from behind the second wall."""

    def decorer(vue: VueConnectee[P]) -> Vue[P]:
        @wraps(vue)
        def gardee(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.user.is_anonymous or request.user.role not in roles:
                raise PermissionDenied
            if request.user.role == Role.SERVICE_LOGEMENT:
                return _comme_agent(request.user, lambda: vue(request, *args, **kwargs))  # type: ignore[arg-type]
            return vue(request, *args, **kwargs)  # type: ignore[arg-type]

        return gardee

    return decorer


def _comme_agent(agent: User, repondre: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer, made in the agent's one transaction. Raises Http404, once committed: a refusal stays recorded."""
    with derriere_le_mur(agent):
        try:
            return repondre()
        except Http404 as refus:
            absent = refus
    raise absent


def porte(vue: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Password pages count attempts in the cache: without it they close, with a sentence, rather than let guess."""

    @wraps(vue)
    def gardee(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return vue(request, *args, **kwargs)
        except redis.exceptions.RedisError:
            return render(request, "account/porte_fermee.html", status=503)

    return gardee


def porte_d_entree(vue: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The same, open to whoever is not signed in."""
    return login_not_required(porte(vue))
