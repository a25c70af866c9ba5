"""One company of ten thousand employees who all gave their leave, and the agents of its housing service.

Everybody else in the country works for another.

In the small country it has a hundred: the ratio between both is what a large company costs.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import connection

from accounts.models import User
from demandes.consentement import texte_de_l_accord
from demandes.models import Consentement, Emploi
from tests.charge.peuplement import DEMANDE, Echelle, identifiant
from tests.factories import SIRETS, AppartenanceFactory, EntrepriseFactory

SALARIES, AGENTS = 10_000, 8


def preparer_l_entreprise(echelle: Echelle, session_de: Callable[[User], dict[str, str]]) -> list[dict[str, str]]:
    """The sessions of its agents. Its employees are spread among all the demands: as many have applied as elsewhere."""
    entreprise, texte = EntrepriseFactory(siret=SIRETS[1]), texte_de_l_accord()
    pas = max(1, echelle.demandes // echelle.de(SALARIES))
    siens = [UUID(identifiant(DEMANDE, n)) for n in range(0, echelle.demandes, pas)]
    Consentement.objects.bulk_create(
        (Consentement(demande_id=demande, entreprise=entreprise, texte=texte) for demande in siens), batch_size=2_000
    )
    Emploi.objects.filter(demande__in=siens).update(siret=entreprise.siret)
    with connection.cursor() as curseur:
        curseur.execute("ANALYZE demandes_consentement, demandes_emploi")
    return [session_de(AppartenanceFactory(entreprise=entreprise).agent) for _ in range(AGENTS)]
