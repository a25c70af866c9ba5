"""A random life of everybody at once, against the real database; after each step what must always be true still is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from accounts.models import User
from candidatures import commission, delais_d_attente, effacement, horloge, workflow
from candidatures.attente import requetes
from candidatures.commission import Choix
from candidatures.delais_d_attente import Delai
from candidatures.models import PLACES_PRISES, TITULAIRES, Candidature, Evenement, Seance
from candidatures.statuts import ATTRIBUTAIRES, AVANT_TRANSMISSION, CONSEILLERS, TRANSITIONS, Action, Precision, Statut
from candidatures.workflow import CandidatureRefusee
from demandes import vie
from demandes.models import Demande
from offres import baremes
from offres.models import Offre, StatutOffre
from tests.factories import AppartenanceFactory, ConsentementFactory, DemandeFactory, OffreFactory, UserFactory

N = st.integers(0, 1000)
"""Picks one among however many there are."""
ACTES = st.sampled_from([action for action, regle in TRANSITIONS.items() if regle.par & CONSEILLERS])
DU_DEMANDEUR = st.sampled_from([Action.ANNULER, Action.ACCEPTER, Action.REFUSER])
DECISIONS = st.sampled_from([Action.ATTRIBUER, Action.CLASSER, Action.CONDITIONNER, Action.NON_ATTRIBUER, None])
PERSONNES, OFFRES = 5, 2


class Vie(RuleBasedStateMachine):
    """Applicants, an adviser, an agent, the clock. Each example starts from the same world and leaves no trace."""

    pas = 0
    refus = 0
    monde: "dict[str, Any]"

    def __init__(self) -> None:
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()
        self.voyage = time_machine.travel(timezone.now(), tick=True)
        self.temps = self.voyage.start()
        self.balaye = False

    def teardown(self) -> None:
        self.voyage.stop()
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)

    def essayer(self, faire: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """One step: what is refused is refused with a sentence, and by nothing else."""
        Vie.pas += 1
        self.balaye = False
        try:
            with transaction.atomic():
                faire(*args, **kwargs)
        except CandidatureRefusee as raison:
            Vie.refus += bool(str(raison))

    @rule(qui=N, ou=N, agent=st.booleans())
    def postuler(self, qui: int, ou: int, agent: bool) -> None:
        demandes, offres = list(Demande.objects.order_by("pk")), list(Offre.objects.order_by("pk"))
        if demandes:
            demande = demandes[qui % len(demandes)]
            par = self.monde["agent"] if agent else demande.demandeur
            self.essayer(workflow.postuler, demande, offres[ou % len(offres)], par=par)

    @rule(qui=N, action=ACTES, rang=st.integers(1, 4))
    def conseiller(self, qui: int, action: Action, rang: int) -> None:
        if candidature := une(qui):
            precision = rang if TRANSITIONS[action].precision is Precision.RANG else timezone.localdate()
            par = self.monde["conseiller"]
            self.essayer(workflow.avancer, candidature, action, par=par, motif="Parce que.", precision=precision)

    @rule(qui=N)
    def mener_jusqu_a_la_commission(self, qui: int) -> None:
        candidature = une(qui)
        for action in (Action.VALIDER, Action.TRANSMETTRE, Action.PASSER_EN_COMMISSION):
            if candidature and candidature.statut in TRANSITIONS[action].depuis:
                jour, par = timezone.localdate(), self.monde["conseiller"]
                self.essayer(workflow.avancer, candidature, action, par=par, precision=jour)
                candidature.refresh_from_db()

    @rule(ou=N, decisions=st.lists(DECISIONS, min_size=6, max_size=6), juste=st.booleans(), raison=st.booleans())
    def tenir_une_seance(self, ou: int, decisions: list[Action | None], juste: bool, raison: bool) -> None:
        offres = list(Offre.objects.filter(candidatures__statut=Statut.EN_COMMISSION).distinct().order_by("pk"))
        if not offres:
            return
        offre = offres[ou % len(offres)]
        inscrites = offre.candidatures.filter(statut=Statut.EN_COMMISSION).order_by("pk")
        choix, rang = [], 1
        for candidature, action in zip(inscrites, decisions, strict=False):
            if action in (Action.ATTRIBUER, Action.CONDITIONNER, Action.CLASSER):
                action = Action.CLASSER if rang > 1 and juste else Action.ATTRIBUER if juste else action
                precision = rang if action is Action.CLASSER else timezone.localdate()
                choix.append(Choix(candidature, action, "Sous condition.", precision))
                rang += 1
            elif action:
                choix.append(Choix(candidature, action, "Un dossier plus ancien."))
        motif = "Trop peu de candidats." if raison else ""
        entete = {"tenue_le": timezone.localdate(), "justification": motif, "par": self.monde["conseiller"]}
        self.essayer(commission.tenir, offre, choix, **entete)

    @rule(qui=N, action=DU_DEMANDEUR)
    def demandeur(self, qui: int, action: Action) -> None:
        if candidature := une(qui):
            par = candidature.demande.demandeur
            self.essayer(workflow.avancer, candidature, action, par=par, motif="Trop loin.")

    @rule(ou=N)
    def retirer_une_offre(self, ou: int) -> None:
        offres = list(Offre.objects.filter(statut=StatutOffre.PUBLIEE).order_by("pk"))
        if offres and ou % 3 == 0:
            self.essayer(
                workflow.retirer_offre, offres[ou % len(offres)], par=self.monde["conseiller"], motif="Travaux"
            )
            OffreFactory()

    @rule(ou=N, jours=st.integers(-3, 12))
    def dater_la_designation(self, ou: int, jours: int) -> None:
        offres = list(Offre.objects.order_by("pk").values_list("pk", flat=True))
        jour = timezone.localdate() + timedelta(days=jours)
        Offre.objects.filter(pk=offres[ou % len(offres)]).update(designation_jusqu_au=jour)
        self.balaye = False

    @rule(qui=N)
    def radier(self, qui: int) -> None:
        demandes = list(Demande.objects.filter(radiee_le=None).order_by("pk"))
        if demandes and qui % 4 == 0:
            self.essayer(vie.radier, demandes[qui % len(demandes)], timezone.localdate(), "RADREN")

    @rule(qui=N)
    def supprimer_un_compte(self, qui: int) -> None:
        demandes = list(Demande.objects.order_by("pk"))
        if demandes and qui % 5 == 0:
            self.essayer(effacement.supprimer_compte, par=demandes[qui % len(demandes)].demandeur)
            DemandeFactory(valide=True)

    @rule(jours=st.integers(1, 8))
    def attendre(self, jours: int) -> None:
        self.temps.shift(timedelta(days=jours))
        OffreFactory()
        self.passer_l_heure()

    @rule()
    def passer_l_heure(self) -> None:
        self.essayer(horloge.passer_l_heure)
        self.balaye = True

    @invariant()
    def one_place_each(self) -> None:
        prises = Candidature.objects.filter(statut__in=PLACES_PRISES).order_by()
        assert not prises.values("demande").annotate(n=Count("*")).filter(n__gt=1).exists()

    @invariant()
    def one_attributaire_each(self) -> None:
        titulaires = Candidature.objects.filter(statut__in=TITULAIRES).order_by()
        assert not titulaires.values("offre").annotate(n=Count("*")).filter(n__gt=1).exists()

    @invariant()
    def the_journal_tells_each_status(self) -> None:
        dernier: dict[Any, str] = {}
        for evenement in Evenement.objects.order_by("id"):
            assert evenement.depuis == dernier.get(evenement.candidature_id, "")
            dernier[evenement.candidature_id] = evenement.vers
        for cle, statut in Candidature.objects.values_list("pk", "statut"):
            assert dernier[cle] == statut

    @invariant()
    def ranks_go_from_one_to_n(self) -> None:
        with connection.cursor() as curseur:
            curseur.execute("SET CONSTRAINTS ALL IMMEDIATE")
            curseur.execute("SET CONSTRAINTS ALL DEFERRED")
        for seance in Seance.objects.all():
            rangs = list(seance.candidatures.values_list("rang", flat=True))
            donnes = sorted(rang for rang in rangs if rang is not None)
            if len(rangs) == seance.examinees:
                assert donnes == list(range(1, seance.classees + 1))
            else:  # somebody examined there has deleted his account
                assert len(set(donnes)) == len(donnes)

    @invariant()
    def after_the_sweep_nobody_waits_for_nothing(self) -> None:
        if not self.balaye:
            return
        actives = Candidature.objects.actives()
        assert not actives.exclude(offre__statut=StatutOffre.PUBLIEE).exists()
        assert not actives.filter(demande__radiee_le__isnull=False).exists()
        assert not actives.filter(reponse_avant_le__lt=timezone.localdate(), statut=Statut.PROPOSEE).exists()
        jour = timezone.localdate()
        assert not requetes.a_liberer(requetes.delais_du(jour), jour).exists()
        assert not actives.filter(statut__in=sorted(AVANT_TRANSMISSION), offre__designation_jusqu_au__lt=jour).exists()
        classees = Candidature.objects.filter(statut=Statut.CLASSEE).values("offre")
        servies = Candidature.objects.filter(statut__in=sorted(ATTRIBUTAIRES)).values("offre")
        assert not Offre.objects.filter(pk__in=classees).exclude(pk__in=servies).exists()


def une(qui: int) -> Candidature | None:
    """One of those that live, or of all now and then."""
    vivantes = Candidature.objects.all() if qui % 10 == 0 else Candidature.objects.actives()
    rangees = list(vivantes.select_related("demande__demandeur").order_by("pk"))
    return rangees[qui % len(rangees)] if rangees else None


@pytest.fixture
def monde(db: None) -> dict[str, Any]:
    """An adviser, an agent and the demands that let him act, dwellings."""
    baremes.charger()
    User.objects.automate()
    demandes = [DemandeFactory(valide=True) for _ in range(PERSONNES)]
    agent = AppartenanceFactory(entreprise__siret=demandes[0].emploi.siret).agent
    for demande in demandes[:2]:
        ConsentementFactory(demande=demande)
    for _ in range(OFFRES):
        OffreFactory()
    pressee = Delai(Statut.TRANSMISE, 3, 12, libere=True)
    delais_d_attente.ecrit(pressee, timezone.localdate()).save()
    Vie.monde = {"conseiller": UserFactory(conseiller=True), "agent": agent}
    Vie.pas = Vie.refus = 0
    return Vie.monde


def vivre(exemples: int, **reglages: Any) -> None:
    sante = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Vie,
        settings=settings(
            max_examples=exemples,
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=sante,
            **reglages,
        ),
    )


@pytest.mark.usefixtures("monde")
def test_whatever_everybody_does_the_invariants_hold_in_the_database() -> None:
    vivre(2, derandomize=True, phases=[Phase.generate])
    assert Vie.pas > 15


@pytest.mark.epreuve
@pytest.mark.usefixtures("monde")
def test_ten_thousand_random_steps_leave_the_invariants_true() -> None:
    while Vie.pas < 10_000:
        vivre(25)
    print(f"{Vie.pas} pas, dont {Vie.refus} refusés avec une phrase")  # noqa: T201 -- the count that the note gives
    assert Vie.pas >= 10_000
