"""What is done to the rows that are due, in the transaction of their batch. Each function says to how many."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts import courriels
from accounts.models import User
from accounts.purge import purger
from candidatures.conservation.dues import ANNONCE, PREAVIS
from candidatures.effacement import effacer


def supprimer(lignes: QuerySet[Any]) -> int:
    """Delete the rows, and what hangs on them."""
    return lignes.delete()[1].get(lignes.model._meta.label, 0)


def _verrouiller(lignes: QuerySet[Any]) -> list[Any]:
    """The rows, ours until we commit, and still due once they are: somebody may just have signed in."""
    prises = list(lignes.order_by("pk").select_for_update(of=["self"]))
    return list(lignes.filter(pk__in=[ligne.pk for ligne in prises]))


def supprimer_une_a_une(lignes: QuerySet[Any]) -> int:
    demandes = _verrouiller(lignes)
    for demande in demandes:
        demande.delete()
    return len(demandes)


def effacer_les_comptes(lignes: QuerySet[User]) -> int:
    """As « Supprimer mon compte » does, with the same exceptions."""
    personnes = _verrouiller(lignes)
    for personne in personnes:
        effacer(personne)
    return len(personnes)


def prevenir(lignes: QuerySet[User]) -> int:
    le = timezone.localdate() + timedelta(days=PREAVIS.jours)
    personnes = list(lignes)
    for personne in personnes:
        courriels.ecrire(personne.email, ANNONCE, {"demandeur": personne, "le": le}, pour=personne)
    return len(personnes)


def desactiver(lignes: QuerySet[User]) -> int:
    return lignes.update(is_active=False)


def purger_le_registre(lignes: QuerySet[Any]) -> int:
    return purger(lignes.model, list(lignes.values_list("pk", flat=True)))
