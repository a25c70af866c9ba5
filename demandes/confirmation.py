"""« Confirmer l’emploi »: the company says that this person works there (guide #3, « validation employeur »)."""

from django.db import transaction
from django.utils import timezone

from accounts.models import Entreprise, User
from accounts.mur import par_la_porte
from demandes import consultation
from demandes.consentement import tenir_l_accord
from demandes.models import Demande, Emploi


class ConfirmationRefusee(Exception):
    """Why not; the text is for the agent."""


@par_la_porte()
@transaction.atomic
def confirmer_l_emploi(demande: Demande, *, par: User) -> Emploi:
    """Date the confirmation, and tell the employee who gave it. A second confirmation changes nothing.

    Raises `Demande.DoesNotExist` if this agent may not see the demand, `ConfirmationRefusee` if the job is elsewhere.
    """
    demande = Demande.objects.visibles_par(par).select_for_update(of=["self"]).get(pk=demande.pk)
    if not tenir_l_accord(demande, par=par):
        raise Demande.DoesNotExist
    siret = Entreprise.objects.suivies_par(par).values("siret")
    emploi = (
        Emploi.objects.select_for_update().filter(demande=demande, siret__in=siret, valide_le__isnull=False).first()
    )
    if emploi is None:
        raise ConfirmationRefusee("Cette personne n’a pas déclaré d’emploi dans votre entreprise.")
    if emploi.confirme_le is None:
        emploi.confirme_le = timezone.now()
        emploi.save(update_fields=["confirme_le"])
        consultation.consigner(demande, "l’emploi, pour le confirmer", par=par)
    return emploi
