"""Two thousand invented people of all France, drawn by hazard from a fixed seed: the same on every machine, every day.

They come after the people written by hand, and serve to prove that any demand can be imported and searched.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from demandes.sne.nomenclature import MODELES_LOGEMENT, MOTIFS
from demandes.sne.simulateur import communes
from demandes.sne.simulateur.peuple.fiches import Fiche

GRAINE = 20_261_122
ILE_DE_FRANCE = {"75", "77", "78", "91", "92", "93", "94", "95"}
GRANDES = 6
"""How many of the largest communes of a département people wish for."""
TYPES = (("C", "T1"), ("T1", "T2"), ("T2", "T3"), ("T3", "T4"), ("T4", "T5"), ("T5", "T6P"))


def _mots(texte: str) -> tuple[str, ...]:
    """The words of a text; an underscore stands for a space inside one."""
    return tuple(mot.replace("_", " ") for mot in texte.split())


NOMS = _mots(
    "MARTIN BERNARD THOMAS PETIT ROBERT RICHARD DURAND DUBOIS MOREL LAURENT SIMON MICHEL GARCIA DAVID BERTRAND ROUX "
    "VINCENT FOURNIER GIRARD BONNET LAMBERT FONTAINE ROUSSEAU MERCIER BLANC GUÉRIN HENRY DUMAS PERRIN BRUN "
    "TRAORÉ KEÏTA BENALI HADDAD NGUYEN TRAN DA_SILVA FERREIRA KOVAČ YILMAZ HOARAU PAYET MAILLOT CÉLESTE LE_GOFF "
    "LE_BRIS KERMADEC ETCHEVERRY GOÑI SCHNEIDER MEYER VANDAMME DELANNOY ROSSI COLONNA D’ANGELO M’BAYE O’BRIEN"
)
FEMMES = _mots(
    "Marie Jeanne Camille Léa Chloé Fatoumata Aïcha Sarah Inès Zoé Éloïse Anaïs Maëlys Noémie Yasmine Lucie Hélène "
    "Françoise Monique Odile Marie-Thérèse Anne-Sophie Gaëlle Solène Mélissa Priya Xuan Ingrid"
)
HOMMES = _mots(
    "Jean Pierre Louis Hugo Mamadou Karim Yanis Noé Théo Loïc Gaël Erwan Jean-Baptiste Jean-Luc François René Mathéo "
    "Moussa Ibrahim Étienne Benoît Raphaël Joël Kévin Tiago Minh Sacha Cédric"
)
PETITS = ("Lina F", "Noah M", "Emma F", "Adam M", "Jade F", "Gabin M", "Alma F", "Isaac M", "Rose F", "Aaron M")
METIERS = (
    *("Aide-soignante", "Agent d’entretien", "Cariste", "Vendeur", "Cuisinier", "Assistante maternelle", "Maçon"),
    *("Chauffeur livreur", "Comptable", "Infirmière", "Technicien", "Enseignant", "Ouvrier agricole", "Électricien"),
)
EMPLOYEURS = "VLRPMSTAHOCB"


@dataclass(frozen=True)
class Profil:
    """A kind of household. `ages`: of the demandeur; `contrats`: those that fit, as often as written."""

    ages: tuple[int, int]
    contrats: str
    situations: str
    lien: str = ""  # of the co-applicant, if any
    enfants: tuple[int, int] = (0, 0)


PROFILS = (
    Profil((18, 25), "ETU ETU APP CDD", "C"),
    Profil((22, 58), "CDI CDI CDI CDD CHO ART AUT", "C C D S"),
    Profil((24, 50), "CDI CDI CDD CHO", "S D C V", enfants=(1, 4)),
    Profil((21, 34), "CDI CDI CDD", "U P M", "C"),
    Profil((26, 48), "CDI CDI CDI CDD ART CHO AUT", "M P U", "M", (1, 6)),
    Profil((62, 91), "RET", "V C D"),
    Profil((61, 84), "RET RET CDI", "M", "M"),
    Profil((20, 40), "CDI CDD ETU", "C", "L"),
)


def foule(nombre: int) -> Iterator[Fiche]:
    """The first `nombre` of them, one after the other in each département."""
    hasard = random.Random(GRAINE)  # noqa: S311  (invented people, no secret)
    departements = sorted(_grandes_communes())
    for n in range(nombre):
        departement = departements[n % len(departements)]
        yield _fiche(hasard, n, departement, PROFILS[hasard.randrange(len(PROFILS))])


@cache
def _grandes_communes() -> dict[str, list[str]]:
    """Département → codes of its largest communes, without those that have arrondissements."""
    par_departement: dict[str, list[communes.Commune]] = {}
    for commune in communes.toutes().values():
        if commune.code_postal and commune.code not in {"75056", "69123", "13055"}:
            par_departement.setdefault(commune.departement, []).append(commune)
    return {
        departement: [c.code for c in sorted(lues, key=lambda c: (-c.population, c.code))[:GRANDES]]
        for departement, lues in par_departement.items()
    }


def _fiche(hasard: random.Random, n: int, departement: str, profil: Profil) -> Fiche:
    age = hasard.randint(*profil.ages)
    situation = hasard.choice(profil.situations.split())
    contrat = hasard.choice(profil.contrats.split())
    enfants = hasard.randint(*profil.enfants)
    nom = hasard.choice(NOMS)
    lien = {"P": "P", "U": "C"}.get(situation, profil.lien) if profil.lien in {"M", "C"} else profil.lien
    souhaits = hasard.sample(_grandes_communes()[departement], hasard.randint(1, 4))
    modele = _modele(hasard, n, contrat)
    motifs = _motifs(hasard, n, modele)
    annee, mois = hasard.choice((14, 16, 18, 19, 20, 20, 21, 22, 23, 24, 25, 25)), hasard.randint(1, 12)
    radiee = hasard.randint(5, 330) if n % 40 == 7 else None
    territoire = "111" if departement in ILE_DE_FRANCE else departement.rjust(3, "0")
    return Fiche(
        numero=f"{territoire}{mois:02d}{annee:02d}{500_000 + n}{'ACLOG' if n % 3 else 'GDPUB'}",
        personne=_ligne(hasard, nom, age, situation, contrat),
        avec=(f"{lien}:{_ligne(hasard, nom, age - 2, situation, 'CDI' if n % 2 else contrat)}",) if lien else (),
        logement=_logement(hasard, modele),
        communes=" ".join(souhaits),
        types=" ".join(TYPES[min(5, (2 if lien else 1) + enfants)]),
        loyer_max=hasard.randrange(350, 1300, 10),
        motifs=motifs,
        charge=", ".join(_enfant(prenom, n, rang) for rang, prenom in enumerate(hasard.sample(PETITS, enfants))),
        a_naitre=int(profil.lien in {"M", "C"} and age < 40 and n % 5 == 0) + int(n % 400 == 5),
        hebergeant=f"Madame {hasard.choice(NOMS)}" if modele in {"CP", "CPE", "LTG"} else "",
        autre_motif="Rapprochement d’un parent âgé" if "23" in motifs else "",
        categorie="AIM"[n % 3],
        nationalite="1" if n % 6 else "23"[n // 6 % 2],
        renouvelee=_renouvelee(hasard, n, annee, radiee),
        radiee=radiee,
        motif_radiation=hasard.choice(("RADREN", "RADREN", "RADATT", "RADABA", "RADCON", "RADIRR")),
        sans_pieces=hasard.choice(("", "", "AVISN2", "IDENT BULLET", "QUITTA")),
        handicap=n % 15 == 3,
        mobilite=hasard.choice(("1 FAUTMA", "2 CANNE", "3 DEAMBU", "1 FAUTEL LITMED")) if n % 15 == 3 else "",
        invalidite=n % 30 == 3,
        dalo=n % 17 == 4,
        statut_dalo={1: "CADUC", 2: "ACTREL"}.get(n % 50, ""),
        versee=hasard.randrange(80, 400, 10) if situation in {"D", "S"} and not enfants else 0,
        ressource_a_charge="AEEH 151" if enfants and n % 9 == 0 else "",
        deux_employeurs=contrat in {"CDI", "CDD"} and n % 12 == 0,
        proprietaire=f"{souhaits[0]} T3" if n % 60 == 11 else "",
        elargie=n % 2 == 1,
        delai_long=annee < 20,
        suffixe=f".{n}",
    )


def _ligne(hasard: random.Random, nom: str, age: int, situation: str, contrat: str) -> str:
    """One adult, as `fiches.Fiche` writes them down. Two in a hundred have the longest names the contract allows."""
    femme = hasard.random() < 0.55
    prenom = hasard.choice(FEMMES if femme else HOMMES)
    long = hasard.random() < 0.02
    noms = f"{nom} DE LA ROCHEFOUCAULD MONTBEL"[:36] if long else nom
    if femme and situation in {"M", "D", "V"}:
        noms += f"/{hasard.choice(NOMS)}"
    naissance = f"{2026 - age}-{hasard.randint(1, 12):02d}-{hasard.randint(1, 28):02d}"
    salarie = contrat in {"CDI", "CDD", "APP"}
    interim = contrat == "CDD" and hasard.random() < 0.4
    employeur = "I" if interim else hasard.choice(EMPLOYEURS) if salarie else ""
    metier = "Intérimaire" if interim else hasard.choice(METIERS) if salarie or contrat == "ART" else ""
    ressources = {
        "RET": f"RET {hasard.randrange(950, 2300, 5)}",
        "CHO": f"CHO {hasard.randrange(700, 1600, 5)}",
        "ETU": f"BE {hasard.randrange(145, 630, 5)}",
        "AUT": hasard.choice(("RSA 646", "AAH 1033", "AMV 1034", "PINV 820", "")),
        "APP": f"SAL {hasard.randrange(700, 1400, 5)}",
    }.get(contrat, f"SAL {hasard.randrange(1350, 3200, 5)}")
    return f"{2 if femme else 1}|{noms}|{prenom}|{naissance}|{situation}|{contrat}|{metier}|{employeur}|{ressources}"


def _modele(hasard: random.Random, n: int, contrat: str) -> str:
    """Every kind of dwelling comes back, those that are common more often."""
    if contrat == "ETU":
        return hasard.choice(("RE", "CPE", "CP", "LP"))
    return list(MODELES_LOGEMENT)[n // 4 % len(MODELES_LOGEMENT)] if n % 4 == 0 else hasard.choice(("HLM", "LP", "CP"))


def _motifs(hasard: random.Random, n: int, modele: str) -> str:
    premier = list(MOTIFS)[n % len(MOTIFS)]
    second = "01" if modele in {"CP", "SH", "HOT", "SD"} else hasard.choice(list(MOTIFS))
    return " ".join(dict.fromkeys((premier, second)))


def _logement(hasard: random.Random, modele: str) -> str:
    loue = modele in {"HLM", "LP", "RS", "RE", "FONC", "SLHT"}
    loyer = hasard.randrange(280, 1250, 5) if loue else 0
    sans_murs = modele in {"SD", "CAMCAR", "SQUAT", "HOT"}
    surface = 0 if sans_murs else hasard.randint(14, 110)
    type_actuel = "-" if sans_murs else TYPES[min(5, surface // 22)][0]
    return f"{modele} {'M' if surface > 85 else 'A'} {type_actuel} {surface} {loyer} {loyer // 4 if loue else 0}"


def _enfant(prenom: str, n: int, rang: int) -> str:
    """« Lina F 4 G »: some are in shared custody, some come on visits, one in a hundred is an old parent."""
    garde = {0: " G", 1: " D"}.get(n % 8, "")
    return f"{prenom} {71 if n % 100 == 42 and rang == 0 else (n * 5 + rang * 4) % 20}{garde}"


def _renouvelee(hasard: random.Random, n: int, annee: int, radiee: int | None) -> int | None:
    """Days ago; one demand in forty is about to run out. None: from the number."""
    if radiee is not None:
        return radiee + 395
    if n % 40 == 11 and annee < 25:
        return hasard.randint(338, 364)
    return None
