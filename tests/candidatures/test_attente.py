"""Whose turn it is and until when: the rule by its own dates, and the same in SQL."""

import random
from datetime import date, timedelta

import pytest
from django.utils import timezone

from candidatures import delais_d_attente
from candidatures.attente.regle import Attente, Tour, attente, est_a_liberer
from candidatures.attente.requetes import a_liberer, avec_echeance, delais_du
from candidatures.delais_d_attente import LIBERABLES, PREMIERS, PUBLIES_LE, Delai, DelaiDAttente
from candidatures.models import Candidature
from candidatures.statuts import ACTIFS, AVANT_TRANSMISSION, Statut
from offres.models import DelaiMesure
from tests.factories import BailleurFactory, CandidatureFactory, DemandeFactory, OffreFactory

pytestmark = pytest.mark.django_db

FINANCEMENTS = ("PLUS", "PLS", "LLI")


def jours(n: int) -> date:
    return timezone.localdate() + timedelta(days=n)


def depuis(n: int, **champs: object) -> Candidature:
    """A candidature that has been in its status for `n` days."""
    return CandidatureFactory(statut_depuis=timezone.now() - timedelta(days=n), **champs)


def situer(candidature: Candidature, apres: int = 0) -> Attente:
    jour = jours(apres)
    trouvee = attente(candidature, delais_du(jour), jour)
    assert trouvee is not None
    return trouvee


@pytest.mark.parametrize("statut", sorted(ACTIFS))
def test_every_step_still_open_has_a_turn_and_a_limit(statut: Statut) -> None:
    trouvee = situer(CandidatureFactory(statut=statut))
    assert trouvee.usuelle_le <= trouvee.limite_le
    assert trouvee.retard(trouvee.limite_le) == 0
    assert trouvee.retard(trouvee.limite_le + timedelta(days=3)) == 3


def test_nothing_is_waited_for_once_it_is_over() -> None:
    assert attente(CandidatureFactory(statut=Statut.REFUSEE), delais_du(jours(0)), jours(0)) is None


def test_examining_is_counted_from_the_deadline_of_the_offer_and_never_outlives_the_designation() -> None:
    limite = jours(5)
    libre = situer(CandidatureFactory(offre=OffreFactory(date_limite=limite)))
    assert (libre.tour, libre.depart_le, libre.limite_le) == (Tour.ACTION_LOGEMENT, limite, jours(15))
    pressee = situer(CandidatureFactory(offre=OffreFactory(date_limite=limite, designation_jusqu_au=jours(6))))
    assert (pressee.limite_le, pressee.liberation_le, pressee.usuelle_le) == (jours(6), jours(6), jours(6))


def test_a_visit_is_the_applicant_s_turn_until_its_day_then_the_bailleur_s() -> None:
    visite = CandidatureFactory(statut=Statut.VISITE, visite_le=jours(4))
    assert (situer(visite, 4).tour, situer(visite, 5).tour) == (Tour.DEMANDEUR, Tour.BAILLEUR)
    assert situer(visite).limite_le == jours(34)


def test_the_days_told_to_the_applicant_are_limits_as_they_are() -> None:
    proposee = situer(CandidatureFactory(statut=Statut.PROPOSEE, reponse_avant_le=jours(11)))
    condition = situer(CandidatureFactory(statut=Statut.SOUS_CONDITION, piece_attendue_le=jours(20)))
    assert (proposee.limite_le, proposee.fixee, proposee.tour) == (jours(11), True, Tour.DEMANDEUR)
    assert (condition.limite_le, condition.fixee, condition.tour) == (jours(20), True, Tour.DEMANDEUR)


def test_a_sitting_put_off_puts_the_limit_off() -> None:
    assert situer(depuis(20, statut=Statut.EN_COMMISSION, commission_le=jours(8))).limite_le == jours(18)


