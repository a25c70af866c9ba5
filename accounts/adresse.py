"""Going back to one's former e-mail address, when the change was somebody else's doing.

The link sent to the former address is signed and lasts seven days; it proves the mailbox, as a password link does.
"""

from datetime import UTC, datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.signing import BadSignature, TimestampSigner, b62_decode
from django.db import transaction

from accounts.models import User

DUREE = timedelta(days=7)
"""How long one may go back to the former address."""
SEL = "accounts.adresse"


class RetourImpossible(Exception):
    """Why not; the text is for the person."""


def jeton_de_retour(user: User, ancienne: str) -> str:
    """The secret part of the link that puts `ancienne` back."""
    return TimestampSigner(salt=SEL).sign_object(
        {"personne": str(user.pk), "ancienne": ancienne, "nouvelle": user.email}
    )


def adresse_a_retablir(jeton: str) -> str:
    """The address this link puts back. Raises `RetourImpossible`."""
    return _lire(jeton)["ancienne"]


@transaction.atomic
def retablir(jeton: str) -> User:
    """Put the former address back, end every session and remove the factors added since. Raises `RetourImpossible`.

    The password no longer works: whoever changed the address may know it.
    """
    lu = _lire(jeton)
    user = User.objects.select_for_update().filter(pk=lu["personne"], email=lu["nouvelle"], is_active=True).first()
    if user is None or User.objects.filter(email__iexact=lu["ancienne"]).exists():
        raise RetourImpossible("Ce lien a déjà servi, ou l’adresse de ce compte a encore changé depuis.")
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=lu["ancienne"], primary=True, verified=True)
    Authenticator.objects.filter(user=user, created_at__gte=_date(jeton)).delete()
    user.email = lu["ancienne"]
    user.set_unusable_password()
    user.save()
    return user


def _lire(jeton: str) -> dict[str, str]:
    try:
        lu: dict[str, str] = TimestampSigner(salt=SEL).unsign_object(jeton, max_age=DUREE)
    except BadSignature as erreur:  # expired too
        raise RetourImpossible("Ce lien n’est pas complet, ou il a plus de 7 jours.") from erreur
    return lu


def _date(jeton: str) -> datetime:
    """When the link was made: the moment of the change."""
    return datetime.fromtimestamp(b62_decode(jeton.split(":")[1]), tz=UTC)
