"""Sixty households before a dwelling, each checked by hand. Every figure is a literal, read in the source it names.

- Sizes: guide #0, « Pour 1 personne : T1 au T2 … Pour 5 personnes et plus : T4 et plus ».
- PLUS 2026: arrêté of 29 July 1987, annexe, as amended on 19 December 2025. PLS is 130 % of PLUS.
- PLAI 2026: derived from the official amounts of 2022 (annexe II), within 2 €.
- LLI: amounts of 2025, the last published (CGI, art. 279-0 bis A).
- Categories of household: same arrêté, art. 1 and annexe: persons, « jeune ménage » (55 years together at most),
  CMI-invalidité.
- Effort: guide #0, « environ 3 fois le montant du loyer », housing aid included; 33 % and 38 % are settings.
"""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from demandes.menage import categorie
from demandes.models import Commune
from demandes.sne.dossier import DossierSNE, Lien, PersonneACharge
from offres import baremes
from offres.eligibilite import Critere, Foyer, Verdict, convient, examiner
from offres.models import Offre
from offres.plafonds import Bareme
from tests.factories import adulte, dossier

JOUR = date(2026, 11, 23)
PARIS = Commune(code="75111", nom="Paris 11e Arrondissement", departement_id="75", zone=1, zone_abc="Abis")
MONTREUIL = Commune(code="93048", nom="Montreuil", departement_id="93", zone=1, zone_abc="A")
MEAUX = Commune(code="77284", nom="Meaux", departement_id="77", zone=2, zone_abc="B1")
BREST = Commune(code="29019", nom="Brest", departement_id="29", zone=3, zone_abc="B1")
MENDE = Commune(code="48095", nom="Mende", departement_id="48", zone=3, zone_abc="C")
SAINT_DENIS = Commune(code="97411", nom="Saint-Denis", departement_id="974", zone=3, zone_abc="B1")
CAYENNE = Commune(code="97302", nom="Cayenne", departement_id="973", zone=3, zone_abc="B1")
NOTRE, AUTRE = UUID(int=1), UUID(int=2)
OUI, ATTENTION, INCONNU, NON = Verdict.CONVIENT, Verdict.PREVIENT, Verdict.INCONNU, Verdict.BLOQUE


def menage(*naissances: int, enfants: int = 0, a_naitre: int = 0, lien: str = "C", invalide: str = "") -> DossierSNE:
    """Adults born on 1 January of these years; `invalide` is who holds the CMI-invalidité: « adulte » or « enfant »."""
    premier, *suivants = [adulte(date_naissance=date(annee, 1, 1)) for annee in naissances]
    return dossier(
        demandeur=replace(premier, invalidite=invalide == "adulte"),
        cotitulaires=tuple(replace(autre, lien=Lien(lien)) for autre in suivants),
        personnes_a_charge=tuple(
            PersonneACharge(
                "GIGI", f"ENFANT{n}", date(2019, 1, 1), "F", "E", invalidite=invalide == "enfant" and n == 0
            )
            for n in range(enfants)
        ),
        nombre_a_naitre=a_naitre,
    )


SEUL, SEULE_HANDICAPEE = menage(1980), menage(1980, invalide="adulte")
COUPLE, JEUNES, PRESQUE_JEUNES = menage(1980, 1980), menage(1999, 1998), menage(1999, 1997)
JEUNES_COLOCATAIRES = menage(2000, 2000, lien="L")
COUPLE_HANDICAP = menage(1980, 1980, invalide="adulte")
MERE_ET_ENFANT, MERE_ENCEINTE, MERE_ET_DEUX = menage(1980, enfants=1), menage(1980, a_naitre=1), menage(1980, enfants=2)
TROIS, TROIS_HANDICAP = menage(1980, 1980, enfants=1), menage(1980, 1980, enfants=1, invalide="enfant")
QUATRE, CINQ, SIX = (menage(1980, 1980, enfants=n) for n in (2, 3, 4))
SEPT, NEUF = menage(1980, 1980, enfants=5), menage(1980, 1980, enfants=6, a_naitre=1)

