"""What pages say of an address to which mails do not arrive."""

from datetime import datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.template import Context

from accounts.models import Courriel, User

register = template.Library()


@register.simple_tag
def en_defaut_depuis(personne: User) -> datetime | None:
    """Since when mails to this person come back; None if they arrive."""
    return Courriel.objects.en_defaut_depuis(personne.email)


@register.inclusion_tag("components/adresse_en_defaut.html", takes_context=True)
def bandeau_adresse(context: Context) -> dict[str, Any]:
    """Tells its owner that an address does not work, and how to repair it."""
    request: HttpRequest = context["request"]
    if request.user.is_anonymous:
        return {"depuis": None}
    adresse = request.user.email
    depuis = Courriel.objects.en_defaut_depuis(adresse)
    essai = Courriel.objects.dernier_essai(adresse) if depuis else None
    return {"depuis": depuis, "adresse": adresse, "essai": essai, "csrf_token": context["csrf_token"]}
