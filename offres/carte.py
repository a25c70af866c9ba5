"""The map of « Les offres »: how many dwellings fit in each commune of the three zones, each a link (guide #5)."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from demandes.lieux import Lieu
from demandes.models import Commune, Demande, Departement
from offres.eligibilite import Foyer
from offres.filtres import Filtres, Lecteur
from offres.models import Offre
from offres.plafonds import Bareme
from offres.plan import Ville, cadres, dessiner
from offres.recherche import Onglet

VILLES_AU_PLUS = 60
"""Communes drawn and listed: those asked for, those around, then those with most dwellings. The others are counted."""
MENTION = "Contours : IGN, Admin Express COG. Licence Ouverte 2.0."


@dataclass(frozen=True)
class Carte:
    """`villes` are on the plans and in the table; `autres` communes, with `logements_ailleurs`, in the list alone."""

    filtres: Filtres
    comptes: dict[Onglet, int]
    villes: list[Ville]
    plans: list[SafeString]
    autres: int
    logements_ailleurs: int
    mention: str = MENTION

    @classmethod
    def pour(cls, demande: Demande, parametres: QueryDict, jour: date) -> "Carte":
        """Read from the address, with the filters of the list."""
        foyer, zones = Foyer.de(demande), demande.zones
        filtres = Filtres.lus(parametres, Lecteur(foyer, zones, jour, demande.offres_vues_avant_le))
        possibles = Offre.objects.ouvertes(jour).visibles_pour(demande).autour_de(zones)
        convenables = possibles.convenant_a(foyer, Bareme.connu(jour, demande.reperes))
        comptes = filtres.retenir(convenables, sans_commune=True).compter_par_commune()
        lieux = _lieux(set(comptes) | zones.demandees | zones.limitrophes)
        villes = _villes(comptes, {lieu.code: lieu for lieu in lieux}, filtres)
        proches = tuple(lieu for lieu in lieux if lieu.code in zones.demandees | zones.limitrophes)
        noms = dict(Departement.objects.filter(code__in=zones.departements).values_list("code", "nom"))
        dessins = dessiner(cadres(zones, proches, noms), villes[:VILLES_AU_PLUS])
        return cls(
            filtres,
            _par_onglet(villes),
            villes[:VILLES_AU_PLUS],
            [mark_safe(dessin) for dessin in dessins],  # noqa: S308 - our own drawings, every name escaped
            len(villes[VILLES_AU_PLUS:]),
            sum(ville.nombre for ville in villes[VILLES_AU_PLUS:]),
        )

    @property
    def zones(self) -> list[tuple[Onglet, int, list[Ville]]]:
        """The table: for each tab, its count and its communes."""
        return [(o, self.comptes[o], [ville for ville in self.villes if ville.zone == o.value]) for o in Onglet]

    @property
    def total(self) -> int:
        return sum(self.comptes.values())

    @property
    def choix(self) -> str:
        """The filters, as a query string: they follow to the list."""
        return urlencode(self.filtres.choix_sans_commune)


def _lieux(codes: set[str] | frozenset[str]) -> list[Lieu]:
    rangees = Commune.objects.filter(code__in=sorted(codes)).order_by("code").values_list("code", "nom", "parent_id")
    return [Lieu(*rangee) for rangee in rangees]


def _villes(comptes: dict[str, int], lieux: dict[str, Lieu], filtres: Filtres) -> list[Ville]:
    """The tabs in their order, and in each the communes with most dwellings first."""
    zones, choix = filtres.lecteur.zones, filtres.choix_sans_commune
    villes = [
        Ville(
            code,
            lieux[code].nom_court,
            Onglet.de_la_commune(code, zones).value,
            nombre,
            f"?{urlencode({'commune': code, **choix})}",
        )
        for code, nombre in comptes.items()
    ]
    ordre = list(Onglet.values)
    return sorted(villes, key=lambda ville: (ordre.index(ville.zone), -ville.nombre, ville.nom))


def _par_onglet(villes: list[Ville]) -> dict[Onglet, int]:
    return {onglet: sum(v.nombre for v in villes if v.zone == onglet.value) for onglet in Onglet}
