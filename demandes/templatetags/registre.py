"""`{% copie_datee demande %}`: while the registry is away, what a page shows is our copy, and its date is said."""

from typing import Any

from django import template

from demandes.models import Demande
from demandes.sne.absence import absent_depuis

register = template.Library()


@register.inclusion_tag("demandes/copie_datee.html")
def copie_datee(demande: Demande) -> dict[str, Any]:
    return {"demande": demande, "absent_depuis": absent_depuis()}
