"""What « Les offres » shows for one address: a tab, filters, a page (guide #5)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.http import urlencode

from demandes.models import Demande
from offres.eligibilite import Controle, Foyer, examiner
from offres.filtres import FiltresForm, Lecteur
from offres.models import Offre
from offres.plafonds import Bareme
from offres.recherche import Onglet

PAR_PAGE = 20
ECARTEES_MONTREES = 50
"""Offers that don't fit are read to understand why: the first fifty say it, the others are counted."""


@dataclass(frozen=True)
class Examinee:
    """An offer with its checks."""

    offre: Offre
    controles: list[Controle]


@dataclass(frozen=True)
class Resultats:
    """`comptes` are the offers that fit in each tab, filters aside; `ecartees` don't fit, the most urgent first."""

    onglet: Onglet
    comptes: dict[Onglet, int]
    filtres: FiltresForm
    page: Page[Offre]
    examinees: list[Examinee]
    ecartees: list[Examinee]
    nombre_ecartees: int

    @classmethod
    def pour(cls, demande: Demande, parametres: Any, jour: date) -> "Resultats":
        """Read from the address: whatever makes no sense there counts for nothing."""
        foyer, bareme = Foyer.de(demande), Bareme.en_vigueur(jour)
        ouvertes = Offre.objects.ouvertes(jour).visibles_pour(demande)
        lecteur = Lecteur(foyer, demande.zones, jour, demande.offres_vues_avant_le)
        filtres = FiltresForm(parametres, lecteur=lecteur)
        onglet = filtres.onglet(parametres.get("onglet", ""))
        du_lieu = filtres.appliquer(ouvertes.dans(onglet, demande.zones)).pour_lecture()
        page = Paginator(du_lieu.convenant_a(foyer, bareme), PAR_PAGE).get_page(parametres.get("page"))
        ecartees = du_lieu.ne_convenant_pas_a(foyer, bareme)
        return cls(
            onglet,
            ouvertes.compter_par_onglet(demande.zones, foyer, bareme),
            filtres,
            page,
            [Examinee(offre, examiner(foyer, offre, bareme)) for offre in page.object_list],
            [Examinee(offre, examiner(foyer, offre, bareme)) for offre in ecartees[:ECARTEES_MONTREES]],
            ecartees.count(),
        )

    @property
    def onglets(self) -> list[tuple[Onglet, int]]:
        return [(onglet, self.comptes[onglet]) for onglet in Onglet]

    @property
    def total(self) -> int:
        return sum(self.comptes.values())

    @property
    def offres(self) -> list[Offre]:
        return [examinee.offre for examinee in self.examinees]

    @property
    def choix(self) -> str:
        """The filters alone, as a query string: they follow from tab to tab."""
        return urlencode(self.filtres.choix_sans_commune)

    @property
    def derniere_visite(self) -> date | None:
        """An offer published since then is « nouveau »; nothing is, at the first visit."""
        return self.filtres.lecteur.derniere_visite

    @property
    def requete(self) -> str:
        """The tab and the filters: they follow from page to page."""
        return urlencode({"onglet": self.onglet.value, **self.filtres.choix})

    @property
    def retour(self) -> str:
        """What brings back to this very page: it follows to each offer."""
        return urlencode({"onglet": self.onglet.value, **self.filtres.choix, "page": str(self.page.number)})
