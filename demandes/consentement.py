"""The leave one gives to one's company's housing service, and takes back (guide #3; RGPD art. 7)."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.models import CodeTexte, Entreprise, Role, Texte, User
from demandes.models import Consentement, Demande, Emploi


def texte_de_l_accord() -> Texte:
    """The words in force of « J'autorise le service logement de mon entreprise… » (guide #3).

    Raises `Texte.DoesNotExist` if no reference data were loaded.
    """
    return Texte.objects.en_vigueur().get(code=CodeTexte.CONSENTEMENT)


@transaction.atomic
def donner_son_accord(demande: Demande, entreprise: Entreprise, fin_le: date | None = None) -> None:
    """Let this company see the demand and help, until `fin_le` included or for the life of the demand.

    An earlier leave ends: to another company, until another day, or under words that have changed since.
    """
    disparue = Demande.objects.select_for_update().filter(pk=demande.pk).first() is None
    texte = texte_de_l_accord()
    le_meme = demande.consentements.en_cours().filter(entreprise=entreprise, fin_le=fin_le, texte=texte)
    if disparue or le_meme.exists():
        return
    retirer_son_accord(demande)
    Consentement.objects.create(demande=demande, entreprise=entreprise, texte=texte, fin_le=fin_le)


def retirer_son_accord(demande: Demande) -> None:
    """From the next request on, the company sees nothing any more; an act of its agent under way is waited for."""
    demande.consentements.non_retires().update(retire_le=timezone.now())


def suivre_l_employeur(demande: Demande, emploi: Emploi) -> list[str]:
    """A leave is for one's own company: the names of those that had it and are no longer the employer."""
    anciens = demande.consentements.non_retires()
    if service := emploi.service_logement:
        anciens = anciens.exclude(entreprise=service)
    noms = list(anciens.values_list("entreprise__nom", flat=True))
    anciens.update(retire_le=timezone.now())
    return noms


def tenir_l_accord(demande: Demande, *, par: User) -> bool:
    """Whether `par`, if an agent, has the leave; it is then held until the transaction ends.

    A withdrawal waits for the act, or the act sees it: seeing the demand a moment ago is not enough to act on it.
    """
    if par.role != Role.SERVICE_LOGEMENT:
        return True
    siens = demande.consentements.en_cours().filter(entreprise__in=Entreprise.objects.suivies_par(par))
    return siens.select_for_update(of=["self"]).order_by().first() is not None
