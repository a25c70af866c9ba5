"""One dwelling of the demonstration: numbers that agree with each other, drawn from its reference alone.

Nothing here reads the clock or the database: the same reference always gives the same dwelling.
"""

import random
from dataclasses import dataclass
from typing import Any

from candidatures.demonstration.descriptions import decrire
from candidatures.demonstration.lieux import Lieu
from candidatures.demonstration.mots import RESIDENCES, VOIES

Champs = dict[str, Any]
"""Columns of `Offre`, by name; amounts in euros a month."""


@dataclass(frozen=True)
class Ere:
    """An age of housing: when it was built, how high, how big, how it consumes (kWh per m² a year)."""

    lettre: str
    annees: tuple[int, int]
    etages: tuple[int, int]
    ampleur: float
    energie: tuple[int, int]
    ascenseur: int  # lifts in a hundred buildings
    chauffages: tuple[str, ...]


ERES = {
    "a": Ere("a", (1880, 1914), (3, 6), 0.88, (135, 300), 30, ("Individuel gaz", "Individuel électrique")),
    "h": Ere("h", (1920, 1939), (5, 7), 0.9, (120, 240), 45, ("Collectif gaz", "Réseau de chaleur", "Individuel gaz")),
    "g": Ere("g", (1955, 1974), (4, 14), 1.02, (95, 230), 75, ("Réseau de chaleur", "Collectif gaz")),
    "v": Ere(
        "v", (1976, 1995), (3, 8), 1.06, (115, 245), 80, ("Collectif gaz", "Individuel gaz", "Individuel électrique")
    ),
    "d": Ere("d", (1998, 2012), (3, 7), 1.0, (75, 175), 92, ("Individuel gaz", "Collectif gaz", "Réseau de chaleur")),
    "n": Ere("n", (2014, 2024), (3, 8), 0.97, (38, 70), 100, ("Réseau de chaleur", "Pompe à chaleur collective")),
}
CARBONE = {
    "Individuel gaz": 0.2,
    "Collectif gaz": 0.19,
    "Réseau de chaleur": 0.1,
    "Individuel électrique": 0.035,
    "Pompe à chaleur collective": 0.03,
    "Pompe à chaleur": 0.03,
}
"""Kilograms of CO₂ per kWh of primary energy."""
# « la pire des deux lettres » : arrêté of 31 March 2021 on the DPE, last value of each letter but G.
SEUILS_ENERGIE = (70, 110, 180, 250, 330, 420)
SEUILS_CARBONE = (6, 11, 30, 50, 70, 100)
LETTRES = "ABCDEFG"

TYPES = (("T1", 9), ("T1B", 3), ("T2", 27), ("T3", 32), ("T4", 20), ("T5", 7), ("T6", 2))
SURFACES = {
    "T1": (22, 33),
    "T1B": (30, 38),
    "T2": (39, 52),
    "T3": (56, 70),
    "T4": (72, 87),
    "T5": (88, 103),
    "T6": (106, 122),
}
CHAMBRES = {"T1": 0, "T1B": 0, "T2": 1, "T3": 2, "T4": 3, "T5": 4, "T6": 5}
FINANCEMENTS = (("PLUS", 46), ("PLAI", 20), ("PLS", 24), ("LLI", 10))


def logement(lieu: Lieu, reference: str, *, typologie: str = "", financement: str = "") -> Champs:
    """The dwelling of this reference, all but its dates, its owner and its commune."""
    hasard = random.Random(reference)  # noqa: S311  the same dwelling at each start, not a secret
    typologie = typologie or _tirer(hasard, TYPES)
    maison = typologie not in {"T1", "T1B", "T2"} and hasard.randrange(100) < lieu.marche.maisons
    ere = ERES[hasard.choice("vdn" if maison else lieu.marche.eres)]
    surface = round(hasard.uniform(*SURFACES[typologie]) * ere.ampleur) + 8 * maison
    champs: Champs = {
        "reference": reference,
        "typologie": typologie,
        "chambres": CHAMBRES[typologie],
        "surface": surface,
        "annee_construction": hasard.randint(*ere.annees),
        "residence": hasard.choice(RESIDENCES) if hasard.random() < 0.7 else "",
        "adresse": f"{hasard.randint(2, 118)} {hasard.choice(VOIES)}",
    }
    champs |= _maison(hasard) if maison else _immeuble(hasard, ere, lieu.marche.etages)
    champs |= _diagnostic(hasard, ere, lieu, maison)
    champs |= _loyers(hasard, lieu, ere, champs, financement or _tirer(hasard, FINANCEMENTS))
    champs["description"] = decrire(hasard, champs, ere.lettre, hasard.choice(lieu.quartiers))
    return champs


