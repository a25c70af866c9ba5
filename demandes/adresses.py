"""Where « Modifier mes informations » and « Déposer mes pièces » lead."""

from django.conf import settings

from demandes.models import Demande, Departement

SITE_NATIONAL = "https://www.demande-logement-social.gouv.fr"


def site_de_la_demande(demande: Demande) -> str:
    """The registration site of the first commune asked for; in the demo, the simulator's page of this demand."""
    if settings.DEMO:
        return f"{settings.SNE_PAGES}/demandes/{demande.numero_unique}/"
    departement = (
        Departement.objects.filter(communes__souhait__demande=demande).order_by("communes__souhait__rang").first()
    )
    return departement.site if departement else SITE_NATIONAL


def site_du_numero(numero: str) -> str:
    """The same before the demand is known: the site of the territory that gave this number (its first three signs)."""
    if settings.DEMO:
        return f"{settings.SNE_PAGES}/demandes/{numero}/"
    departement = Departement.objects.filter(code__in=(numero[:3], numero[1:3] if numero[0] == "0" else "")).first()
    return departement.site if departement else SITE_NATIONAL
