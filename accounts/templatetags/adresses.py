"""What pages say of an address to which mails do not arrive."""

from datetime import datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context

from accounts.bandeaux import Bandeaux, bandeaux_de
from accounts.models import Courriel, User

register = template.Library()


@register.simple_tag
def en_defaut_depuis(personne: User) -> datetime | None:
    """Since when mails to this person come back; None if they arrive."""
    return Courriel.objects.en_defaut_depuis(personne.email)


@register.simple_tag(takes_context=True)
def bandeaux(context: Context) -> Bandeaux | None:
    """What the top of this page has to tell its reader; nothing to whoever is not signed in."""
    request: HttpRequest = context["request"]
    return None if request.user.is_anonymous else bandeaux_de(request.user)


@register.inclusion_tag("components/adresse_en_defaut.html", takes_context=True)
def bandeau_adresse(context: Context, bandeaux: Bandeaux | None) -> dict[str, Any]:
    """Tells its owner that an address does not work, and how to repair it."""
    request: HttpRequest = context["request"]
    if request.user.is_anonymous or bandeaux is None or not bandeaux.courriel_refuse:
        return {"depuis": None}
    adresse = request.user.email
    depuis = Courriel.objects.en_defaut_depuis(adresse)
    essai = Courriel.objects.dernier_essai(adresse) if depuis else None
    return {"depuis": depuis, "adresse": adresse, "essai": essai, "csrf_token": context["csrf_token"]}
