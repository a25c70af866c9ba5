"""Two accounts race for one number, on real connections: one wins, the other is told."""

from functools import partial

import pytest

from accounts.models import User
from demandes import importation
from demandes.importation import DejaRattachee
from demandes.models import Demande, Importation, Instantane
from tests.demandes.importer import NUMERO, verifiee
from tests.ensemble import ensemble
from tests.factories import UserFactory
from tests.registre import Registre


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("manches", [20, pytest.param(200, marks=pytest.mark.epreuve)])
def test_two_accounts_racing_for_one_number_make_one_demand_and_the_loser_is_told(
    manches: int, registre: Registre
) -> None:
    anne: User = UserFactory(prenom="Anne", nom_naissance="Porte")
    autre: User = UserFactory(prenom="Anne", nom_naissance="Porte")
    gagnes = {anne.pk: 0, autre.pk: 0}
    for _ in range(manches):
        courses = [(verifiee(user), user) for user in (anne, autre)]
        resultats = ensemble(*(partial(importation.importer, ouverte, par=user) for ouverte, user in courses))
        (demande,) = Demande.objects.all()
        assert [type(r) for r in resultats if isinstance(r, Exception)] == [DejaRattachee], resultats
        perdant = autre if demande.demandeur == anne else anne
        ouverte = Importation.objects.ouvertes().get()
        assert ouverte.par == perdant
        assert "déjà rattaché à un autre compte" in ouverte.refus
        assert Instantane.objects.count() == 1
        gagnes[demande.demandeur_id] += 1
        demande.delete()
        Importation.objects.all().delete()  # and with them the tries of the day
    assert sum(gagnes.values()) == manches
    assert Demande.objects.filter(numero_unique=NUMERO).count() == 0
