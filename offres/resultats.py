"""What « Les offres » shows for one address: a tab, filters, a page (guide #5)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.http import urlencode

from demandes.models import Demande
from offres.eligibilite import Controle, Foyer, examiner
from offres.filtres import Filtres, Lecteur
from offres.models import Offre
from offres.plafonds import Bareme
from offres.recherche import Criteres, Onglet
from offres.tranche import Lecture

PAGES_AU_PLUS = 10_000
ECARTEES_MONTREES = 50
"""Offers that don't fit are read to understand why: the first fifty say it, the others are counted."""


@dataclass(frozen=True)
class Examinee:
    """An offer with its checks."""

    offre: Offre
    controles: list[Controle]


@dataclass(frozen=True)
class Resultats:
    """`comptes` are the offers that fit in each tab, filters aside; `files`, how many candidatures each has received.

    `ecartees` pass the filters and don't fit, in the order asked for: None until they are.
    """

    onglet: Onglet
    comptes: dict[Onglet, int]
    filtres: Filtres
    page: Page[Offre]
    examinees: list[Examinee]
    files: dict[UUID, int]
    ecartees: list[Examinee] | None
    nombre_ecartees: int

    @classmethod
    def pour(cls, demande: Demande, parametres: QueryDict, jour: date) -> "Resultats":
        """Read from the address: whatever makes no sense there counts for nothing."""
        foyer, bareme = Foyer.de(demande), Bareme.connu(jour, demande.reperes)
        filtres = Filtres.lus(parametres, Lecteur(foyer, demande.zones, jour, demande.offres_vues_avant_le))
        onglet = filtres.onglet(parametres.get("onglet", ""))
        lecture = Lecture(onglet, filtres, jour, demande.zones, Criteres.de(foyer, bareme))
        page, tranche = lecture.page(_numero(parametres.get("page")))
        ecartees, nombre = None, 0
        if parametres.get("ecartees") == "oui":
            ouvertes = Offre.objects.ouvertes(jour).visibles_pour(demande).dans(onglet, demande.zones)
            autres = filtres.appliquer(ouvertes).ne_convenant_pas_a(foyer, bareme).pour_lecture()
            ecartees, nombre = _examinees(foyer, autres[:ECARTEES_MONTREES], bareme), autres.count()
        examinees = _examinees(foyer, tranche.offres, bareme)
        return cls(onglet, tranche.comptes, filtres, page, examinees, tranche.files, ecartees, nombre)

    @property
    def onglets(self) -> list[tuple[Onglet, int]]:
        return [(onglet, self.comptes[onglet]) for onglet in Onglet]

    @property
    def total(self) -> int:
        return sum(self.comptes.values())

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
        return f"{self.requete}&page={self.page.number}" if self.page.number > 1 else self.requete

    @property
    def avec_les_ecartees(self) -> str:
        """What shows, on this very page, why other offers don't fit."""
        return f"{self.retour}&ecartees=oui"


def _examinees(foyer: Foyer, offres: Iterable[Offre], bareme: Bareme) -> list[Examinee]:
    return [Examinee(offre, examiner(foyer, offre, bareme)) for offre in offres]


def _numero(valeur: str | None) -> int:
    """The page asked for, from 1; the first one for nonsense, the last one for a number out of reason."""
    demande = valeur or ""
    if not (demande.isascii() and demande.isdigit()):
        return 1
    chiffres = demande.lstrip("0")  # Python reads no number of 4 300 figures
    return PAGES_AU_PLUS if len(chiffres) > len(str(PAGES_AU_PLUS)) else max(1, min(int(chiffres or 0), PAGES_AU_PLUS))
