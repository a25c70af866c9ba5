"""How amounts, ranks and dates are written in French. Every template that prints one uses these filters."""

import unicodedata
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

FINE = "\u202f"
"""The narrow no-break space: between thousands, and before the signs € and %."""

register = template.Library()


@register.filter
def nombre(valeur: float | Decimal | None) -> str:
    """12345 becomes « 12 345 »: whole, rounded, with narrow no-break spaces. Nothing for None."""
    return "" if valeur is None else f"{round(valeur):,}".replace(",", FINE)


@register.filter
def euros(valeur: float | Decimal | None) -> str:
    """1038 becomes « 1 038 € ». Whole euros: cents only where the amount has some."""
    if valeur is None:
        return ""
    centimes = round(abs(Decimal(valeur)) * 100) % 100
    return f"{nombre(int(valeur) if centimes else valeur)}{f',{centimes:02d}' if centimes else ''}{FINE}€"


@register.filter
def de(nom: object) -> str:
    """« d’Ateliers Vauban », « de Nord Logistique ». An H is taken for one that is breathed."""
    premiere = unicodedata.normalize("NFD", str(nom))[:1].lower()
    return f"d’{nom}" if premiere and premiere in "aeiou" else f"de {nom}"


@register.filter
def rang(valeur: int | None) -> SafeString | str:
    """1 becomes « 1er », 12 becomes « 12e »."""
    if valeur is None:
        return ""
    return f"{valeur}{'er' if valeur == 1 else 'e'}"


@register.filter
def jour(valeur: date | None) -> SafeString | str:
    """A `<time>`: 26/11/2026. A moment is first brought to Paris time."""
    if valeur is None:
        return ""
    local = timezone.localtime(valeur).date() if isinstance(valeur, datetime) else valeur
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), f"{local:%d/%m/%Y}")


@register.filter
def jour_en_lettres(valeur: date | None) -> str:
    """« mardi 1er décembre 2026 », for a mail: no markup, and true whenever it is read."""
    if valeur is None:
        return ""
    return (
        f"{date_format(valeur, 'l')} {rang(valeur.day) if valeur.day == 1 else valeur.day} {date_format(valeur, 'F Y')}"
    )


@register.filter
def moment(valeur: datetime | None) -> SafeString | str:
    """A `<time>` with its hour, Paris time: 23/11/2026 à 9 h 58."""
    if valeur is None:
        return ""
    local = timezone.localtime(valeur)
    ecrit = f"{local:%d/%m/%Y} à {local.hour} h {local:%M}"
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), ecrit)


@register.filter
def dans_n_jours(valeur: date | None) -> str:
    """How far a day is from today, Paris time: « dans 3 jours », « demain », « aujourd’hui », « il y a 2 jours »."""
    if valeur is None:
        return ""
    cible = timezone.localtime(valeur).date() if isinstance(valeur, datetime) else valeur
    ecart = (cible - timezone.localdate()).days
    match ecart:
        case -1:
            return "hier"
        case 0:
            return "aujourd’hui"
        case 1:
            return "demain"
        case _:
            return f"dans {ecart} jours" if ecart > 0 else f"il y a {-ecart} jours"


JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@register.filter
def reste(valeur: date) -> SafeString:
    """A deadline in words: « il reste 4 jours, jusqu’au vendredi 27/11/2026 à 23 h 59 »."""
    ecart = (valeur - timezone.localdate()).days
    if ecart < 0:
        return format_html("c’était le {}", jour(valeur))
    delai = ("c’est le dernier jour", "il reste 1 jour")[ecart] if ecart < 2 else f"il reste {ecart} jours"
    quand = jour(valeur) if ecart else "ce soir"
    nom = f"’au {JOURS[valeur.weekday()]} " if ecart else "’à "
    return format_html("{}, jusqu{}<strong>{}</strong> à 23\u00a0h\u00a059", delai, nom, quand)
