"""A queryset written in SQL once: constants are in the text, values are not, and an index of some rows can serve."""

import pytest
from django.db.models import Q, Value

from alin.preparees import Preparee, parametre
from demandes.models import Commune
from offres.models import Offre
from tests.factories import CommuneFactory


@pytest.fixture
def communes(db):
    CommuneFactory(code="75111", nom="L’Haÿ 100 %")
    CommuneFactory(code="75120", nom="It's %s")


def test_what_is_the_same_for_all_is_written_in_the_sql_and_values_are_not():
    ouvertes = Preparee(Offre.objects.ouvertes(parametre("jour")).values_list("pk"))

    assert """"statut" = 'publiee'""" in ouvertes.sql
    assert ouvertes.places == ["jour", "jour"]


@pytest.mark.parametrize(("fin", "trouvee"), [(" 100 %", "75111"), ("'s %s", "75120")])
def test_quotes_and_percents_of_a_constant_are_read_as_they_are(communes, fin, trouvee):
    lues = Commune.objects.filter(nom__endswith=fin, code__parmi=parametre("codes")).annotate(fin=Value(fin))

    assert Preparee(lues.values_list("code", "fin")).lire(codes=["75111", "75120"]) == [(trouvee, fin)]


def test_one_is_among_many_as_among_a_few(communes):
    parmi, beaucoup = Q(code__parmi=parametre("codes")), Q(code__parmi_beaucoup=parametre("codes"))
    for condition in (parmi, beaucoup, ~parmi, ~beaucoup):
        lues = Preparee(Commune.objects.filter(condition).values_list("code"))
        dedans, rien = lues.lire(codes=["75120", "99999"]), lues.lire(codes=[])
        assert [code for (code,) in dedans] == (["75120"] if not condition.negated else ["75111"])
        assert len(rien) == (2 if condition.negated else 0)


def test_a_prepared_queryset_without_any_value_is_read_too(communes):
    assert Preparee(Commune.objects.filter(nom__contains="%s").values_list("code")).lire() == [("75120",)]


def test_a_value_not_given_is_told(communes):
    with pytest.raises(KeyError):
        Preparee(Commune.objects.filter(code=parametre("code")).values_list("code")).lire()
