"""Recording that someone else opened a demand, in the transaction of the look (guide #3; architecture, §5)."""

from accounts.models import Consultation, Role, User
from demandes.models import Demande


def consigner(demande: Demande, objet: str, *, par: User) -> None:
    """Remember who opened what of this demand, and when; nobody's look at his own demand is recorded."""
    if par.pk == demande.demandeur_id:
        return
    accord = demande.consentements.en_cours().select_related("entreprise").first()
    entreprise = f", {accord.entreprise}" if accord and par.role == Role.SERVICE_LOGEMENT else ""
    Consultation.objects.create(
        par_id=par.pk,
        par_nom=f"{par}{entreprise}",
        par_role=par.role,
        objet=objet,
        objet_id=demande.pk,
        demandeur_id=demande.demandeur_id,
    )
