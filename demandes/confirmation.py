"""« Confirmer l’emploi »: the company says whether this person works there (guide #3, « validation employeur »)."""

from django.db import models, transaction
from django.utils import timezone

from accounts import courriels
from accounts.models import Entreprise, User
from accounts.mur import par_la_porte
from demandes import consultation
from demandes.consentement import retirer_son_accord, tenir_l_accord
from demandes.models import Demande, Emploi


class Reponse(models.TextChoices):
    """What the company may answer."""

    OUI = "oui", "Oui, cette personne travaille chez nous"
    NON = "non", "Non, nous ne la reconnaissons pas"
    PARTI = "parti", "Elle a quitté l’entreprise"


OBJETS = {
    Reponse.OUI: "l’emploi, pour le confirmer",
    Reponse.NON: "l’emploi, non reconnu",
    Reponse.PARTI: "l’emploi, pour dire que vous l’avez quitté",
}


class ConfirmationRefusee(Exception):
    """Why not; the text is for the agent."""


@par_la_porte()
@transaction.atomic
def confirmer_l_emploi(demande: Demande, reponse: Reponse = Reponse.OUI, *, par: User) -> Emploi:
    """Date the answer, and tell the employee who gave it. The same answer twice changes nothing.

    A job that is not recognised is told by mail, with what to check; a departure too, and it ends the leave: one does
    not help who left. Raises `Demande.DoesNotExist` if this agent may not see the demand, `ConfirmationRefusee` if the
    job is elsewhere.
    """
    demande = Demande.objects.visibles_par(par).select_for_update(of=["self"]).get(pk=demande.pk)
    if not tenir_l_accord(demande, par=par):
        raise Demande.DoesNotExist
    emploi = Emploi.objects.select_for_update().filter(demande=demande, valide_le__isnull=False).first()
    if emploi is None or emploi.service_logement not in Entreprise.objects.suivies_par(par):
        raise ConfirmationRefusee(
            "Cette personne n’a pas déclaré d’emploi dans votre entreprise. Si elle y travaille, demandez-lui "
            "d’indiquer votre n° SIRET dans « Ma situation », à la rubrique « Mon employeur »."
        )
    if emploi.reponse != reponse:
        _ecrire(emploi, reponse)
        consultation.consigner(demande, OBJETS[reponse], par=par)
        if reponse is not Reponse.OUI:
            demandeur = demande.demandeur
            contexte = {"demandeur": demandeur, "emploi": emploi, "par": par}
            courriels.ecrire(demandeur.email, f"emploi_{reponse}", contexte, pour=demandeur)
        if reponse is Reponse.PARTI:
            retirer_son_accord(demande)
    return emploi


def _ecrire(emploi: Emploi, reponse: Reponse) -> None:
    emploi.oublier_la_reponse()
    if reponse is Reponse.OUI:
        emploi.confirme_le = timezone.now()
    else:
        emploi.infirme_le, emploi.parti = timezone.now(), reponse is Reponse.PARTI
    emploi.save(update_fields=["confirme_le", "infirme_le", "parti"])
