"""The scale applied by hand: each case was reckoned on paper, never by the rule."""

from dataclasses import replace
from datetime import date

import pytest

from candidatures.baremes import PREMIER, Tranche
from candidatures.classement.regle import Critere, Points, Situation, compter, mois_pleins, surface_minimale
from demandes.models import LienEmploi, Priorite
from demandes.priorites import lien_emploi, priorite
from demandes.sne.dossier import Dalo
from tests.factories import dossier

JOUR = date(2026, 11, 23)
RIEN = Situation(priorite="", deposee_le=date(2026, 11, 1), lien_emploi="", surface=None, habitants=3, revenus=2_000)
LOYER = 800  # 40 % of 2 000 €: nothing


def points(situation: Situation, loyer: int = LOYER) -> Points:
    return compter(situation, loyer, PREMIER, JOUR)


def de(critere: Critere, points: Points) -> int:
    return next(ligne.points for ligne in points.lignes if ligne.critere is critere)


def test_nothing_brings_nothing():
    assert points(RIEN).total == 0


@pytest.mark.parametrize(("priorite", "attendu"), [("dalo", 50), ("l441_1", 25), ("", 0)])
def test_priority_is_the_dalo_then_article_l441_1(priorite: str, attendu: int):
    assert points(replace(RIEN, priorite=priorite)).total == attendu


@pytest.mark.parametrize(
    ("deposee_le", "attendu"),
    [
        (date(2026, 11, 23), 0),
        (date(2026, 10, 24), 0),
        (date(2026, 10, 23), 1),
        (date(2026, 9, 30), 1),
        (date(2025, 11, 23), 12),
        (date(2025, 11, 24), 11),
        (date(2024, 2, 29), 32),
        (date(2021, 11, 23), 60),
        (date(2021, 11, 22), 60),
        (date(2016, 1, 1), 60),
        (date(2027, 1, 1), 0),
    ],
)
def test_each_full_month_is_a_point_sixty_at_most(deposee_le: date, attendu: int):
    assert points(replace(RIEN, deposee_le=deposee_le)).total == attendu


@pytest.mark.parametrize(
    ("depuis", "jour", "attendu"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 31), date(2026, 3, 1), 1),
        (date(2026, 1, 31), date(2026, 3, 31), 2),
        (date(2024, 2, 29), date(2025, 2, 28), 11),
        (date(2024, 2, 29), date(2025, 3, 1), 12),
        (date(2025, 12, 15), date(2026, 1, 14), 0),
        (date(2025, 12, 15), date(2026, 1, 15), 1),
    ],
)
def test_a_month_is_full_on_the_same_day_of_the_next_one(depuis: date, jour: date, attendu: int):
    assert mois_pleins(depuis, jour) == attendu


@pytest.mark.parametrize(("lien", "attendu"), [("mutation", 15), ("rapprochement", 10), ("", 0)])
def test_a_job_elsewhere_brings_points(lien: str, attendu: int):
    assert points(replace(RIEN, lien_emploi=lien)).total == attendu


@pytest.mark.parametrize(
    ("habitants", "minimum"), [(0, 9), (1, 9), (2, 16), (3, 25), (4, 34), (5, 43), (6, 52), (7, 61), (8, 70), (12, 70)]
)
def test_the_minimal_surface_is_that_of_article_r822_25(habitants: int, minimum: int):
    assert surface_minimale(habitants) == minimum


@pytest.mark.parametrize(
    ("surface", "habitants", "attendu"),
    [
        (None, 3, 0),
        (25, 3, 0),
        (24, 3, 5),
        (19, 3, 5),
        (18, 3, 10),  # 72 % of 25
        (13, 3, 10),  # 52 %
        (12, 3, 15),  # 48 %
        (9, 1, 0),
        (8, 1, 5),
        (8, 2, 10),  # exactly half of 16: not below it
        (7, 2, 15),
        (69, 9, 5),
        (0, 3, 0),  # the registry's way of not knowing
    ],
)
def test_the_smaller_the_home_the_more_points(surface: int | None, habitants: int, attendu: int):
    assert points(replace(RIEN, surface=surface, habitants=habitants)).total == attendu


