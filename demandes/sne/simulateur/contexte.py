"""What every page of the simulator shows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from demandes.sne.simulateur.models import Panne, Reglages, aujourd_hui

FAITS = {
    "modifiee": "Vos modifications sont enregistrées.",
    "piece": "La pièce est déposée.",
    "renouvelee": "La demande est renouvelée pour un an.",
    "radiee": "La demande est radiée.",
    "retablie": "La demande est rétablie, avec son ancienneté.",
    "reglages": "Les réglages sont enregistrés.",
}
"""The sentence after a redirection, by the value of `?fait=`."""


def commun(request: HttpRequest) -> dict[str, Any]:
    """A context processor: what was just done, the fault under way, the registry's day, the way back to the portal."""
    reglages = Reglages.lire()
    return {
        "fait": FAITS.get(request.GET.get("fait", ""), ""),
        "panne": "" if reglages.panne == Panne.AUCUNE else Panne(reglages.panne).label,
        "jour": aujourd_hui(),
        "portail": settings.ADRESSE,
    }
