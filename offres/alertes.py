"""Stopping one's alerts and starting them again: from « Mon profil », or by the link that each of them carries.

The link is signed and holds nothing but the account's identifier; it works as long as the account does (RFC 8058:
whoever reads the mail may stop it, without signing in). It starts nothing again, and shows a masked address at most.
"""

from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from accounts.models import Courriel, User
from offres.models import Abonnement, Tournee

GABARIT = "alerte"
"""The mail's template."""
SEL = "offres.alertes"


def lien_d_arret(personne: User) -> str:
    """The address that stops this person's alerts, for the mail and its List-Unsubscribe header."""
    return settings.ADRESSE + reverse("offres:alertes_arret", args=[Signer(salt=SEL).sign(personne.pk.hex)])


def personne_du_lien(jeton: str) -> User | None:
    """Whose link this is; None if the account is gone. Raises `BadSignature` when it is not one of ours."""
    lu = Signer(salt=SEL).unsign(jeton)
    try:
        return User.objects.filter(pk=UUID(hex=lu)).first()
    except ValueError as erreur:
        raise BadSignature(lu) from erreur


def sont_actives(personne: User) -> bool:
    return not Abonnement.objects.filter(personne=personne, arrete_le__isnull=False).exists()


@transaction.atomic
def arreter(personne: User) -> None:
    """No alert any more, from now on: those that wait in the outbox do not leave either. Twice is once."""
    abonnement = _verrouiller(personne)
    if abonnement.arrete_le is None:
        abonnement.arrete_le = timezone.now()
        abonnement.save(update_fields=["arrete_le"])
    Courriel.objects.filter(personne_id=personne.pk, gabarit=GABARIT, envoye_le=None, refuse_le=None).delete()


@transaction.atomic
def reprendre(personne: User) -> None:
    """Alerts again, for what appears from now on. Twice is once."""
    abonnement = _verrouiller(personne)
    if abonnement.arrete_le is not None:
        abonnement.arrete_le = None
        abonnement.annonce_jusqu_a = Tournee.objects.aggregate(n=Max("pk"))["n"] or 0
        abonnement.save(update_fields=["arrete_le", "annonce_jusqu_a"])


def _verrouiller(personne: User) -> Abonnement:
    """The row, made if need be, ours until we commit: an alert being written for this person is waited for."""
    Abonnement.objects.get_or_create(personne=personne)
    return Abonnement.objects.select_for_update().get(personne=personne)
