"""Fifty-five households and their documents, checked by hand against the official list (`liste_officielle`)."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demandes.pieces import pieces_attendues
from demandes.pieces.foyer import FOYER
from demandes.pieces.personne import PERSONNE
from demandes.sne import nomenclature
from demandes.sne.dossier import DossierSNE
from demandes.sne.simulateur.personnes import inconnus
from tests.demandes import liste_officielle as o
from tests.demandes.foyers import NOVEMBRE, a_charge, avec, foyer, une_personne

SALAIRE = [o.CNI, o.OCTOBRE, o.SEPTEMBRE, o.AOUT, o.AVIS_2025, o.AVIS_2026]
"""One employee, on 22 November 2026: what everybody on a contract has."""
SANS_SALAIRE = [o.CNI, o.AVIS_2025, o.AVIS_2026]


def libelles(demande: DossierSNE, jour: date = NOVEMBRE) -> list[str]:
    return [piece.libelle for piece in pieces_attendues(demande, jour)]


CAS = {
    # Contracts and resources
    "employee on a permanent contract": (foyer(), SALAIRE),
    "fixed-term or temp": (foyer(une_personne("CDD")), SALAIRE),
    "shopkeeper": (
        foyer(une_personne("ART", recoit="SAL")),
        [o.CNI, o.BILAN, o.AVIS_2025, o.AVIS_2026],
    ),
    "out of work, paid": (
        foyer(une_personne("CHO", recoit="CHO")),
        [o.CNI, o.CHOMAGE, o.AVIS_2025, o.AVIS_2026],
    ),
    "out of work with some wages": (
        foyer(une_personne("CHO", recoit="CHO SAL")),
        [o.CNI, o.OCTOBRE, o.SEPTEMBRE, o.AOUT, o.CHOMAGE, o.AVIS_2025, o.AVIS_2026],
    ),
    "employee paid by France Travail as well": (
        foyer(une_personne(recoit="SAL CHO")),
        [o.CNI, o.OCTOBRE, o.SEPTEMBRE, o.AOUT, o.CHOMAGE, o.AVIS_2025, o.AVIS_2026],
    ),
    "apprentice": (foyer(une_personne("APP", recoit="SAL")), [*SALAIRE, o.APPRENTI]),
    "student with a grant": (
        foyer(une_personne("ETU", recoit="BE")),
        [o.CNI, o.BOURSE, o.AVIS_2025, o.AVIS_2026, o.ETUDIANT],
    ),
    "student who works": (foyer(une_personne("ETU", recoit="SAL")), [*SALAIRE, o.ETUDIANT]),
    "retired": (foyer(une_personne("RET", recoit="RET")), [o.CNI, o.RETRAITE, o.AVIS_2025, o.AVIS_2026]),
    "minimum for the old": (
        foyer(une_personne("AUT", recoit="AMV")),
        [o.CNI, o.RETRAITE, o.AVIS_2025, o.AVIS_2026, o.AUTRE],
    ),
    "invalidity pension": (
        foyer(une_personne("AUT", recoit="PINV AAH")),
        [o.CNI, o.INVALIDITE, o.CAF, o.AVIS_2025, o.AVIS_2026, o.AUTRE],
    ),
    "daily allowances of the health insurance": (
        foyer(une_personne(recoit="SAL AUT")),
        [o.CNI, o.OCTOBRE, o.SEPTEMBRE, o.AOUT, o.INDEMNITES, o.AVIS_2025, o.AVIS_2026],
    ),
    "RSA": (
        foyer(une_personne("AUT", recoit="RSA")),
        [o.CNI, o.CAF, o.AVIS_2025, o.AVIS_2026, o.AUTRE],
    ),
    "several family benefits make one statement": (
        foyer(une_personne(recoit="AF PAJE AEEH AJPP"), a_charge("2020-02-29")),
        [o.CNI, o.ENFANTS, o.OCTOBRE, o.SEPTEMBRE, o.AOUT, o.CAF, o.AVIS_2025, o.AVIS_2026],
    ),
    "child support received": (
        foyer(une_personne(famille="D", recoit="SAL PAR")),
        [o.CNI, o.OCTOBRE, o.SEPTEMBRE, o.AOUT, o.PENSION, o.AVIS_2025, o.AVIS_2026, o.DIVORCE],
    ),
    "child support paid": (
        foyer(une_personne(famille="D", verse="PAV")),
        [o.CNI, o.OCTOBRE, o.SEPTEMBRE, o.AOUT, o.PENSION_VERSEE, o.AVIS_2025, o.AVIS_2026, o.DIVORCE],
    ),
    # Identity and nationality
    "citizen of another country of the Union": (foyer(une_personne(nationalite="2")), SALAIRE),
    "foreigner": (foyer(une_personne(nationalite="3")), [o.SEJOUR, *SALAIRE[1:]]),
    # Family
    "married couple: the livret once": (
        foyer(une_personne(famille="M"), avec(famille="M", lien="M")),
        [*SALAIRE, o.LIVRET, *SALAIRE],
    ),
    "PACS: the statement once, and a foreign partner": (
        foyer(une_personne(famille="P"), avec("CHO", famille="P", lien="P", nationalite="3", recoit="CHO")),
        [*SALAIRE, o.PACS, o.SEJOUR, o.CHOMAGE, o.AVIS_2025, o.AVIS_2026],
    ),
    "unmarried couple, no document of a couple": (
        foyer(une_personne(famille="U"), avec("ART", famille="U")),
        [*SALAIRE, o.CNI, o.BILAN, o.AVIS_2025, o.AVIS_2026],
    ),
    "two flatmates, one divorced": (
        foyer(une_personne(), avec(famille="D", lien="L")),
        [*SALAIRE, *SALAIRE, o.DIVORCE],
    ),
    "divorced": (foyer(une_personne(famille="D")), [*SALAIRE, o.DIVORCE]),
    "separated": (foyer(une_personne(famille="S")), [*SALAIRE, o.EN_INSTANCE]),
    "still married, divorcing": (foyer(une_personne(famille="M"), motifs="11"), [*SALAIRE, o.EN_INSTANCE]),
    "still in a PACS, leaving it": (foyer(une_personne(famille="P"), motifs="11"), [*SALAIRE, o.PACS_DISSOUS]),
    "widow": (foyer(une_personne(famille="V")), [*SALAIRE, o.VEUVAGE]),
    "child of three, every other week": (
        foyer(une_personne(), a_charge("2023-06-01", garde="G")),
        [o.CNI, o.ENFANTS, *SALAIRE[1:]],
    ),
    "child to come": (foyer(a_naitre=1), [*SALAIRE, o.GROSSESSE]),
    "attached child of nineteen": (
        foyer(une_personne(), a_charge("2007-01-15")),
        [*SALAIRE, o.IDENTITE_RATTACHE, o.AVIS_2025, o.AVIS_2026],
    ),
    "child of eighteen today": (
        foyer(une_personne(), a_charge("2008-11-22")),
        [*SALAIRE, o.IDENTITE_RATTACHE, o.AVIS_2025, o.AVIS_2026],
    ),
    "child of eighteen tomorrow": (
        foyer(une_personne(), a_charge("2008-11-23")),
        [o.CNI, o.ENFANTS, *SALAIRE[1:]],
    ),
    "old mother with a pension": (
        foyer(une_personne(), a_charge("1944-05-01", lien="P", recoit="RET")),
        [*SALAIRE, o.IDENTITE_RATTACHE, o.RETRAITE, o.AVIS_2025, o.AVIS_2026],
    ),
    "child of seventeen who earns": (
        foyer(une_personne(), a_charge("2009-03-01", recoit="SAL")),
        [o.CNI, o.ENFANTS, *SALAIRE[1:], o.OCTOBRE, o.SEPTEMBRE, o.AOUT],
    ),
    # Present dwelling
    "tenant of a private owner": (foyer(logement="LP"), [*SALAIRE, o.BAIL, o.QUITTANCE]),
    "tenant of a social landlord": (foyer(logement="HLM"), [*SALAIRE, o.BAIL, o.QUITTANCE, o.PATRIMOINE]),
    "guest of a friend": (foyer(logement="CP"), [*SALAIRE[:4], o.HEBERGEANT, o.AVIS_2025, o.AVIS_2026]),
    "at the parents'": (foyer(logement="CPE"), [*SALAIRE[:4], o.HEBERGEANT, o.AVIS_2025, o.AVIS_2026]),
    "lodged free of charge": (foyer(logement="LTG"), [*SALAIRE[:4], o.HEBERGEANT, o.AVIS_2025, o.AVIS_2026]),
    "hostel": (foyer(logement="SH"), [*SALAIRE, o.STRUCTURE]),
    "residence for workers": (foyer(logement="RS"), [*SALAIRE, o.STRUCTURE]),
    "owner, hotel, lodging of the job: nothing": (foyer(logement="POCC", motifs="20"), SALAIRE),
    # Motifs
    "homeless": (foyer(motifs="01"), [*SALAIRE, o.SANS_LOGEMENT]),
    "unfit dwelling": (foyer(motifs="03"), [*SALAIRE, o.INDECENT]),
    "taken back, the guide's example": (
        foyer(logement="CP", motifs="04"),
        [*SALAIRE[:4], o.HEBERGEANT, o.AVIS_2025, o.AVIS_2026, o.CONGE],
    ),
    "eviction": (foyer(logement="LP", motifs="05"), [*SALAIRE, o.BAIL, o.QUITTANCE, o.EXPULSION]),
    "violence": (foyer(motifs="06"), [*SALAIRE, o.VIOLENCES]),
    "disability and health": (foyer(motifs="07 08"), [*SALAIRE, o.HANDICAP, o.MEDICAL]),
    "too dear": (foyer(logement="LP", motifs="09"), [*SALAIRE, o.BAIL, o.QUITTANCE, o.TROP_CHER]),
    "reunion of a family": (foyer(motifs="15"), [*SALAIRE, o.OFII]),
    "child minder": (foyer(motifs="16"), [*SALAIRE, o.AGREMENT]),
    "transferred, and nearer to work": (foyer(motifs="18 19"), [*SALAIRE, o.MUTATION, o.TRAJET]),
    "home buyer in trouble": (foyer(logement="POCC", motifs="22"), [*SALAIRE, o.APUREMENT]),
    "motifs without a document": (foyer(motifs="02 10 12 13 14 17 20 21 23"), SALAIRE),
}


@pytest.mark.parametrize(("demande", "attendus"), CAS.values(), ids=CAS)
def test_a_household_is_asked_for_these_documents_and_no_other(demande: DossierSNE, attendus: list[str]) -> None:
    assert libelles(demande) == attendus


def codes(table: dict[str, str]) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(sorted(table)), unique=True, max_size=5).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(
    contrat=st.sampled_from(sorted(nomenclature.CONTRATS)),
    famille=st.sampled_from(sorted(nomenclature.SITUATIONS_FAMILIALES)),
    nationalite=st.sampled_from(sorted(nomenclature.NATIONALITES)),
    recoit=codes(nomenclature.RESSOURCES),
    logement=st.sampled_from(sorted(nomenclature.MODELES_LOGEMENT)),
    motifs=codes(nomenclature.MOTIFS),
    jour=st.dates(date(2020, 1, 1), date(2040, 12, 31)),
)
def test_whatever_the_situation_nothing_outside_the_official_list_is_asked(
    contrat: str, famille: str, nationalite: str, recoit: str, logement: str, motifs: str, jour: date
) -> None:
    personne = une_personne(contrat, famille=famille, nationalite=nationalite, recoit=recoit, verse="PAV")
    demande = foyer(personne, avec(famille="D", lien="L"), a_charge("2001-05-05"), logement=logement, motifs=motifs)
    hors_liste = set(libelles(demande, jour)) - o.UNE_FOIS
    assert [lu for lu in hors_liste if not re.fullmatch(f"{o.BULLETIN}|{o.AVIS}", lu)] == []
    cles = [piece.cle for piece in pieces_attendues(demande, jour)]
    assert len(set(cles)) == len(cles)


def test_two_thousand_invented_people_are_asked_for_nothing_else_either() -> None:
    foule = list(inconnus(NOVEMBRE))
    listes = [pieces_attendues(demande, NOVEMBRE) for demande in foule]
    demandes = {piece.libelle for liste in listes for piece in liste} - o.UNE_FOIS
    assert (len(foule), [lu for lu in demandes if not re.fullmatch(f"{o.BULLETIN}|{o.AVIS}", lu)]) == (2000, [])
    assert all(len({piece.cle for piece in liste}) == len(liste) for liste in listes)
    assert all(o.AVIS_2025 in {piece.libelle for piece in liste} for liste in listes)


def test_every_line_of_the_official_list_is_asked_from_somebody() -> None:
    demandes = {libelle for _, attendus in CAS.values() for libelle in attendus}
    assert o.UNE_FOIS - demandes == set()


def test_a_rule_reads_only_facts_that_exist() -> None:
    possibles = {"adulte", "rattache", "salaire", "enfants", "a_naitre", "divorce_en_cours", "pacs_rompu"}
    for mot, table in (
        ("nationalite", nomenclature.NATIONALITES),
        ("contrat", nomenclature.CONTRATS),
        ("recoit", nomenclature.RESSOURCES),
        ("verse", nomenclature.VERSEMENTS),
        ("famille", nomenclature.SITUATIONS_FAMILIALES),
        ("logement", nomenclature.MODELES_LOGEMENT),
        ("motif", nomenclature.MOTIFS),
    ):
        possibles |= {f"{mot}:{code}" for code in table}
    assert {fait for regle in (*PERSONNE, *FOYER) for fait in regle.si} - possibles == set()


def test_each_person_has_his_documents_under_his_name_and_the_household_under_the_first() -> None:
    demande = foyer(une_personne("RET"), avec("CHO"), a_charge("2001-05-05"), logement="LP", motifs="04")
    par_personne: dict[str, list[str]] = {}
    for piece in pieces_attendues(demande, NOVEMBRE):
        par_personne.setdefault(piece.personne, []).append(piece.libelle)
    assert par_personne == {
        "Demandeur ANNE PORTE": [o.CNI, o.RETRAITE, o.AVIS_2025, o.AVIS_2026, o.BAIL, o.QUITTANCE, o.CONGE],
        "Codemandeur DENIS GIGI": [o.CNI, o.CHOMAGE, o.AVIS_2025, o.AVIS_2026],
        "Personne à charge LÉO GIGI": [o.IDENTITE_RATTACHE, o.AVIS_2025, o.AVIS_2026],
    }


@pytest.mark.parametrize("motif", ["06", "07", "08"])
def test_violence_and_health_are_marked_as_never_for_an_employer(motif: str) -> None:
    pieces = pieces_attendues(foyer(motifs=f"{motif} 13"), NOVEMBRE)
    assert [piece.sensible for piece in pieces if piece.cle == f"foyer:motif:{motif}"] == [True]


def test_residence_pregnancy_invalidity_and_sick_pay_are_marked_too() -> None:
    personne = une_personne(nationalite="3", recoit="PINV AUT")
    pieces = pieces_attendues(foyer(personne, a_naitre=1), NOVEMBRE)
    assert {piece.libelle for piece in pieces if piece.sensible} == {o.SEJOUR, o.INVALIDITE, o.INDEMNITES, o.GROSSESSE}


def test_every_document_says_why_it_is_asked_for_in_one_sentence() -> None:
    for regle in (*PERSONNE, *FOYER):
        assert re.fullmatch(r"[A-ZÀ-Ý][^.]{10,110}\.", regle.pourquoi), regle.pourquoi
        assert not regle.aussi or regle.aussi.endswith("."), regle.aussi
        assert set(regle.codes) <= set(nomenclature.PIECES), regle.codes