TAILLES = [
    (SEUL, "T1", OUI),
    (SEUL, "T1B", OUI),
    (SEUL, "T2", OUI),
    (SEUL, "T3", NON),
    (COUPLE, "T1", OUI),
    (COUPLE, "T3", OUI),
    (COUPLE, "T4", NON),
    (MERE_ENCEINTE, "T3", OUI),  # the child to come counts: two persons
    (TROIS, "T1", NON),
    (TROIS, "T2", OUI),
    (TROIS, "T4", OUI),
    (QUATRE, "T2", NON),
    (QUATRE, "T5", OUI),
    (QUATRE, "T6", NON),
    (CINQ, "T3", NON),
    (CINQ, "T4", OUI),
    (NEUF, "T6", OUI),
]

# household, financing, place, ceiling read in the table (None: no table), income, verdict
PLAFONDS = [
    (SEUL, "PLAI", PARIS, 14_811, 14_811, OUI),
    (SEUL, "PLAI", BREST, 12_871, 12_872, NON),
    (COUPLE, "PLAI", MEAUX, 24_140, 24_140, OUI),
    (TROIS, "PLAI", MEAUX, 29_017, 29_018, NON),
    (QUATRE, "PLAI", BREST, 25_092, 25_092, OUI),
    (SEUL, "PLUS", MONTREUIL, 26_920, 26_920, OUI),
    (SEUL, "PLUS", MENDE, 23_403, 23_404, NON),
    (SEULE_HANDICAPEE, "PLUS", BREST, 31_254, 31_254, OUI),  # alone with the CMI-invalidité: category 2
    (COUPLE, "PLUS", BREST, 31_254, 31_255, NON),
    (JEUNES, "PLUS", BREST, 37_584, 37_584, OUI),  # 27 + 28 = 55: « jeune ménage », category 3
    (PRESQUE_JEUNES, "PLUS", BREST, 31_254, 37_584, NON),  # 27 + 29 = 56
    (JEUNES_COLOCATAIRES, "PLUS", BREST, 31_254, 37_584, NON),  # two, but no couple
    (COUPLE_HANDICAP, "PLUS", PARIS, 52_740, 52_740, OUI),  # two with the CMI-invalidité: category 3
    (MERE_ET_ENFANT, "PLUS", MEAUX, 48_362, 48_362, OUI),  # one + one dependant: category 3
    (MERE_ENCEINTE, "PLUS", MEAUX, 48_362, 48_363, NON),
    (MERE_ET_DEUX, "PLUS", PARIS, 62_968, 62_968, OUI),  # one + two: category 4
    (TROIS_HANDICAP, "PLUS", PARIS, 62_968, 62_969, NON),  # three with the CMI-invalidité: category 4
    (CINQ, "PLUS", MEAUX, 68_577, 68_577, OUI),
    (SIX, "PLUS", PARIS, 84_304, 84_305, NON),
    (SEPT, "PLUS", BREST, 66_866, 66_866, OUI),  # 60 156 + 6 710
    (NEUF, "PLUS", PARIS, 112_486, 112_486, OUI),  # 84 304 + 3 × 9 394
    (SEUL, "PLS", MENDE, 30_424, 30_424, OUI),
    (TROIS, "PLS", MEAUX, 62_871, 62_872, NON),
    (SEPT, "PLS", MEAUX, 111_499, 111_499, OUI),  # 100 322 + 11 177
    (SEUL, "LLI", PARIS, 43_953, 43_953, OUI),
    (TROIS, "LLI", MONTREUIL, 78_963, 78_964, NON),  # zone A, not A bis
    (COUPLE, "LLI", BREST, 47_842, 47_842, OUI),
    (QUATRE, "LLI", MENDE, 62_510, 62_511, NON),
    (TROIS, "PLUS", PARIS, 52_740, None, ATTENTION),  # the registry does not know the income: said, not refused
    (TROIS, "PLUS", SAINT_DENIS, None, 90_000, INCONNU),
    (SEUL, "LLI", CAYENNE, None, 10_000, INCONNU),
]

# income without aid, aid, rent charges included, verdict, what the sentence says
EFFORTS = [
    (2_400, 0, 792, OUI, "soit 33 % de vos revenus (2 400 € par mois)"),
    (2_400, 0, 793, ATTENTION, "un peu plus du tiers conseillé (33 %)"),
    (2_400, 0, 912, ATTENTION, "soit 38 % de vos revenus"),
    (2_400, 0, 913, NON, "C’est trop : 38 % au plus."),
    (2_000, 400, 792, OUI, "l’aide au logement que vous touchez aujourd’hui (400 €) ; sans elle : 40 %."),
    (2_000, 0, 792, NON, "ne déclare aucune aide au logement"),
    (0, 300, 300, NON, "(300 €), votre seul revenu."),
    (0, 0, 500, NON, "le registre ne connaît pas vos revenus"),
]

