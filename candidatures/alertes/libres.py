"""The demands of a lot that may be written to, and where each one looks, in a few queries for the whole lot."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Exists, OuterRef

from accounts.models import Courriel
from candidatures.models import Candidature
from demandes.models import Commune, Demande, Souhait, Voisinage, Zones


def demandes_libres(cles: list[UUID]) -> list[Demande]:
    """Those that are still here, hold no place on a dwelling, and whose address takes mail."""
    prises = Candidature.objects.places_prises().filter(demande=OuterRef("pk"))
    libres = Demande.objects.filter(~Exists(prises), pk__in=cles, demandeur__is_active=True)
    demandes = list(libres.select_related("demandeur", "emploi"))
    en_defaut = _adresses_en_defaut([demande.demandeur.email for demande in demandes])
    return [demande for demande in demandes if demande.demandeur.email not in en_defaut]


def _adresses_en_defaut(adresses: list[str]) -> set[str]:
    """Those whose mails come back: writing there again would do nobody any good."""
    refusees = Courriel.objects.filter(destinataire__in=adresses, refuse_le__isnull=False)
    suspectes = set(refusees.values_list("destinataire", flat=True))
    return {adresse for adresse in suspectes if Courriel.objects.en_defaut_depuis(adresse) is not None}


def zones_de(demandes: list[Demande]) -> dict[UUID, Zones]:
    """The zones of each, as `Zones.autour_de` gives them, but for the département: an alert does not look that far."""
    souhaits: defaultdict[UUID, set[str]] = defaultdict(set)
    for demande_id, commune_id in Souhait.objects.filter(demande__in=demandes).values_list("demande_id", "commune_id"):
        souhaits[demande_id].add(commune_id)
    voulues = {code for codes in souhaits.values() for code in codes}
    arrondissements: defaultdict[str, set[str]] = defaultdict(set)
    for parent, code in Commune.objects.filter(parent__in=voulues).values_list("parent_id", "code"):
        arrondissements[parent].add(code)
    demandees = voulues.union(*arrondissements.values())
    voisines: defaultdict[str, set[str]] = defaultdict(set)
    for commune, voisine in Voisinage.objects.filter(commune__in=demandees).values_list("commune_id", "voisine_id"):
        voisines[commune].add(voisine)
    zones = {}
    for demande in demandes:
        siennes = souhaits[demande.pk].union(*(arrondissements[code] for code in souhaits[demande.pk]))
        autour: set[str] = set().union(*(voisines[code] for code in siennes))
        zones[demande.pk] = Zones(frozenset(siennes), frozenset(autour - siennes), frozenset())
    return zones
