"""Races around the commission, on real connections: one wins, the other is told, and nothing is left by halves."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from candidatures import commission, workflow
from candidatures.commission import Choix
from candidatures.models import TITULAIRES, Candidature, Seance
from candidatures.statuts import Action, Statut
from offres import baremes
from offres.models import Offre, StatutOffre
from tests.candidatures.test_courses import annuler_contre_transmettre
from tests.ensemble import ensemble
from tests.factories import CandidatureFactory, DemandeFactory, OffreFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)
COURTE, LONGUE = 4, 120


@pytest.fixture(autouse=True)
def _baremes(transactional_db: None) -> None:
    baremes.charger()
    User.objects.automate()


def deux_commissions() -> None:
    """Two advisers enter a sitting on the same dwelling, about the same dossiers in another order."""
    offre = OffreFactory()
    une, deux, trois = (CandidatureFactory(offre=offre, statut=Statut.EN_COMMISSION) for _ in range(3))

    def tenir(*ordre: Candidature) -> Seance:
        choix = [
            Choix(ordre[0], Action.ATTRIBUER),
            Choix(ordre[1], Action.CLASSER, precision=2),
            Choix(ordre[2], Action.CLASSER, precision=3),
        ]
        return commission.tenir(offre, choix, tenue_le=timezone.localdate(), par=UserFactory(conseiller=True))

    resultats = ensemble(partial(tenir, une, deux, trois), partial(tenir, trois, une, deux))
    assert sum(isinstance(r, commission.SeanceRefusee) for r in resultats) == 1, resultats
    assert Seance.objects.filter(offre=offre).count() == 1
    assert sorted(offre.candidatures.values_list("rang", flat=True)) == [1, 2, 3]


def deux_commissions_sur_d_autres_dossiers() -> None:
    """The same, about different dossiers: only the lock of the offer is between them."""
    offre, par = OffreFactory(), UserFactory(conseiller=True)
    une, deux = (CandidatureFactory(offre=offre, statut=Statut.EN_COMMISSION) for _ in range(2))
    entete: dict[str, Any] = {"tenue_le": timezone.localdate(), "justification": "Un seul dossier.", "par": par}
    resultats = ensemble(
        *(partial(commission.tenir, offre, [Choix(c, Action.ATTRIBUER)], **entete) for c in (une, deux))
    )
    assert sum(isinstance(r, commission.SeanceRefusee) for r in resultats) == 1, resultats
    assert offre.candidatures.filter(statut=Statut.ATTRIBUEE).count() == 1


def signature_contre_retrait() -> None:
    offre, conseiller = OffreFactory(), UserFactory(conseiller=True)
    acceptee = CandidatureFactory(offre=offre, statut=Statut.ACCEPTEE, rang=1)
    attente = CandidatureFactory(offre=offre, statut=Statut.CLASSEE)
    ensemble(
        partial(workflow.avancer, acceptee, Action.SIGNER, par=conseiller, precision=timezone.localdate()),
        partial(workflow.retirer_offre, offre, par=conseiller, motif="Travaux."),
    )
    for ligne in (offre, acceptee, attente):
        ligne.refresh_from_db()
    issues = {
        StatutOffre.PLACEE: (Statut.BAIL_SIGNE, Statut.NON_ATTRIBUEE),
        StatutOffre.RETIREE: (Statut.RETIREE, Statut.RETIREE),
    }
    assert (acceptee.statut, attente.statut) == issues[StatutOffre(offre.statut)]


def refus_contre_depart_du_second() -> None:
    """The first refuses while the second is struck off: the third has the dwelling, once the clock has passed."""
    offre = OffreFactory()
    une = CandidatureFactory(offre=offre, statut=Statut.PROPOSEE, rang=1)
    deux, trois = (CandidatureFactory(offre=offre, statut=Statut.CLASSEE) for _ in range(2))
    ensemble(
        partial(workflow.avancer, une, Action.REFUSER, par=une.demande.demandeur, motif="Trop loin."),
        partial(workflow.avancer, deux, Action.RADIER, par=User.objects.automate(), motif="Radiée."),
    )
    workflow.passer_au_suivant(offre.pk)
    for candidature in (une, deux, trois):
        candidature.refresh_from_db()
    assert (une.statut, deux.statut, trois.statut) == (Statut.REFUSEE, Statut.RADIEE, Statut.ATTRIBUEE)
    assert Candidature.objects.filter(offre=offre, statut__in=TITULAIRES).count() == 1


def postuler_contre_retrait() -> None:
    demande, offre = DemandeFactory(valide=True), OffreFactory()
    ensemble(
        partial(workflow.postuler, demande, offre, par=demande.demandeur),
        partial(workflow.retirer_offre, offre, par=UserFactory(conseiller=True), motif="Travaux."),
    )
    assert not Candidature.objects.actives().filter(offre=offre).exists()
    assert Offre.objects.get(pk=offre.pk).statut == StatutOffre.RETIREE


COURSES = [
    deux_commissions,
    deux_commissions_sur_d_autres_dossiers,
    signature_contre_retrait,
    refus_contre_depart_du_second,
    postuler_contre_retrait,
]


@pytest.mark.parametrize("course", COURSES)
def test_in_a_race_one_wins_and_the_other_is_told(course: Callable[[], None]) -> None:
    for _ in range(COURTE):
        course()


@pytest.mark.epreuve
@pytest.mark.parametrize("course", [annuler_contre_transmettre, *COURSES])
def test_many_rounds_of_each_race_end_well(course: Callable[[], None]) -> None:
    for _ in range(LONGUE):
        course()
