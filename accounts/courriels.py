"""Writing and delivering mails. Writing is a row in the caller's transaction; delivering is the worker's.

A mail has one source, `templates/courriels/<gabarit>.txt`: its first line is the subject, a line such as
`[Cliquez ici](https://…)` is a button, or the linked title of the lines below it; a line of six digits is a code. The
text and HTML parts are made from it and cannot disagree.
"""

import contextlib
import logging
import re
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any
from uuid import UUID

import redis.exceptions
from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template import Context, Template
from django.template.loader import get_template, render_to_string
from kombu.exceptions import OperationalError

from accounts.models import Courriel, User

journal = logging.getLogger(__name__)
BOUTON = re.compile(r"^\[(?P<libelle>[^\]]+)\]\((?P<lien>https?://[^\s)]+)\)$", re.MULTILINE)
CODE = re.compile(r"\d{6}")
SIGNATURE = "\n\nBien cordialement,\nAction Logement Services\nSAS au capital de 20 000 000 d’euros\n"
"""As the guide prints it (#2)."""
PAR_TOURNEE = 200
"""The most mails one round delivers, so that rounds stay short."""
SONNEE, SILENCE = "courriels:sonnee", 5
"""Whether the bell has rung and nobody has come yet; forgotten after so many seconds, when beat comes anyway."""


def ecrire(
    destinataire: str, gabarit: str, contexte: dict[str, Any], *, repondre_a: str = "", pour: User | None = None
) -> Courriel:
    """Put a mail in the outbox, in the transaction under way, and ring the worker once it commits.

    `pour` is the account it is about, when its address is not that of the account.
    """
    personne_id = pour.pk if pour else _compte_a_l_adresse(repondre_a or destinataire)
    courriel = _courriel(destinataire, gabarit, contexte, repondre_a=repondre_a, personne_id=personne_id)
    courriel.save()
    transaction.on_commit(sonner, robust=True)
    return courriel


def preparer(pour: User, gabarit: str, contexte: dict[str, Any], *, desinscription: str) -> Courriel:
    """One of many mails, not yet in the outbox; it leaves after those that somebody waits for.

    `desinscription`, https, stops mails of its kind by a POST without a cookie (RFC 8058).
    """
    return _courriel(pour.email, gabarit, contexte, personne_id=pour.pk, desinscription=desinscription, en_nombre=True)


def ecrire_en_nombre(courriels: list[Courriel]) -> None:
    """Put these in the outbox together, in the transaction under way, and ring once."""
    Courriel.objects.bulk_create(courriels)
    if courriels:
        transaction.on_commit(sonner, robust=True)


def _courriel(destinataire: str, gabarit: str, contexte: dict[str, Any], **champs: Any) -> Courriel:
    sujet, texte = _rediger(gabarit, {**contexte, "adresse_du_site": settings.ADRESSE})
    return Courriel(
        gabarit=gabarit,
        destinataire=destinataire,
        sujet=sujet,
        texte=BOUTON.sub(r"\1 : \2", texte) + SIGNATURE,
        html=_mettre_en_page(sujet, _blocs(texte)),
        **champs,
    )


def ecrire_au_support(*, nom: str, courriel: str, sujet: str, message: str, numero_unique: str = "") -> None:
    """Send the contact form to the support, answerable to its author; quoted, so that nothing becomes a button."""
    message = "\n".join(f"> {ligne}" for ligne in message.splitlines())
    contexte = {"nom": nom, "courriel": courriel, "objet": sujet, "message": message, "numero_unique": numero_unique}
    ecrire(settings.COURRIEL_SUPPORT, "contact", contexte, repondre_a=courriel)


def sonner() -> None:
    """Ask the worker to empty the outbox now; without a broker, beat does it within five seconds of its return.

    A bell that already rings is enough: whoever answers it reads the outbox afterwards (`entrer`).
    """
    from accounts.tasks import livrer_courriels

    try:
        if cache.add(SONNEE, value=True, timeout=SILENCE):
            livrer_courriels.apply_async(retry=False, expires=60)
    except (OperationalError, redis.exceptions.RedisError):
        journal.warning("Le courtier ne répond pas : les courriels partiront à la prochaine tournée.")


def entrer() -> None:
    """Answer the bell: mails that are committed from now on ring again."""
    with contextlib.suppress(redis.exceptions.RedisError):
        cache.delete(SONNEE)


