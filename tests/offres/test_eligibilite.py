"""The rules of guide #0, checked by hand, and proved equal to the query that lists and counts."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demandes.models import Commune
from offres import baremes
from offres.eligibilite import Critere, Foyer, Verdict, convient, examiner
from offres.models import Offre
from offres.plafonds import Bareme
from tests.factories import CommuneFactory, EntrepriseFactory, OffreFactory

JOUR = date(2026, 11, 22)
PARIS = Commune(code="75111", nom="Paris 11e Arrondissement", departement_id="75", zone=1, zone_abc="Abis")
MEAUX = Commune(code="77284", nom="Meaux", departement_id="77", zone=2, zone_abc="B1")
BREST = Commune(code="29019", nom="Brest", departement_id="29", zone=3, zone_abc="B1")
SAINT_DENIS = Commune(code="97411", nom="Saint-Denis", departement_id="974", zone=3, zone_abc="B1")
COMMUNES = {"paris": PARIS, "meaux": MEAUX, "brest": BREST, "reunion": SAINT_DENIS}
ANNE = Foyer(3, 3, 0, 32_940, 2024, 3_115, None)


def offre(**champs: object) -> Offre:
    defaut = {"typologie": "T3", "loyer_charges_comprises": 841, "financement": "PLS", "commune": PARIS}
    return Offre(**{**defaut, **champs})


@pytest.fixture
def bareme(db: None) -> Bareme:
    baremes.charger()
    return Bareme.en_vigueur(JOUR)


def verdict(foyer: Foyer, logement: Offre, bareme: Bareme, critere: Critere) -> Verdict:
    return next(c.verdict for c in examiner(foyer, logement, bareme) if c.critere is critere)


@pytest.mark.parametrize(
    ("personnes", "possibles"),
    [
        (1, {"T1", "T1B", "T2"}),
        (2, {"T1", "T1B", "T2", "T3"}),
        (3, {"T2", "T3", "T4"}),
        (4, {"T3", "T4", "T5"}),
        (5, {"T4", "T5", "T6"}),
        (9, {"T4", "T5", "T6"}),
    ],
)
def test_the_size_follows_the_guides_table(personnes: int, possibles: set[str], bareme: Bareme) -> None:
    foyer = replace(ANNE, personnes=personnes)
    tailles = ("T1", "T1B", "T2", "T3", "T4", "T5", "T6")
    acceptees = {
        t for t in tailles if verdict(foyer, offre(typologie=t), bareme, Critere.TYPOLOGIE) is Verdict.CONVIENT
    }
    assert acceptees == possibles


@pytest.mark.parametrize(
    ("financement", "commune", "categorie_menage", "en_plus", "plafond"),
    [
        ("PLUS", "paris", 1, 0, 26_920),
        ("PLUS", "paris", 3, 0, 52_740),
        ("PLUS", "meaux", 3, 0, 48_362),
        ("PLUS", "brest", 3, 0, 37_584),
        ("PLUS", "brest", 6, 2, 60_156 + 2 * 6_710),
        ("PLS", "paris", 3, 0, 68_562),
        ("PLS", "brest", 6, 1, 78_203 + 8_723),
        ("PLAI", "paris", 3, 0, 31_642),
        ("PLAI", "brest", 2, 0, 18_753),
        ("LLI", "paris", 3, 0, 86_112),
        ("LLI", "meaux", 3, 0, 57_531),
        ("LLI", "brest", 1, 0, 35_825),
        ("PLUS", "reunion", 3, 0, None),
        ("LLI", "reunion", 3, 0, None),
    ],
)
def test_the_ceiling_is_the_one_of_the_table(
    financement: str, commune: str, categorie_menage: int, en_plus: int, plafond: int | None, bareme: Bareme
) -> None:
    assert bareme.plafond(financement, COMMUNES[commune], categorie_menage, en_plus) == plafond


def test_last_years_table_serves_until_the_new_one(db: None) -> None:
    baremes.charger()
    assert Bareme.en_vigueur(date(2025, 12, 31)).plafond("PLUS", PARIS, 3, 0) == 52_284
    assert Bareme.en_vigueur(date(2026, 1, 1)).plafond("PLUS", PARIS, 3, 0) == 52_740


@pytest.mark.parametrize(
    ("rfr", "attendu"),
    [(68_562, Verdict.CONVIENT), (68_563, Verdict.BLOQUE), (0, Verdict.CONVIENT), (None, Verdict.PREVIENT)],
)
def test_one_euro_over_the_ceiling_blocks(rfr: int | None, attendu: Verdict, bareme: Bareme) -> None:
    assert verdict(replace(ANNE, rfr=rfr), offre(), bareme, Critere.PLAFOND) is attendu


def test_overseas_no_figure_is_invented(bareme: Bareme) -> None:
    controle = examiner(ANNE, offre(commune=SAINT_DENIS), bareme)[1]
    assert controle.verdict is Verdict.INCONNU
    assert "suivent d’autres textes" in controle.phrase


@pytest.mark.parametrize(
    ("revenus", "loyer", "attendu"),
    [
        (3_000, 990, Verdict.CONVIENT),  # 33 %
        (3_000, 991, Verdict.PREVIENT),
        (3_000, 1_140, Verdict.PREVIENT),  # 38 %
        (3_000, 1_141, Verdict.BLOQUE),
        (0, 500, Verdict.BLOQUE),
    ],
)
def test_above_a_third_warns_and_above_38_percent_blocks(
    revenus: int, loyer: int, attendu: Verdict, bareme: Bareme
) -> None:
    foyer = replace(ANNE, revenus=revenus)
    assert verdict(foyer, offre(loyer_charges_comprises=loyer), bareme, Critere.EFFORT) is attendu


def test_the_sentences_carry_their_numbers(bareme: Bareme) -> None:
    taille, plafond, effort = (
        c.phrase.replace("\u202f", " ").replace("\xa0", " ") for c in examiner(ANNE, offre(), bareme)
    )
    assert taille == "Vous êtes 3 personnes : T2, T3 ou T4. Ce logement est un T3."
    assert plafond == ("Vos revenus 2024 : 32 940 €. Plafond de ce logement pour 3 personnes à Paris 11e : 68 562 €.")
    assert effort == "Le loyer est de 841 €, soit 27 % de vos revenus (3 115 € par mois)."


def test_a_reserved_dwelling_is_for_its_company_alone(bareme: Bareme) -> None:
    sienne, autre = uuid4(), uuid4()
    salarie = replace(ANNE, entreprise_id=sienne)
    assert convient(examiner(salarie, offre(reservee_a_id=sienne), bareme))
    assert not convient(examiner(salarie, offre(reservee_a_id=autre), bareme))
    assert not convient(examiner(ANNE, offre(reservee_a_id=sienne), bareme))


foyers = st.builds(
    Foyer,
    personnes=st.integers(1, 9),
    categorie=st.integers(1, 6),
    personnes_en_plus=st.integers(0, 3),
    rfr=st.none() | st.integers(0, 120_000) | st.sampled_from([26_920, 68_562, 68_563, 37_584, 31_642]),
    annee_rfr=st.just(2024),
    revenus=st.integers(0, 6_000) | st.sampled_from([2_213, 2_214, 2_548, 2_549]),
    entreprise_id=st.none() | st.sampled_from([UUID(int=1), UUID(int=2)]),
    aide=st.integers(0, 600),
)


def comparer(foyer: Foyer) -> int:
    """Every dwelling, by the rule and by the query. Returns how many pairs were compared."""
    bareme = Bareme.en_vigueur(JOUR)
    par_la_requete = set(Offre.objects.convenant_a(foyer, bareme).values_list("pk", flat=True))
    ecartees = set(Offre.objects.ne_convenant_pas_a(foyer, bareme).values_list("pk", flat=True))
    offres = list(Offre.objects.pour_lecture())
    par_la_regle = {o.pk for o in offres if convient(examiner(foyer, o, bareme))}
    assert par_la_requete == par_la_regle
    assert ecartees == {o.pk for o in offres} - par_la_regle
    return len(offres)


@pytest.fixture
def un_parc(db: None) -> None:
    """A dwelling in each case: financing × place × size × reservation, at rents around the limits."""
    baremes.charger()
    entreprises = [
        EntrepriseFactory(id=UUID(int=1), siret="12345678200010"),
        EntrepriseFactory(id=UUID(int=2), siret="73282932000074"),
    ]
    lieux = [
        CommuneFactory(code=c.code, nom=c.nom, departement__code=c.departement_id, zone=c.zone, zone_abc=c.zone_abc)
        for c in COMMUNES.values()
    ]
    lieux.append(CommuneFactory(code="29999", nom="Ailleurs", departement__code="29", zone=3, zone_abc=""))
    tailles = ("T1", "T1B", "T2", "T3", "T4", "T5", "T6")
    for n, (financement, lieu) in enumerate((f, c) for f in ("PLAI", "PLUS", "PLS", "LLI") for c in lieux):
        for reservee in (None, entreprises[n % 2]):
            OffreFactory(
                commune=lieu,
                financement=financement,
                typologie=tailles[n % 7],
                reservee_a=reservee,
                loyer_charges_comprises=841 + 37 * n,
            )


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(foyer=foyers)
def test_the_query_finds_exactly_what_the_rule_accepts(un_parc: None, foyer: Foyer) -> None:
    assert comparer(foyer) == 40


@pytest.mark.epreuve
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(foyer=foyers)
def test_the_query_equals_the_rule_on_twelve_thousand_pairs(un_parc: None, foyer: Foyer) -> None:
    assert comparer(foyer) == 40
