"""The tags of `adresses`, the one that asks the database answering from memory."""

from functools import lru_cache

from django import template
from django.template import Context

from accounts.bandeaux import Bandeaux, bandeaux_de
from accounts.models import User
from accounts.templatetags import adresses

register = template.Library()
register.tags |= adresses.register.tags


@register.simple_tag(takes_context=True)
def bandeaux(context: Context) -> Bandeaux:
    return _bandeaux(context["request"].user)


@lru_cache(maxsize=1000)
def _bandeaux(user: User) -> Bandeaux:
    return bandeaux_de(user)