def livrer() -> int:
    """Deliver the mails that are due, each in a transaction of its own, and return how many left.

    Promise: none is lost. A kill between the server's 250 and our commit may repeat that one mail, with the
    same Message-ID.
    """
    connexion, envois = get_connection(), 0
    try:
        while envois < PAR_TOURNEE and _livrer_le_suivant(connexion):
            envois += 1
    finally:
        connexion.close()
    return envois


@transaction.atomic
def _livrer_le_suivant(connexion: BaseEmailBackend) -> bool:
    courriel = Courriel.objects.a_envoyer().select_for_update(skip_locked=True).first()
    if courriel is None:
        return False
    try:
        connexion.open()  # once a round, and not at all when there is nothing to send
        _message(courriel, connexion).send()
    except SMTPRecipientsRefused as refus:
        code, raison = next(iter(refus.recipients.values()))
        _apres_un_refus(courriel, code, raison)
    except SMTPDataError as refus:
        _apres_un_refus(courriel, refus.smtp_code, refus.smtp_error)
    except OSError as erreur:  # the server itself: unreachable, our password, our own address
        courriel.reporter(str(erreur))
        return False
    else:
        courriel.marquer_envoye()
    return True


def _apres_un_refus(courriel: Courriel, code: int, raison: bytes | str) -> None:
    """5xx is for ever, anything else is worth another try (RFC 5321 §4.2.1)."""
    erreur = f"{code} {raison.decode(errors='replace') if isinstance(raison, bytes) else raison}"
    if 500 <= code < 600:
        courriel.marquer_refuse(erreur)
    else:
        courriel.reporter(erreur)


def _message(courriel: Courriel, connexion: BaseEmailBackend) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        subject=courriel.sujet,
        body=courriel.texte,
        to=[courriel.destinataire],
        reply_to=[courriel.repondre_a] if courriel.repondre_a else None,
        from_email=settings.ADRESSE_RETOURS or settings.DEFAULT_FROM_EMAIL,  # the envelope: where it comes back to
        headers={
            "From": settings.DEFAULT_FROM_EMAIL,
            "Message-ID": courriel.message_id,
            "X-Alin-Courriel": str(courriel.pk),  # for a report, should a relay give the mail another Message-ID
            "Date": courriel.cree_le.strftime("%a, %d %b %Y %H:%M:%S %z"),
            "Auto-Submitted": "auto-generated",  # no answer from whoever is on holiday (RFC 3834)
            **_arret(courriel),
        },
        connection=connexion,
    )
    message.attach_alternative(courriel.html, "text/html")
    return message


def _arret(courriel: Courriel) -> dict[str, str]:
    """What gives a mailbox its own « Se désabonner » button (RFC 8058 §3.1)."""
    if not courriel.desinscription:
        return {}
    return {
        "List-Unsubscribe": f"<{courriel.desinscription}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _compte_a_l_adresse(adresse: str) -> UUID | None:
    """The account that has this address, if one has."""
    return User.objects.filter(email=adresse.lower()).values_list("pk", flat=True).first()


def _rediger(gabarit: str, contexte: dict[str, Any]) -> tuple[str, str]:
    """The subject and the body; plain text, so nothing is escaped here."""
    modele: Template = get_template(f"courriels/{gabarit}.txt").template  # type: ignore[attr-defined]
    sujet, _, corps = modele.render(Context(contexte, autoescape=False)).strip().partition("\n")
    return " ".join(sujet.split())[:200], re.sub(r"\n{3,}", "\n\n", corps.strip())


def _blocs(texte: str) -> list[dict[str, str]]:
    """The body cut at its blank lines, for the HTML part: paragraphs, buttons and codes."""
    return [_bloc(morceau.strip()) for morceau in texte.split("\n\n")]


def _bloc(morceau: str) -> dict[str, str]:
    if bouton := BOUTON.fullmatch(morceau):
        return bouton.groupdict()
    titre, _, suite = morceau.partition("\n")
    if suite and (lien := BOUTON.fullmatch(titre)):
        return {"titre": lien["libelle"], "adresse": lien["lien"], "suite": suite}
    return {"code" if CODE.fullmatch(morceau) else "paragraphe": morceau}


def _mettre_en_page(sujet: str, blocs: list[dict[str, str]]) -> str:
    """The HTML part; `apercu`, what a mailbox shows beside the subject, is the first sentence after the greeting."""
    paragraphes = [bloc["paragraphe"] for bloc in blocs if "paragraphe" in bloc]
    contexte = {"sujet": sujet, "blocs": blocs, "apercu": " ".join(paragraphes[1:2])}
    return render_to_string("courriels/mise_en_page.html", contexte)