@pytest.mark.parametrize(
    ("loyer", "revenus", "attendu"),
    [
        (400, 2_000, 15),
        (401, 2_000, 10),
        (500, 2_000, 10),
        (501, 2_000, 5),
        (600, 2_000, 5),
        (601, 2_000, 0),
        (760, 2_000, 0),
        (400, 0, 0),
        (0, 2_000, 0),
    ],
)
def test_the_lighter_the_rent_the_more_points(loyer: int, revenus: int, attendu: int):
    assert points(replace(RIEN, revenus=revenus), loyer).total == attendu


def test_a_whole_household_adds_up_and_says_why_line_by_line():
    """Anne: DALO, three years and two months, moved by her employer, 18 m² for three, 500 € of 2 000 €."""
    anne = Situation("dalo", date(2023, 9, 10), "mutation", 18, 3, 2_000)
    ses_points = points(anne, 500)
    assert [ligne.points for ligne in ses_points.lignes] == [50, 38, 15, 10, 10]
    assert ses_points.total == 123
    assert ses_points.hors_loyer == 113
    assert [ligne.constate for ligne in ses_points.lignes] == [
        "Droit au logement opposable (DALO)",
        "38 mois pleins depuis le 10/09/2023",
        "Mutation professionnelle",
        "18 m² pour 3 personnes (minimum : 25 m²)",
        "Loyer de 500\u00a0€, soit 25,0 % de 2\u202f000\u00a0€ par mois",
    ]


def test_months_beyond_the_cap_are_said_but_not_counted():
    vieille = points(replace(RIEN, deposee_le=date(2018, 11, 23)))
    assert vieille.lignes[1].constate == "96 mois pleins depuis le 23/11/2018, 60 comptés"
    assert de(Critere.ANCIENNETE, vieille) == 60


def test_another_scale_gives_other_points():
    severe = replace(PREMIER, dalo=80, mois_comptes=12, effort=(Tranche(40, 3),))
    situation = replace(RIEN, priorite="dalo", deposee_le=date(2020, 1, 1))
    assert [ligne.points for ligne in compter(situation, LOYER, severe, JOUR).lignes] == [80, 12, 0, 0, 3]


@pytest.mark.parametrize(
    ("changements", "attendue"),
    [
        ({}, Priorite.AUCUNE),
        ({"recours_dalo": Dalo("ACTIF")}, Priorite.DALO),
        ({"recours_dalo": Dalo("CADUC")}, Priorite.AUCUNE),
        ({"recours_dalo": Dalo("ACTREL")}, Priorite.AUCUNE),
        ({"motifs": ("09", "01")}, Priorite.L441_1),
        ({"motifs": ("03",)}, Priorite.L441_1),
        ({"motifs": ("05",)}, Priorite.L441_1),
        ({"motifs": ("06",)}, Priorite.L441_1),
        ({"motifs": ("07",)}, Priorite.L441_1),
        ({"motifs": ("08", "13")}, Priorite.AUCUNE),
        ({"handicap": True}, Priorite.L441_1),
        ({"handicap": True, "recours_dalo": Dalo("ACTIF")}, Priorite.DALO),
    ],
)
def test_the_priority_is_read_from_what_the_registry_says(changements: dict[str, object], attendue: Priorite):
    assert priorite(dossier(**changements)) is attendue


@pytest.mark.parametrize(
    ("motifs", "attendu"),
    [
        (("04",), LienEmploi.AUCUN),
        (("19",), LienEmploi.RAPPROCHEMENT),
        (("18",), LienEmploi.MUTATION),
        (("19", "18"), LienEmploi.MUTATION),
    ],
)
def test_the_tie_to_a_job_is_read_from_the_motives(motifs: tuple[str, ...], attendu: LienEmploi):
    assert lien_emploi(dossier(motifs=motifs)) is attendu
