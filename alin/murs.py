"""Walls that Django's settings do not build: whom our files are for, what a browser may keep, how much may be sent."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import BadRequest, TooManyFilesSent
from django.core.files.uploadhandler import FileUploadHandler
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve


class Admis(NamedTuple):
    """A file taken: from whom, in a request of how many bytes, and what is said to whoever sends more."""

    droit: str
    octets: int
    megaoctets: int


PAGES_A_FICHIER = {
    "admin:accounts_entreprise_importer": Admis("accounts.add_entreprise", 1_000_000, 1),
    "admin:offres_importoffres_add": Admis("offres.importer_offres", 25_500_000, 25),
    # Three times what it keeps: the page itself refuses a heavy photograph, and keeps the words typed beside it.
    "admin:offres_offre_photos": Admis("offres.illustrer_offre", 30_000_000, 10),
}
"""The only pages that take a file. Everywhere else a file is refused."""
AUCUN = Admis("", 0, 0)
NUL_DE_L_ADMIN = "_00"
"""How the admin writes, in its addresses, the character that no text in PostgreSQL has."""
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
    """A body that is too long is not read; it and a method that a page does not know are answered with a sentence.

    So is an address that names nothing PostgreSQL could look for.
    """

    def repondre(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or (NUL_DE_L_ADMIN in request.path and request.path.startswith("/admin/")):
            raise Http404
        admis = fichier_admis(request)
        if longueur(request) > max(admis.octets, settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
            return render(request, "413.html", {"megaoctets": admis.megaoctets}, status=413)
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


def fichier_admis(request: HttpRequest) -> Admis:
    """The file that this person may send here: none, but on the few pages of the team that take one."""
    try:
        page = resolve(request.path_info).view_name
    except Resolver404:
        return AUCUN
    admis = PAGES_A_FICHIER.get(page, AUCUN)
    return admis if admis.octets and hasattr(request, "user") and request.user.has_perm(admis.droit) else AUCUN


class Guichet(FileUploadHandler):
    """The first handler of every file sent: it refuses those that no page here asked this person for."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Raises TooManyFilesSent, which Django answers with a 400, as it does for a file too many."""
        super().new_file(*args, **kwargs)
        if self.request is None or not fichier_admis(self.request).octets:
            raise TooManyFilesSent("This page takes no file.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        """Passed on as it is to the handlers that keep it."""
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        """The next handlers make the file."""
        return
