"""The cards of a list, quickly: a list is twenty times the same card, and Django would read its template twenty times.

`templates/offres/carte.html` is rendered once with the names of its values in their places; then filling it is joining
strings. What comes from a bailleur is escaped here.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString

from alin.templatetags.ecriture import dans_n_jours, euros, jour, nombre
from alin.templatetags.icones import icone_commune
from offres import facade
from offres.eligibilite import Controle, Verdict
from offres.models import Offre, Typologie
from offres.photos import Taille

if TYPE_CHECKING:
    from offres.resultats import Examinee

VALEURS = (
    *("genre_d_image", "image", "adresse", "prix", "genre", "lieu", "nouveau", "traits", "controles"),
    *("limite", "delai", "disponible", "candidatures", "dpe"),
)
MARQUE = "\x00"
NOUVEAU = ' <span class="marque info">Nouveau</span>'
TYPES = dict(Typologie.choices)


def cartes(
    examinees: "Iterable[Examinee]", candidatures: dict[UUID, int], suite: str, depuis: date | None
) -> SafeString:
    """A `<li>` each.

    `candidatures`: how many each offer has received; `suite`: the query that leads back here; `depuis`: the visit
    before, since when an offer is new.
    """
    liste, suite, patron = reverse("offres:liste"), escape(suite), _patron()
    delais: dict[date, str] = {}
    lues: list[str] = []
    for examinee in examinees:
        offre, limite = examinee.offre, examinee.offre.date_limite
        valeurs = _valeurs(offre, examinee.controles, candidatures.get(offre.pk, 0))
        valeurs["delai"] = delais.get(limite) or delais.setdefault(limite, dans_n_jours(limite))
        valeurs["nouveau"] = NOUVEAU if depuis and offre.publiee_le >= depuis else ""
        valeurs["adresse"] = f"{liste}{offre.pk}/?{suite}"
        valeurs["genre_d_image"] = " photo" if offre.photo else ""
        valeurs["image"] = (
            Taille.PETITE.adresse(offre.pk, offre.photo)
            if offre.photo
            else f"{liste}{offre.pk}/facade.svg?v={facade.empreinte(offre)}"
        )
        lues.append(patron % valeurs)
    return SafeString("\n".join(lues))


_euros = lru_cache(maxsize=5_000)(euros)
_jour = lru_cache(maxsize=1_000)(jour)


@cache
def _patron() -> str:
    """The card as a format."""
    places = {nom: SafeString(f"{MARQUE}({nom})s") for nom in VALEURS}
    carte = render_to_string("offres/carte.html", places)
    return f"<li>{carte.replace('%', '%%').replace(MARQUE, '%')}</li>"


def _valeurs(offre: Offre, controles: list[Controle], file: int) -> dict[str, str]:
    disponible = offre.disponible_le
    return {
        "prix": _euros(offre.loyer_charges_comprises),
        "genre": f"{TYPES[offre.typologie]} · {offre.surface} m²",
        "lieu": escape(offre.lieu),
        "traits": traits(offre),
        "controles": "".join(_controle(controle.verdict, controle.court) for controle in controles),
        "limite": _jour(offre.date_limite),
        "disponible": f'<br><span class="doux">Disponible dès le {_jour(disponible)}</span>' if disponible else "",
        "candidatures": f"<b>{nombre(file)}</b> candidature{'s' if file > 1 else ''}" if file else "Aucune candidature",
        "dpe": f'<span class="lettre" data-l="{offre.dpe}">{offre.dpe}</span>'
        if offre.dpe
        else '<span class="doux">non communiqué</span>',
    }


@lru_cache(maxsize=5_000)
def _controle(verdict: Verdict, court: str) -> str:
    if verdict is Verdict.CONVIENT:
        return f"<li>{icone_commune('check')}{escape(court)}</li>"
    return f'<li class="limite-proche">{icone_commune("triangle-alert")}{escape(court)}</li>'


def traits(offre: Offre) -> str:
    """« 3e étage sur 6 · ascenseur · balcon · immeuble de 1908 »."""
    maison = offre.nature == "maison"
    morceaux = [
        _construction(offre) if maison else _etage(offre),
        "" if maison else "ascenseur" if offre.ascenseur else "sans ascenseur" if (offre.etage or 0) > 1 else "",
        "balcon" if offre.balcon else "",
        "jardin" if offre.jardin else "",
        "parking" if offre.stationnement else "",
        "adapté PMR" if offre.accessible_pmr else "",
        "" if maison else _construction(offre),
    ]
    return " · ".join(morceau for morceau in morceaux if morceau)


def _construction(offre: Offre) -> str:
    """« immeuble de 1908 »; nothing of a building whose year is unknown."""
    maison, annee = offre.nature == "maison", offre.annee_construction
    if annee is None:
        return "maison" if maison else ""
    return f"{'maison' if maison else 'immeuble'} de {annee}"


def _etage(offre: Offre) -> str:
    if offre.etage is None:
        return ""
    if offre.etage < 0:
        return f"niveau −{-offre.etage}"
    etage = "rez-de-chaussée" if offre.etage == 0 else "1er étage" if offre.etage == 1 else f"{offre.etage}e étage"
    return f"{etage} sur {offre.nombre_etages}" if offre.nombre_etages and offre.etage else etage
