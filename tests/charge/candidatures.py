"""« Je postule » under load: distinct people, spread over the offers or all on one, beside a bare POST."""

import itertools
from collections.abc import Iterator
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

import httpx

from tests.charge.tireur import JETON

if TYPE_CHECKING:
    from tests.charge.__main__ import Pays

TOURS = 8
NU, VRAI = "/mesure/postuler/{}/", "/candidatures/offre/{}/"
FAIT = {"302 vers /candidatures/…/deposee/"}
Salve = dict[str, Any]


def mesurer(chez: "Pays") -> dict[str, Any]:
    """What `postuler` is worth, in this country. Raises RuntimeError when anybody was not served."""
    gens = iter(chez.gens["candidats"])
    combien = len(chez.gens["candidats"]) // (3 * (TOURS + 1))
    etalees, chaude = itertools.cycle(chez.gens["etalees"]), itertools.repeat(chez.gens["chaude"])
    genres = {"nu": (NU, etalees), "etale": (VRAI, etalees), "chaud": (VRAI, chaude)}
    requetes = _compter(chez, next(gens), next(etalees))
    tours: dict[str, list[Salve]] = {genre: [] for genre in genres}
    for tour in range(TOURS + 1):  # the first one only warms up
        for genre, (adresse, offres) in genres.items():
            salve = _salve(chez, adresse, offres, list(itertools.islice(gens, combien - 1)))
            if tour:
                tours[genre].append(salve)
    rythmes = {genre: [salve["par_s"] for salve in salves] for genre, salves in tours.items()}
    return {
        "par_s": round(median(rythmes["etale"]), 1),
        "p95_ms": round(_p95(tours["etale"]), 1),
        "requetes_sql": requetes,
        "post_nu_par_s": round(median(rythmes["nu"]), 1),
        "chaud_par_s": round(median(rythmes["chaud"]), 1),
        "chaud_p95_ms": round(_p95(tours["chaud"]), 1),
        "ratio_post_nu": _rapport(rythmes["etale"], rythmes["nu"]),
        "ratio_chaud": _rapport(rythmes["chaud"], rythmes["etale"]),
        "candidatures": sum(len(salve["latences_ms"]) for salves in tours.values() for salve in salves),
    }


def _salve(chez: "Pays", adresse: str, offres: Iterator[str], gens: list[str]) -> Salve:
    """Everybody once, as fast as the connections allow."""
    salve = chez.envoyer([(adresse.format(next(offres)), cle) for cle in gens], None)
    if set(salve["statuts"]) != FAIT:
        raise RuntimeError(f"des candidatures n'ont pas été prises : {salve['statuts']}")
    return salve | {"par_s": len(gens) / salve["secondes"]}


def _compter(chez: "Pays", cle: str, offre: str) -> int:
    """How many queries one « Confirmer » takes."""
    entetes = {"X-Mesure": "1", "Host": "localhost", "X-CSRFToken": JETON, "Cookie": f"session={cle}; csrf={JETON}"}
    adresse = f"http://127.0.0.1:{chez.port}{VRAI.format(offre)}"
    reponse = httpx.post(adresse, headers=entetes, trust_env=False, timeout=60)
    return int(reponse.headers["X-Mesure"].split()[0])


def _p95(salves: list[Salve]) -> float:
    return quantiles([latence for salve in salves for latence in salve["latences_ms"]], n=100)[94]


def _rapport(rythmes: list[float], autres: list[float]) -> float:
    return round(median(a / b for a, b in zip(rythmes, autres, strict=True)), 3)
