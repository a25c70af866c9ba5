"""What the advisers' pages of earlier apps show of candidatures."""

from collections.abc import Iterable

from django import template

from accounts.models import Role, User
from candidatures.admin.files import Attente, attentes
from candidatures.models import Candidature
from demandes.models import Demande

register = template.Library()


@register.simple_tag
def ce_qui_attend(user: User) -> list[Attente]:
    """The queues of work, each with its count and its nearest deadline."""
    return attentes(user)


@register.simple_tag
def candidatures_de(demande: Demande) -> Iterable[Candidature]:
    """Every candidature of this demand, newest first."""
    return Candidature.objects.filter(demande=demande).pour_lecture()


@register.simple_tag
def exportable(lecteur: User, personne: User) -> bool:
    """Whether `lecteur` may hand over all that is held of `personne`, who asked for it in writing."""
    return personne.role == Role.DEMANDEUR and lecteur.has_perm("accounts.exporter_donnees")