def test_the_bailleur_s_own_delay_comes_before_the_financing_s_and_before_everybody_s() -> None:
    delais_d_attente.charger()
    bailleur = BailleurFactory(nom="Rapide Habitat")
    hier = jours(-1)
    for delai in (
        Delai(Statut.TRANSMISE, 5, 40, financement="PLS"),
        Delai(Statut.TRANSMISE, 5, 20, bailleur.pk),
        Delai(Statut.TRANSMISE, 5, 25, bailleur.pk, "LLI"),
    ):
        delais_d_attente.ecrit(delai, hier).save()
    delais_d_attente.ecrit(Delai(Statut.TRANSMISE, 5, 99), jours(1)).save()

    def limite(**offre: object) -> int:
        return (
            situer(CandidatureFactory(statut=Statut.TRANSMISE, offre=OffreFactory(**offre))).limite_le - jours(0)
        ).days

    assert limite(financement="PLUS") == 60
    assert limite(financement="PLS") == 40
    assert limite(financement="PLS", bailleur=bailleur) == 20
    assert limite(financement="LLI", bailleur=bailleur) == 25


def test_the_usual_delay_of_the_dossier_sent_is_the_bailleur_s_measured_from_ten_answers_up() -> None:
    transmise = CandidatureFactory(statut=Statut.TRANSMISE, offre__bailleur__delai_reponse=21)
    assert situer(transmise).usuel == 21
    mesure = DelaiMesure.objects.create(bailleur=transmise.offre.bailleur, jours=34, reponses=9, mesure_le=jours(0))
    assert situer(Candidature.objects.get()).usuel == 21
    mesure.reponses = 10
    mesure.save()
    assert situer(Candidature.objects.get()).usuel == 34


def test_the_delays_are_those_published_even_with_an_empty_table() -> None:
    assert delais_du(jours(0)) == PREMIERS
    assert delais_d_attente.charger()
    assert not delais_d_attente.charger()
    assert DelaiDAttente.objects.filter(en_vigueur_le=PUBLIES_LE).count() == len(ACTIFS)
    assert set(delais_du(jours(0))) == set(PREMIERS)


def au_hasard(tirage: random.Random, n: int) -> None:
    """Random delays, offers and candidatures: every status, every date known or not."""
    bailleurs = [BailleurFactory(nom=f"Bailleur {i}") for i in range(3)]
    delais, statuts = {}, sorted(ACTIFS)
    for _ in range(30):
        statut = tirage.choice(statuts)
        cle = (statut, tirage.choice([None, *(b.pk for b in bailleurs)]), tirage.choice(["", *FINANCEMENTS]))
        delais[cle, jours(-tirage.randint(-3, 90))] = Delai(
            statut,
            None,
            tirage.randint(1, 40),
            *cle[1:],
            libere=statut in LIBERABLES and tirage.random() < 0.4,
            libere_designation=statut in AVANT_TRANSMISSION and tirage.random() < 0.6,
        )
    DelaiDAttente.objects.bulk_create(delais_d_attente.ecrit(delai, le) for (_, le), delai in delais.items())

    def peut_etre(n: int) -> date | None:
        return jours(tirage.randint(-n, n)) if tirage.random() < 0.7 else None

    for _ in range(n):
        limite = jours(tirage.randint(-60, 10))
        offre = OffreFactory(
            bailleur=tirage.choice(bailleurs),
            financement=tirage.choice(FINANCEMENTS),
            publiee_le=limite - timedelta(days=7),
            date_limite=limite,
            designation_jusqu_au=peut_etre(40),
        )
        dates = {c: peut_etre(30) for c in ("visite_le", "commission_le", "piece_attendue_le", "reponse_avant_le")}
        depart = timezone.now() - timedelta(hours=tirage.randint(0, 24 * 80))
        CandidatureFactory(
            demande=DemandeFactory(), offre=offre, statut=tirage.choice(list(Statut)), statut_depuis=depart, **dates
        )


@pytest.mark.parametrize(
    ("graine", "n"), [(1, 120), *(pytest.param(g, 400, marks=pytest.mark.epreuve) for g in range(2, 4))]
)
def test_the_database_reckons_the_same_days_as_the_rule(graine: int, n: int) -> None:
    au_hasard(random.Random(graine), n)
    jour = jours(0)
    delais = delais_du(jour)
    toutes = avec_echeance(Candidature.objects.select_related("offre__bailleur"), delais)
    liberees = set(a_liberer(delais, jour).values_list("pk", flat=True))
    assert toutes.count() == n
    for candidature in toutes:
        regle = attente(candidature, delais, jour)
        assert candidature.echeance_le == (  # type: ignore[attr-defined]
            regle.limite_le if regle else None
        ), candidature.statut
        assert (candidature.pk in liberees) is est_a_liberer(candidature, delais, jour), candidature.statut
    assert liberees
