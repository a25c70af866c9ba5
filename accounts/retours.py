"""Mails that come back: reading a delivery report (RFC 3464), and trying an address again."""

import email
import re
from datetime import timedelta
from email.message import Message
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import courriels
from accounts.models import Courriel, User
from accounts.models.courriel import ESSAI

TAILLE_MAXIMALE = 1_000_000
"""Bytes of a report that are read; ours are a few thousand."""
ESSAIS_PAR_JOUR = 5
"""Test mails that one person may ask for in 24 hours."""
IDENTIFIANT = re.compile(r"\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b", re.IGNORECASE)
CODE = re.compile(r"\s*([245])\.\d{1,3}\.\d{1,3}\b")


class EssaiRefuse(Exception):
    """Why no mail leaves; the text is for the person."""


@transaction.atomic
def essayer(*, par: User) -> Courriel | None:
    """« Elle fonctionne à nouveau »: send a mail to one's own address, if mails to it came back.

    One already waiting to leave is enough. None if nothing is wrong with the address. Raises `EssaiRefuse`.
    """
    user = User.objects.select_for_update().get(pk=par.pk)
    if Courriel.objects.en_defaut_depuis(user.email) is None:
        return None
    essais = Courriel.objects.filter(destinataire=user.email, gabarit=ESSAI)
    if en_route := essais.filter(envoye_le=None, refuse_le=None).first():
        return en_route
    if essais.filter(cree_le__gt=timezone.now() - timedelta(days=1)).count() >= ESSAIS_PAR_JOUR:
        raise EssaiRefuse(
            f"{ESSAIS_PAR_JOUR} essais ont été faits en un jour. Changez d’adresse, ou réessayez demain : entre-temps, "
            "tout ce que nous vous écrivons se lit aussi dans votre espace."
        )
    return courriels.ecrire(user.email, ESSAI, {"prenom": user.prenom})


def enregistrer(rapport: bytes) -> str:
    """Note what became of one mail, and say what was done, for the log. Anything but a report of ours changes nothing.

    The identifier in a mail's headers is random and known to its reader only: whoever does not give one forges. 5.x.x
    is for ever, 4.x.x leaves a trace (RFC 3463).
    """
    try:
        message = email.message_from_bytes(rapport)
        parties = list(message.walk())
    except RecursionError:
        return "Ignoré : des parties sans fin."
    code, diagnostic, adresses = _sort(parties)
    identifiant = _courriel_rendu(parties)
    if not code or identifiant is None:
        return "Ignoré : ce n’est pas un rapport de remise d’un courriel d’AL’in."
    with transaction.atomic():
        courriel = Courriel.objects.select_for_update().filter(pk=identifiant).exclude(envoye_le=None).first()
        if courriel is None or (adresses and courriel.destinataire.lower() not in adresses):
            return f"Ignoré : aucun courriel parti ne porte l’identifiant {identifiant} et cette adresse."
        return _noter(courriel, code, diagnostic)


def _noter(courriel: Courriel, code: str, diagnostic: str) -> str:
    trace = f"Retour {diagnostic}"
    if courriel.refuse_le is not None:
        return f"Déjà connu : le courriel {courriel.pk} était revenu."
    if code == "5":
        courriel.marquer_refuse(trace)
        return f"Le courriel {courriel.pk} est revenu."
    if code == "4":
        courriel.derniere_erreur = trace[:200]
        courriel.save(update_fields=["derniere_erreur"])
        return f"Le courriel {courriel.pk} est retardé."
    return f"Ignoré : le courriel {courriel.pk} est arrivé."


def _sort(parties: list[Message]) -> tuple[str, str, set[str]]:
    """The class of the worst status (« 5 », « 4 », « 2 » or none), what the server said, the addresses written to."""
    champs = [
        bloc
        for partie in parties
        if partie.get_content_type() == "message/delivery-status" and isinstance(partie.get_payload(), list)
        for bloc in partie.get_payload()
        if isinstance(bloc, Message)
    ]
    sorts = {lu[1]: bloc for bloc in champs if (lu := CODE.match(_champ(bloc, "Status")))}
    if not sorts:
        return "", "", set()
    code = max(sorts)
    diagnostic = f"{_champ(sorts[code], 'Status')} {_champ(sorts[code], 'Diagnostic-Code')}"
    adresses = {_champ(bloc, "Original-Recipient").rpartition(";")[2].strip().lower() for bloc in champs} - {""}
    return code, " ".join(diagnostic.split()), adresses


def _courriel_rendu(parties: list[Message]) -> UUID | None:
    """Which mail the report gives back, whole or by its headers."""
    for partie in parties:
        if partie.get_content_type() == "text/rfc822-headers":
            rendu = email.message_from_bytes(partie.get_payload(decode=True) or b"")  # type: ignore[arg-type]
        elif partie.get_content_type() == "message/rfc822" and isinstance(partie.get_payload(), list):
            rendu = partie.get_payload()[0]  # type: ignore[assignment,index]
        else:
            continue
        for champ in ("X-Alin-Courriel", "Message-ID"):
            if lu := IDENTIFIANT.search(_champ(rendu, champ)):
                return UUID(lu[1])
    return None


def _champ(message: Message, nom: str) -> str:
    """A header as printable text, "" without one."""
    return "".join(signe if signe.isprintable() else " " for signe in str(message.get(nom, "")))