RESERVEES = [(None, None, OUI), (NOTRE, None, OUI), (NOTRE, NOTRE, OUI), (NOTRE, AUTRE, NON), (None, NOTRE, NON)]


def foyer_de(situation: DossierSNE, **champs: Any) -> Foyer:
    rang, en_plus = categorie(situation, JOUR)
    base = Foyer(situation.nombre_personnes, rang, en_plus, 0, 2024, 9_000, None)
    return replace(base, **champs)


def logement(**champs: Any) -> Offre:
    defaut = {"typologie": "T3", "loyer_charges_comprises": 700, "financement": "PLS", "commune": PARIS}
    return Offre(**{**defaut, **champs})


@pytest.fixture
def bareme(db: None) -> Bareme:
    baremes.charger()
    return Bareme.en_vigueur(JOUR)


def controle(foyer: Foyer, offre: Offre, bareme: Bareme, critere: Critere) -> tuple[Verdict, str]:
    trouve = next(c for c in examiner(foyer, offre, bareme) if c.critere is critere)
    return trouve.verdict, trouve.phrase.replace("\u202f", " ").replace("\xa0", " ")


def test_there_are_sixty_cases_at_least() -> None:
    assert len(TAILLES) + len(PLAFONDS) + len(EFFORTS) + len(RESERVEES) >= 60


@pytest.mark.parametrize(("situation", "typologie", "attendu"), TAILLES)
def test_the_size_of_the_dwelling(situation: DossierSNE, typologie: str, attendu: Verdict, bareme: Bareme) -> None:
    verdict, _ = controle(foyer_de(situation), logement(typologie=typologie), bareme, Critere.TYPOLOGIE)
    assert verdict is attendu


@pytest.mark.parametrize(("situation", "financement", "commune", "plafond", "rfr", "attendu"), PLAFONDS)
def test_the_ceiling_on_resources(
    situation: DossierSNE,
    financement: str,
    commune: Commune,
    plafond: int | None,
    rfr: int | None,
    attendu: Verdict,
    bareme: Bareme,
) -> None:
    offre = logement(financement=financement, commune=commune)
    verdict, phrase = controle(foyer_de(situation, rfr=rfr), offre, bareme, Critere.PLAFOND)

    assert verdict is attendu
    if plafond is None:
        assert "suivent d’autres textes : un conseiller les vérifiera avec vous" in phrase
        assert "€" not in phrase
    else:
        assert f"{plafond:,} €".replace(",", " ") in phrase


@pytest.mark.parametrize(("propres", "aide", "loyer", "attendu", "mots"), EFFORTS)
def test_the_effort_with_and_without_housing_aid(
    propres: int, aide: int, loyer: int, attendu: Verdict, mots: str, bareme: Bareme
) -> None:
    foyer = foyer_de(TROIS, revenus=propres + aide, aide=aide)
    verdict, phrase = controle(foyer, logement(loyer_charges_comprises=loyer), bareme, Critere.EFFORT)

    assert verdict is attendu
    assert mots in phrase


@pytest.mark.parametrize(
    ("loyer", "part"), [(793, "plus de 33 %"), (913, "plus de 38 %"), (912, "38 %"), (950, "40 %")]
)
def test_a_share_that_passes_a_threshold_is_never_said_to_equal_it(loyer: int, part: str, bareme: Bareme) -> None:
    _, phrase = controle(
        foyer_de(TROIS, revenus=2_400), logement(loyer_charges_comprises=loyer), bareme, Critere.EFFORT
    )

    assert f"soit {part} de vos revenus" in phrase


@pytest.mark.parametrize(("employeur", "reservee_a", "attendu"), RESERVEES)
def test_the_reservation(employeur: UUID | None, reservee_a: UUID | None, attendu: Verdict, bareme: Bareme) -> None:
    foyer = foyer_de(TROIS, entreprise_id=employeur)
    assert convient(examiner(foyer, logement(reservee_a_id=reservee_a), bareme)) is (attendu is OUI)
