"""Walls that Django's settings do not build: whom our files are for, what a browser may keep, how much may be sent."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

Suite = Callable[[HttpRequest], HttpResponse]


def pour_nous_seuls(suite: Suite) -> Suite:
    """No other site may load our pages, drawings or files."""

    def repondre(request: HttpRequest) -> HttpResponse:
        reponse = suite(request)
        reponse.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return reponse

    return repondre


def sans_memoire(suite: Suite) -> Suite:
    """What a person sees leaves no trace in a shared computer: « back » after signing out asks us again.

    Whoever has a session is meant, signed in or half-way through signing up. A view that says how long its answer may
    be kept (a drawing) is obeyed.
    """

    def repondre(request: HttpRequest) -> HttpResponse:
        reponse = suite(request)
        if not request.session.is_empty():
            reponse.headers.setdefault("Cache-Control", "private, no-store")
        return reponse

    return repondre


def une_phrase(suite: Suite) -> Suite:
    """A body that is too long is not read; it and a method that a page does not know are answered with a sentence."""

    def repondre(request: HttpRequest) -> HttpResponse:
        if longueur(request) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            return render(request, "413.html", status=413)
        reponse = suite(request)
        if reponse.status_code == 405 and not reponse.content:
            reponse.content = render_to_string("405.html", request=request)
        return reponse

    return repondre


def longueur(request: HttpRequest) -> int:
    """Bytes announced. Raises BadRequest when it is no number: Django would break down on it."""
    annoncee = request.META.get("CONTENT_LENGTH") or "0"
    if not (annoncee.isascii() and annoncee.isdigit()):
        raise BadRequest
    return int(annoncee)
