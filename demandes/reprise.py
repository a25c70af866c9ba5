"""An import that was started goes on by itself: after the right code, nobody has to wait in front of a silent registry.

The clock tries every verified import that nobody refused, until it is done or its day is over; the person is told by
mail. Trying one twice at once is harmless: `importation.importer` writes once.
"""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts import courriels
from demandes.importation import ImportRefuse, importer
from demandes.models import Importation
from demandes.sne import client

TROP_LONG = (
    "Le registre des demandes n’a pas répondu pendant 24 h. Ce n’est pas votre faute : saisissez de nouveau votre "
    "Numéro Unique, un autre code vous sera envoyé."
)


def reprendre(identifiant: UUID) -> bool:
    """Try one verified import again, if it still waits; whether the demand is there now."""
    importation = Importation.objects.a_reprendre().select_related("par").filter(pk=identifiant).first()
    if importation is None:
        return False
    try:
        importer(importation, par=importation.par, annoncer=True)
    except (ImportRefuse, client.RegistreIndisponible):
        return False
    return True


def clore_les_perimees() -> None:
    """Close the imports whose code ran out, and forget the address; those that were promised to go on are told."""
    perimees = Importation.objects.perimees()
    for identifiant in list(perimees.filter(verifiee_le__isnull=False, refus="").values_list("pk", flat=True)):
        _renoncer(identifiant)
    perimees.update(close_le=timezone.now(), empreinte="", adresse="")


@transaction.atomic
def _renoncer(identifiant: UUID) -> None:
    importation = Importation.objects.perimees().select_for_update().filter(pk=identifiant, refus="").first()
    if importation is None:
        return
    contexte = {"numero": importation.numero_unique, "motif": TROP_LONG}
    courriels.ecrire(importation.par.email, "import_refuse", contexte)
    importation.close_le, importation.adresse = timezone.now(), ""
    importation.save()
