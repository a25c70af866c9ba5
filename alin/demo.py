"""`/demo/courriels/`: every mail that left the demo, from its catcher's folder. Routed with ALIN_DEMO=1 only."""

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Self

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

PAR_PAGE = 20
MUR_DU_HTML = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"
"""A mail's own HTML may have style, and nothing else: no script, no form, no cookie of the site."""


@dataclass(frozen=True)
class CourrielRecu:
    """One message as the mail server received it."""

    cle: str
    recu_le: datetime
    destinataires: str
    expediteur: str
    objet: str
    texte: str
    html: str

    @classmethod
    def lire(cls, fichier: Path) -> Self:
        message = email.message_from_bytes(fichier.read_bytes(), policy=email.policy.default)
        return cls(
            cle=fichier.stem,
            recu_le=arrivee(fichier),
            destinataires=str(message["X-Alin-Destinataires"]),
            expediteur=str(message["From"] or ""),
            objet=str(message["Subject"] or "(sans objet)"),
            texte=partie(message, "plain"),
            html=partie(message, "html"),
        )


def partie(message: EmailMessage, genre: str) -> str:
    """The text of the first part of this kind, "" without one."""
    corps = message.get_body((genre,))
    return str(corps.get_content()).strip() if corps is not None else ""


def arrivee(fichier: Path) -> datetime:
    """When it came, from its name: nanoseconds since 1970, UTC."""
    return datetime.fromtimestamp(int(fichier.stem.partition("-")[0]) / 1e9, tz=UTC)


def boite() -> list[Path]:
    """The messages' files, newest first."""
    return sorted(Path(settings.ALIN_BOITE_DEMO).glob("[0-9]*.eml"), reverse=True)


def destine_a(fichier: Path, adresse: str) -> bool:
    """Is this address, or a part of it, among the recipients? Reads the message's first line only."""
    with fichier.open("rb") as flux:
        return adresse.lower() in flux.readline(10_000).decode(errors="replace").lower()


def courriel_ou_404(cle: str) -> CourrielRecu:
    fichier = Path(settings.ALIN_BOITE_DEMO) / f"{cle}.eml"
    if fichier not in boite():
        raise Http404
    return CourrielRecu.lire(fichier)


@require_safe
@never_cache
@login_not_required
def courriels(request: HttpRequest) -> HttpResponse:
    """The mails, newest first, each with its text."""
    adresse = request.GET.get("destinataire", "").strip()
    fichiers = [fichier for fichier in boite() if not adresse or destine_a(fichier, adresse)]
    page = Paginator(fichiers, PAR_PAGE).get_page(request.GET.get("page"))
    recus = [CourrielRecu.lire(fichier) for fichier in page]
    return render(request, "demo/courriels.html", {"page": page, "courriels": recus, "adresse": adresse})


@require_safe
@never_cache
@login_not_required
def courriel(request: HttpRequest, cle: str) -> HttpResponse:
    """One mail, on a page of its own."""
    return render(request, "demo/courriel.html", {"courriel": courriel_ou_404(cle)})


@require_safe
@never_cache
@login_not_required
def courriel_html(_request: HttpRequest, cle: str) -> HttpResponse:
    """The mail's HTML part as its recipient sees it, behind a wall of its own."""
    recu = courriel_ou_404(cle)
    if not recu.html:
        raise Http404
    return HttpResponse(recu.html, headers={"Content-Security-Policy": MUR_DU_HTML})