def _tirer(hasard: random.Random, poids: tuple[tuple[str, int], ...]) -> str:
    return hasard.choices([nom for nom, _ in poids], [combien for _, combien in poids])[0]


def _immeuble(hasard: random.Random, ere: Ere, au_plus: int) -> Champs:
    etages = min(hasard.randint(*ere.etages), au_plus)
    etage = hasard.randint(0, etages)
    ascenseur = etages >= 3 and hasard.randrange(100) < ere.ascenseur
    neuf = ere.lettre in "dn"
    return {
        "nature": "appartement",
        "etage": etage,
        "nombre_etages": etages,
        "ascenseur": ascenseur,
        "accessible_pmr": neuf and (ascenseur or etage == 0) and hasard.random() < 0.45,
        "balcon": etage > 0 and hasard.random() < (0.65 if ere.lettre in "gvdn" else 0.12),
        "jardin": etage == 0 and neuf and hasard.random() < 0.4,
        "stationnement": hasard.random() < (0.6 if ere.lettre in "vdn" else 0.12),
        "commerce": etage > 0 and hasard.random() < (0.45 if ere.lettre in "ah" else 0.15),
    }


def _maison(hasard: random.Random) -> Champs:
    return {
        "nature": "maison",
        "etage": None,
        "nombre_etages": 1,
        "ascenseur": False,
        "accessible_pmr": False,
        "balcon": hasard.random() < 0.6,
        "jardin": True,
        "stationnement": hasard.random() < 0.85,
        "commerce": False,
    }


def _diagnostic(hasard: random.Random, ere: Ere, lieu: Lieu, maison: bool) -> Champs:
    """Both letters with their values; one dwelling in nine has none (« non communiqué »). Never G."""
    chauffage = hasard.choice(("Individuel gaz", "Pompe à chaleur") if maison else ere.chauffages)
    if chauffage == "Réseau de chaleur" and not lieu.marche.reseau:
        chauffage = "Collectif gaz"
    energie = hasard.randint(*ere.energie)
    carbone = max(2, round(energie * CARBONE[chauffage]))
    lettres = [_lettre(energie, SEUILS_ENERGIE), _lettre(carbone, SEUILS_CARBONE)]
    if hasard.random() < 0.11:
        return {"chauffage": chauffage, "dpe": "", "ges": "", "dpe_valeur": None, "ges_valeur": None}
    return {
        "chauffage": chauffage,
        "dpe": max(lettres),
        "dpe_valeur": energie,
        "ges": lettres[1],
        "ges_valeur": carbone,
    }


def _lettre(valeur: int, seuils: tuple[int, ...]) -> str:
    return LETTRES[sum(valeur > seuil for seuil in seuils)]


def _loyers(hasard: random.Random, lieu: Lieu, ere: Ere, champs: Champs, financement: str) -> Champs:
    """Small dwellings cost more per m²; older social housing, less."""
    au_metre = getattr(lieu.marche, financement.lower()) * {"g": 0.92, "v": 0.96}.get(ere.lettre, 1.0)
    taille = 1 + (60 - min(champs["surface"], 100)) * 0.004
    loyer = round(champs["surface"] * au_metre * taille * hasard.uniform(0.96, 1.05))
    collectif = "Individuel" not in champs["chauffage"]
    charges = round(champs["surface"] * lieu.marche.charges * (1.0 if collectif else 0.62) * hasard.uniform(0.85, 1.1))
    parking = hasard.choice((0, 0, 25, 32, 45)) if champs["stationnement"] else 0
    return {
        "financement": financement,
        "loyer": loyer,
        "charges": charges,
        "loyer_stationnement": parking,
        "loyer_charges_comprises": loyer + charges + parking,
        "depot_garantie": loyer,
    }
