"""Whatever is in the cells of a file, each row enters or is refused with a reason: none stops the import."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from offres.imports.colonnes import COLONNES
from offres.models import Bailleur, Offre
from tests.factories import BailleurFactory, CommuneFactory
from tests.offres.fichiers import importer, ligne

pytestmark = pytest.mark.django_db
PIEGES: list[Any] = [
    *(
        "",
        "0",
        "-1",
        "1e400",
        "NaN",
        "=A1",
        "#N/A",
        "75056",
        "75111",
        "T3",
        "oui",
        "publiee",
        "retiree",
        "A",
        "x" * 5_001,
    ),
    *(" 1 234,5 € ", "31/12/2099", "01/01/1990", "99999", "99999999999999", "\u202e", "\ud800", "\x00", "e\u0301" * 40),
    *(10**400, -(2**63), 1e308, 0.1, True, None, [], {}, "٣", "²", "1" * 40),
]
CELLULES = st.one_of(
    st.sampled_from(PIEGES),
    st.text(max_size=50),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat),
    st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)).map(str),  # noqa: DTZ001 -- as a file writes it
)
LIGNES = st.lists(
    st.dictionaries(st.sampled_from([colonne.nom for colonne in COLONNES]), CELLULES, max_size=6),
    min_size=1,
    max_size=5,
)


def _eprouver(changements: list[dict[str, Any]]) -> None:
    CommuneFactory(code="75111", codes_postaux=["75011"])
    bailleur = Bailleur.objects.first() or BailleurFactory()
    contenu = json.dumps([ligne(f"N-{n}") | c for n, c in enumerate(changements)], default=str).encode()
    depot = importer(contenu, bailleur=bailleur)

    assert depot.etat == "terminé" or depot.erreur == "Aucune ligne de ce fichier n’a pu être lue."
    assert depot.lignes_lues == len(changements) == sum(nombre for _, nombre in depot.comptes)
    assert all(une.detail for une in depot.lignes.filter(issue="refusee"))
    for offre in Offre.objects.filter(bailleur=bailleur):
        offre.clean_fields()


PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@settings(PATIENT, max_examples=25)
@given(LIGNES)
def test_no_cell_stops_an_import_nor_writes_what_an_offer_cannot_be(changements: list[dict[str, Any]]) -> None:
    _eprouver(changements)


@pytest.mark.epreuve
@settings(PATIENT, max_examples=500)
@given(LIGNES)
def test_five_hundred_files_of_chance_are_imported_or_refused_row_by_row(changements: list[dict[str, Any]]) -> None:
    _eprouver(changements)
