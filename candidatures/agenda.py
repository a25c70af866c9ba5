"""The day an applicant has to keep, for his own calendar: the visit, then the commission."""

from candidatures.models import Candidature
from candidatures.statuts import Statut
from offres.calendrier import Journee


def rendez_vous(candidature: Candidature, adresse: str) -> Journee | None:
    """What is ahead in this status, if a day is set. `adresse` is the page of his candidatures.

    One identifier each: a day that moved moves in the calendar too.
    """
    offre = candidature.offre
    quel = f"{offre.get_typologie_display()} de {offre.surface} m² {offre.commune.ou}"
    match Statut(candidature.statut), candidature.visite_le, candidature.commission_le:
        case Statut.VISITE, jour, _ if jour:
            nom, titre = "visite", f"Visite du logement : {quel}"
            suite = "La visite est gratuite. Le bailleur vous donne l’heure et l’adresse."
        case Statut.EN_COMMISSION, _, jour if jour:
            nom, titre = "commission", f"Commission d’attribution : {quel}"
            suite = "Vous n’avez pas à venir : la commission décide sur votre dossier. Le résultat suit par e-mail."
        case _:
            return None
    description = (
        f"{offre.bailleur.nom}, offre {offre.reference}. {suite}\n"
        f"Ne donnez pas congé de votre logement actuel avant d’avoir signé votre bail.\n{adresse}"
    )
    return Journee(f"candidature-{candidature.pk}-{nom}@alin", jour, titre, description, offre.lieu, adresse)
