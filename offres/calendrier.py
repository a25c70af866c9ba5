"""Whole days as calendar files (RFC 5545): the deadline of an offer, and what later applications put in a diary."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from offres.models import Offre

OCTETS_PAR_LIGNE = 75
"""A line is folded above that, its end not counted (§3.1)."""


@dataclass(frozen=True)
class Journee:
    """`uid` names the event for ever: a diary that reads a later file moves it. `adresse` is its page."""

    uid: str
    jour: date
    titre: str
    description: str
    lieu: str
    adresse: str


def date_limite(offre: Offre, adresse: str, maintenant: datetime) -> str:
    """The deadline of an offer. `adresse` is its page."""
    titre = f"Date limite de candidature : {offre.get_typologie_display()} de {offre.surface} m² {offre.commune.ou}"
    jour = offre.date_limite
    description = (
        f"{offre.loyer_charges_comprises} € charges comprises, {offre.lieu}.\n"
        f"Vous pouvez postuler jusqu’au {jour:%d/%m/%Y} à 23 h 59 :\n{adresse}"
    )
    return fichier(Journee(f"offre-{offre.pk}@alin", jour, titre, description, offre.lieu, adresse), maintenant)


def fichier(journee: Journee, maintenant: datetime) -> str:
    """One event, the whole day, with a reminder the day before at 9 h."""
    lignes = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//AL’in//Les offres//FR",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{journee.uid}",
        f"DTSTAMP:{maintenant.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{journee.jour:%Y%m%d}",
        f"DTEND;VALUE=DATE:{journee.jour + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{texte(journee.titre)}",
        f"DESCRIPTION:{texte(journee.description)}",
        f"LOCATION:{texte(journee.lieu)}",
        f"URL:{journee.adresse}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{texte(journee.titre)}",
        "TRIGGER:-PT15H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{pliee}\r\n" for ligne in lignes for pliee in plier(ligne))


def texte(valeur: str) -> str:
    """A TEXT value (§3.3.11): backslash, semicolon, comma and line ends escaped, other control signs left out."""
    echappee = valeur.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    echappee = echappee.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")
    return "".join(signe for signe in echappee if signe >= " " and signe != "\x7f")


def plier(ligne: str) -> list[str]:
    """Pieces of 75 octets at most, those that follow beginning with a space; no letter is cut in two."""
    pieces, reste = [], ligne
    while len(reste.encode()) > OCTETS_PAR_LIGNE:
        debut = reste.encode()[:OCTETS_PAR_LIGNE].decode(errors="ignore")
        pieces.append(debut)
        reste = f" {reste[len(debut) :]}"
    return [*pieces, reste]
