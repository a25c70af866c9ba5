"""What an adviser's bulk act costs: `python -m tests.charge.lot 1000` validates as many and prints how long it took."""

import json
import sys
import time
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from accounts.models import User


def mesurer(nombre: int) -> dict[str, Any]:
    """Validate the first of the country that wait."""
    from accounts.models import Role, User
    from candidatures.models import Candidature
    from candidatures.statuts import Statut

    conseiller = User.objects.filter(role=Role.CONSEILLER).order_by("email")[0]
    en_attente = Candidature.objects.filter(statut=Statut.DEPOSEE).order_by("pk")
    cles = list(en_attente.values_list("pk", flat=True)[:nombre])
    debut = time.perf_counter()
    faites = faire(cles, conseiller)
    duree = time.perf_counter() - debut
    return {"dossiers": faites, "secondes": round(duree, 2), "par_s": round(faites / duree, 1)}


def faire(cles: list[Any], par: "User") -> int:
    """The bulk act, as the worker does it: chosen, confirmed, then dossier by dossier. Returns how many were done."""
    from candidatures import en_lot
    from candidatures.models import Candidature
    from candidatures.statuts import Action

    lot = en_lot.choisir(Candidature.objects.filter(pk__in=cles), Action.VALIDER, par=par)
    en_lot.confirmer(lot)
    while en_lot.derouler(lot.pk):
        pass
    return lot.avancement().faites


if __name__ == "__main__":
    django.setup()
    json.dump(mesurer(int(sys.argv[1])), sys.stdout)
