"""The offers an employee can apply to, those reserved to his company first."""

from datetime import date
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Case, Value, When

from demandes.models import Demande
from offres.eligibilite import Foyer
from offres.models import Offre
from offres.plafonds import Bareme
from offres.recherche import Onglet

PAR_PAGE = 20


class Proposition(NamedTuple):
    """`ou`: the tab of « Les offres » that the employee finds it in."""

    offre: Offre
    ou: Onglet


class Propositions(NamedTuple):
    page: Page[Offre]
    lignes: list[Proposition]


def propositions(demande: Demande, jour: date, numero: str | int | None = 1, par_page: int = PAR_PAGE) -> Propositions:
    """One page of what `workflow.postuler` would take, in the communes of his three tabs."""
    foyer, zones = Foyer.de(demande), demande.zones
    conviennent = Offre.objects.ouvertes(jour).autour_de(zones).convenant_a(foyer, Bareme.connu(jour, demande.reperes))
    possibles = conviennent.exclude(designation_jusqu_au__lt=jour).pour_lecture()
    reservees_d_abord = Case(When(reservee_a=None, then=Value(1)), default=Value(0))
    page = Paginator(possibles.order_by(reservees_d_abord, "date_limite", "reference"), par_page).get_page(numero)
    return Propositions(page, [Proposition(o, Onglet.de_la_commune(o.commune_id, zones)) for o in page])
