"""« Dans quel département cherchez-vous ? »: from whatever people type to registration sites (guide #3).

A name or a number, a region, a postal code or a commune; accents, hyphens and capitals do not count.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import CharField, F, Func, Q, QuerySet

from demandes.models import Commune, Departement

AU_PLUS = 20
"""Départements listed: the largest region has 13, and a region is shown whole."""
ABREGES = (("st", "saint"), ("ste", "sainte"))


@dataclass(frozen=True)
class Proposition:
    """A département, and what in the words typed led to it: a commune, a region or nothing."""

    departement: Departement
    pourquoi: str = ""


ACCENTS = "àâäéèêëîïôöùûüÿç"
NUES = "aaaeeeeiioouuuyc"


class SansAccents(Func):
    """A name as `simplifier` writes it, in the database; `lower` may leave accented capitals as they are."""

    function = "translate"
    template = (
        "translate(replace(replace(lower(%(expressions)s), 'œ', 'oe'), 'Œ', 'oe'), "
        f"'{ACCENTS}{ACCENTS.upper()}''’-', '{NUES}{NUES}   ')"
    )
    output_field = CharField()


def simplifier(texte: str) -> str:
    """« Île-de-France » → « ile de france », « St Étienne » → « saint etienne », « Paris 11ème » → « paris 11e »."""
    nu = "".join(c for c in unicodedata.normalize("NFKD", texte.lower()) if not unicodedata.combining(c))
    mots = re.sub(r"[^a-z0-9]+", " ", nu.replace("œ", "oe")).split()
    complets = [dict(ABREGES).get(mot, mot) for mot in mots]
    return re.sub(r"\b(\d+)eme\b", r"\1e", " ".join(complets))


def chercher(texte: str) -> list[Proposition]:
    """The départements meant, the surest first; none if nothing fits."""
    mots = simplifier(texte)
    trouvees: dict[str, Proposition] = {}
    for proposition in islice(_propositions(mots), 100) if mots else ():
        trouvees.setdefault(proposition.departement.code, proposition)
    return list(trouvees.values())[:AU_PLUS]


def _propositions(mots: str) -> Iterator[Proposition]:
    if mots[0].isdigit():
        yield from _par_numero(mots.upper().replace(" ", ""))
        return
    tous = list(Departement.objects.all())
    noms = {departement: simplifier(departement.nom) for departement in tous}
    nommes = [d for d in tous if noms[d] == mots]
    nommes += [d for d in tous if noms[d].startswith(mots)] if len(mots) > 2 else []
    yield from (Proposition(d) for d in nommes)
    du_code = [d for d in tous if d.code == mots.upper()]  # « 2A » begins with a digit; nothing else has a letter
    yield from (Proposition(d) for d in du_code)
    regions = {d.region for d in tous if len(mots) > 3 and simplifier(d.region).startswith(mots)}
    yield from (Proposition(d, f"région {d.region}") for d in tous if d.region in regions)
    yield from _par_commune(Q(cle=mots))
    if not nommes and not regions and len(mots) > 2:
        yield from (Proposition(d) for d in tous if f" {mots}" in noms[d])
        yield from _par_commune(Q(cle__startswith=mots) | Q(cle__contains=f" {mots}"))


def _par_numero(numero: str) -> Iterator[Proposition]:
    """« 29 », « 1 », « 2A », « 075 », « 971 », or a postal code."""
    codes = {numero, numero.zfill(2), numero.removeprefix("0") if len(numero) == 3 else numero}
    departements = list(Departement.objects.filter(code__in=codes))
    yield from (Proposition(departement) for departement in departements)
    if not departements and re.fullmatch(r"\d{5}", numero):
        yield from _par_commune(Q(codes_postaux__contains=[numero]))


def _par_commune(condition: Q) -> Iterator[Proposition]:
    """The most populous first."""
    communes: QuerySet[Commune] = Commune.objects.annotate(cle=SansAccents(F("nom"))).filter(condition)
    for commune in communes.select_related("departement").order_by("-population", "code")[:AU_PLUS]:
        yield Proposition(commune.departement, f"commune : {commune.nom_court}")
