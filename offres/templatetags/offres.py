"""What pages show of offers."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from demandes.models import Demande
from offres import facade
from offres.cartes import cartes, traits
from offres.eligibilite import Foyer
from offres.filtres import Filtres, FiltresForm
from offres.models import Offre
from offres.photos import Taille
from offres.plafonds import Bareme
from offres.recherche import Onglet

register = template.Library()

TAILLES = ("T1", "T2", "T3", "T4", "T5")


@dataclass(frozen=True)
class Possibles:
    """How many offers fit, by tab, and which of them closes first."""

    demandees: int
    limitrophes: int
    departement: int
    prochaine: Offre | None

    @property
    def prochaine_limite(self) -> date | None:
        return self.prochaine.date_limite if self.prochaine else None

    @property
    def total(self) -> int:
        return self.demandees + self.limitrophes + self.departement


@register.simple_tag
def offres_possibles(demande: Demande) -> Possibles:
    jour, foyer = timezone.localdate(), Foyer.de(demande)
    bareme = Bareme.connu(jour, demande.reperes)
    ouvertes = Offre.objects.ouvertes(jour).visibles_pour(demande)
    comptes = ouvertes.compter_par_onglet(demande.zones, foyer, bareme)
    premiere = ouvertes.autour_de(demande.zones).convenant_a(foyer, bareme).order_by("date_limite").first()
    return Possibles(
        comptes[Onglet.DEMANDEES],
        comptes[Onglet.LIMITROPHES],
        comptes[Onglet.DEPARTEMENT],
        premiere,
    )


@register.simple_tag
def foyer_de(demande: Demande) -> Foyer:
    """The household as the rules see it."""
    return Foyer.de(demande)


@register.simple_tag
def adresse_de_la_facade(offre: Offre) -> str:
    """The drawing's address, with the print of what it shows."""
    return f"{reverse('offres:facade', args=[offre.pk])}?v={facade.empreinte(offre)}"


@register.simple_tag
def adresse_de_l_image(offre: Offre) -> str:
    """What stands for the dwelling in a list: its first photograph, else the drawing of its front."""
    return Taille.PETITE.adresse(offre.pk, offre.photo) if offre.photo else adresse_de_la_facade(offre)


@register.simple_tag
def texte_de_la_facade(offre: Offre) -> str:
    return facade.texte(offre)


@register.simple_tag
def filtres_a_choisir(filtres: Filtres, onglet: str = "", vue: str = "") -> SafeString:
    """« Filtrer et trier », of the list or of the map."""
    return _filtres_a_choisir(filtres.formulaire, onglet, vue, filtres.commune.code if filtres.commune else "")


@lru_cache(maxsize=500)
def _filtres_a_choisir(formulaire: FiltresForm, onglet: str, vue: str, commune: str) -> SafeString:
    """The same for everybody who chose the same: sixty choices to print, for the first of them only."""
    contexte = {"formulaire": formulaire, "onglet": onglet, "vue": vue, "commune": commune}
    return SafeString(render_to_string("offres/filtres.html", contexte))


register.simple_tag(cartes)
register.filter(traits)


@register.simple_tag
def tailles(offre: Offre, foyer: Foyer) -> list[tuple[str, str]]:
    """The five sizes drawn, each with its class: the dwelling's own, possible, or neither."""
    possibles = {str(t)[:2] for t in foyer.typologies}
    celle_ci = "T5" if offre.typologie == "T6" else offre.typologie[:2]
    classe = "celui-ci" if offre.typologie in foyer.typologies else "refus"
    return [(t, classe if t == celle_ci else "possible" if t in possibles else "") for t in TAILLES]
