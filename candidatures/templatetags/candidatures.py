"""What pages of earlier apps show of candidatures: this is where apps meet."""

from typing import Any

from django import template
from django.utils import timezone

from candidatures.classement import rangs
from candidatures.models import Candidature
from candidatures.statuts import TRANSITIONS, Action, Statut
from candidatures.workflow import empechement, place_prise
from demandes.adresses import site_de_la_demande
from demandes.models import Demande
from demandes.pieces import Piece
from demandes.validite import examiner as situer
from offres.models import Offre
from offres.templatetags.offres import offres_possibles

register = template.Library()


@register.inclusion_tag("candidatures/postuler_bouton.html")
def postuler(offre: Offre, demande: Demande) -> dict[str, Any]:
    """« Je postule », or why one cannot and what to do next."""
    active, jour = place_prise(demande), timezone.localdate()
    place = rangs.si(demande, offre, jour)
    return {
        "offre": offre,
        "active": active,
        "annulable": active is not None and active.statut in TRANSITIONS[Action.ANNULER].depuis,
        "sur_cette_offre": active is not None and active.offre_id == offre.pk,
        "raison": None if active else empechement(demande, offre, jour),
        "validite": situer(demande, jour),
        "site": site_de_la_demande(demande),
        "place": place,
        "nombre": place.deposees,
    }


@register.inclusion_tag("candidatures/a_faire.html")
def a_faire(demande: Demande, manquantes: list[Piece], site: str) -> dict[str, Any]:
    """The one thing to do now on « Ma situation », the most pressing first."""
    candidature, jour = place_prise(demande), timezone.localdate()
    libre = candidature is None and not manquantes
    return {
        "demande": demande,
        "candidature": candidature,
        "manquantes": manquantes,
        "site": site,
        "validite": situer(demande, jour),
        "a_repondre": candidature is not None and candidature.statut == Statut.PROPOSEE,
        "signee": candidature is not None and candidature.statut == Statut.BAIL_SIGNE,
        "possibles": offres_possibles(demande) if libre else None,
    }


@register.simple_tag
def candidature_active(demande: Demande) -> Candidature | None:
    """The candidature that takes the applicant's one place, if any."""
    return Candidature.objects.actives().filter(demande=demande).pour_lecture().first()
