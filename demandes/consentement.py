"""The leave one gives to one's company's housing service, and takes back (guide #3; RGPD art. 7)."""

from django.db import transaction
from django.utils import timezone

from accounts.models import CodeTexte, Entreprise, Texte
from demandes.models import Consentement, Demande


def texte_de_l_accord() -> Texte:
    """The words in force of « J'autorise le service logement de mon entreprise… » (guide #3).

    Raises `Texte.DoesNotExist` if no reference data were loaded.
    """
    return Texte.objects.en_vigueur().get(code=CodeTexte.CONSENTEMENT)


@transaction.atomic
def donner_son_accord(demande: Demande, entreprise: Entreprise) -> None:
    """Let this company see the demand and help; an earlier leave to another company ends."""
    disparue = Demande.objects.select_for_update().filter(pk=demande.pk).first() is None
    en_cours = demande.consentements.en_cours()
    if disparue or en_cours.filter(entreprise=entreprise).exists():
        return
    en_cours.update(retire_le=timezone.now())
    Consentement.objects.create(demande=demande, entreprise=entreprise, texte=texte_de_l_accord())


def retirer_son_accord(demande: Demande) -> None:
    """From the next request on, the company sees nothing any more."""
    demande.consentements.en_cours().update(retire_le=timezone.now())


def suivre_l_employeur(demande: Demande, siret: str) -> list[str]:
    """A leave is for one's own company: the names of those that had it and are no longer the employer."""
    anciens = demande.consentements.en_cours().exclude(entreprise__siret=siret)
    noms = list(anciens.values_list("entreprise__nom", flat=True))
    anciens.update(retire_le=timezone.now())
    return noms
