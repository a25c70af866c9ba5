"""What the advisers' pages of earlier apps show of candidatures."""

from collections.abc import Iterable

from django import template
from django.utils import timezone

from accounts.models import Role, User
from candidatures.admin.echeances import Due, dues
from candidatures.admin.files import Attente, attentes
from candidatures.admin.graphiques import Courbes, courbes
from candidatures.models import Candidature
from demandes.models import Demande

register = template.Library()


@register.simple_tag
def ce_qui_attend(user: User) -> list[Attente]:
    """The queues of work, each with its count and its nearest deadline."""
    return attentes(user)


@register.simple_tag
def ce_qui_est_du(user: User) -> list[Due]:
    """What has to be done today, each line a filter of the list."""
    return dues(user, timezone.localdate())


@register.simple_tag
def les_courbes(user: User) -> Courbes:
    """The small charts, in three queries."""
    return courbes(user, timezone.localdate())


@register.simple_tag
def candidatures_de(demande: Demande) -> Iterable[Candidature]:
    """Every candidature of this demand, newest first."""
    return Candidature.objects.filter(demande=demande).pour_lecture()


@register.simple_tag
def exportable(lecteur: User, personne: User) -> bool:
    """Whether `lecteur` may hand over all that is held of `personne`, who asked for it in writing."""
    return personne.role == Role.DEMANDEUR and lecteur.has_perm("accounts.exporter_donnees")
