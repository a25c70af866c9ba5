"""Nobody is held by a delay that has passed: the clock frees, says why, and never frees too early."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.utils import timezone

from accounts.models import Courriel, User
from candidatures import delais_d_attente, horloge, mesures, workflow
from candidatures.delais_d_attente import LIBERABLES, Delai
from candidatures.models import Candidature, Evenement
from candidatures.statuts import Action, Statut
from candidatures.workflow import CandidatureRefusee
from offres import baremes
from offres.models import DelaiMesure, Offre
from tests.ensemble import ensemble
from tests.factories import BailleurFactory, CandidatureFactory, DemandeFactory, OffreFactory, UserFactory

pytestmark = pytest.mark.django_db


def jour(n: int = 0) -> date:
    return timezone.localdate() + timedelta(days=n)


def en_attente(statut: Statut, designation: int | None = None, depuis: int = 0, **champs: object) -> Candidature:
    """In this status for `depuis` days, on an offer that closed then; the designation ends in `designation` days."""
    fin = None if designation is None else jour(designation)
    offre = OffreFactory(publiee_le=jour(-depuis - 9), date_limite=jour(-depuis - 1), designation_jusqu_au=fin)
    le = timezone.now() - timedelta(days=depuis)
    return CandidatureFactory(offre=offre, statut=statut, statut_depuis=le, **champs)


def statut_de(candidature: Candidature) -> str:
    return Candidature.objects.get(pk=candidature.pk).statut


def liberer_a_la_limite(*statuts: Statut, limite: int = 5) -> None:
    delais_d_attente.DelaiDAttente.objects.bulk_create(
        delais_d_attente.ecrit(Delai(statut, None, limite, libere=True), jour(-1)) for statut in statuts
    )


@pytest.mark.parametrize("statut", [Statut.DEPOSEE, Statut.VALIDEE])
def test_when_the_right_of_designation_passes_before_the_transmission_the_applicant_is_freed(statut: Statut) -> None:
    candidature = en_attente(statut, designation=-1)
    assert horloge.liberer_des_delais_passes(jour()) == 1
    candidature.refresh_from_db()
    assert candidature.statut == Statut.LIBEREE
    assert candidature.motif == (
        f"Le délai pour proposer des candidats à ce logement a pris fin le {jour(-1):%d/%m/%Y}, avant l’envoi de votre "
        "dossier au bailleur."
    )
    courriel = Courriel.objects.get(gabarit="candidature_liberee")
    assert candidature.motif in courriel.texte
    assert "Vous pouvez dès maintenant postuler à un autre logement." in courriel.texte
    assert horloge.liberer_des_delais_passes(jour()) == 0


def test_the_last_day_of_the_designation_still_counts() -> None:
    candidature = en_attente(Statut.DEPOSEE, designation=0)
    assert horloge.liberer_des_delais_passes(jour()) == 0
    assert statut_de(candidature) == Statut.DEPOSEE


def test_who_is_freed_may_apply_elsewhere_at_once() -> None:
    baremes.charger()
    candidature = en_attente(Statut.VALIDEE, designation=-1)
    horloge.passer_l_heure()
    demande = candidature.demande
    assert workflow.postuler(demande, OffreFactory(), par=demande.demandeur).statut == Statut.DEPOSEE


def test_nobody_applies_once_the_right_of_designation_has_passed() -> None:
    baremes.charger()
    demande, offre = DemandeFactory(valide=True), OffreFactory(designation_jusqu_au=jour(-1))
    with pytest.raises(CandidatureRefusee, match="ne peut plus proposer de candidats"):
        workflow.postuler(demande, offre, par=demande.demandeur)
    Offre.objects.filter(pk=offre.pk).update(designation_jusqu_au=jour())
    assert workflow.postuler(demande, offre, par=demande.demandeur).statut == Statut.DEPOSEE


def test_once_transmitted_the_right_of_designation_frees_nobody() -> None:
    transmise = en_attente(Statut.TRANSMISE, designation=-9, depuis=400)
    horloge.passer_l_heure()
    assert statut_de(transmise) == Statut.TRANSMISE


def test_a_limit_frees_nobody_unless_its_setting_says_so() -> None:
    tard = [en_attente(statut, depuis=400) for statut in sorted(LIBERABLES)]
    assert horloge.liberer_des_delais_passes(jour()) == 0
    assert {statut_de(candidature) for candidature in tard} == set(LIBERABLES)


@pytest.mark.parametrize("statut", sorted(LIBERABLES))
def test_a_limit_set_to_free_frees_from_every_step_before_the_attribution(statut: Statut) -> None:
    liberer_a_la_limite(statut)
    tard, tot = en_attente(statut, depuis=7), en_attente(statut, depuis=1)
    assert horloge.liberer_des_delais_passes(jour()) == 1
    assert (statut_de(tard), statut_de(tot)) == (Statut.LIBEREE, statut)
    evenement = Evenement.objects.get(action=Action.LIBERER)
    assert (evenement.depuis, evenement.vers) == (statut, Statut.LIBEREE)
    assert evenement.motif.endswith("au soir, et n’a pas abouti.")


def test_a_setting_may_hold_those_whose_designation_has_passed() -> None:
    delais_d_attente.ecrit(Delai(Statut.DEPOSEE, 3, 10), jour()).save()
    candidature = en_attente(Statut.DEPOSEE, designation=-2)
    assert horloge.liberer_des_delais_passes(jour()) == 0
    assert statut_de(candidature) == Statut.DEPOSEE


def test_the_door_frees_nobody_before_the_day() -> None:
    candidature = en_attente(Statut.DEPOSEE, designation=3)
    with pytest.raises(CandidatureRefusee, match="n’est pas passé"):
        workflow.avancer(candidature, Action.LIBERER, par=User.objects.automate(), motif="Trop tôt.")


def test_the_dwelling_of_whoever_is_freed_under_condition_goes_to_the_next_rank() -> None:
    liberer_a_la_limite(Statut.SOUS_CONDITION)
    premier = en_attente(Statut.SOUS_CONDITION, rang=1, piece_attendue_le=jour(-1))
    second = CandidatureFactory(offre=premier.offre, statut=Statut.CLASSEE)
    horloge.passer_l_heure()
    assert (statut_de(premier), statut_de(second)) == (Statut.LIBEREE, Statut.ATTRIBUEE)


@pytest.mark.django_db(transaction=True)
def test_several_sweeps_at_once_free_each_once() -> None:
    User.objects.automate()
    attendent = [en_attente(Statut.DEPOSEE, designation=-1) for _ in range(6)]
    faites = ensemble(*(partial(horloge.liberer_des_delais_passes, jour()) for _ in range(4)))
    assert sum(faites) == len(attendent)
    assert {statut_de(candidature) for candidature in attendent} == {Statut.LIBEREE}
    assert Evenement.objects.filter(action=Action.LIBERER).count() == len(attendent)
    assert Courriel.objects.filter(gabarit="candidature_liberee").count() == len(attendent)


@pytest.mark.django_db(transaction=True)
def test_whoever_is_transmitted_while_the_sweep_passes_is_freed_or_transmitted_never_both() -> None:
    User.objects.automate()
    conseiller = UserFactory(conseiller=True)
    for _ in range(6):
        candidature = en_attente(Statut.VALIDEE, designation=-1)
        ensemble(
            partial(workflow.avancer, candidature, Action.TRANSMETTRE, par=conseiller),
            partial(horloge.liberer_des_delais_passes, jour()),
        )
        vers = list(Evenement.objects.filter(candidature_id=candidature.pk).values_list("vers", flat=True))
        assert vers == [statut_de(candidature)]
        assert vers[0] in {Statut.TRANSMISE, Statut.LIBEREE}


# The delay of a bailleur, measured


def repondre(offre: Offre, il_y_a: int, duree: int, action: Action = Action.NON_ATTRIBUER) -> None:
    """A result `il_y_a` days ago, `duree` days after the transmission."""
    conseiller = UserFactory(conseiller=True)
    identifiants = {"candidature_id": CandidatureFactory(offre=offre).pk, "offre_id": offre.pk}
    commun = identifiants | {"par_id": conseiller.pk, "par_role": conseiller.role}
    fin = timezone.now() - timedelta(days=il_y_a)
    Evenement.objects.create(action=Action.TRANSMETTRE, vers=Statut.TRANSMISE, le=fin - timedelta(days=duree), **commun)
    depuis = Statut.EN_COMMISSION if action is not Action.CLORE else Statut.TRANSMISE
    Evenement.objects.create(action=action, depuis=depuis, vers=Statut.NON_ATTRIBUEE, le=fin, **commun)


def test_the_delay_is_the_median_of_a_year_of_results() -> None:
    offre, autre = OffreFactory(), OffreFactory(bailleur=BailleurFactory(nom="Nord Habitat", delai_reponse=45))
    for duree in (10, 12, 14, 90, 11, 13, 12, 12, 30, 12):
        repondre(offre, il_y_a=20, duree=duree)
    repondre(offre, il_y_a=400, duree=300)  # more than a year ago
    repondre(offre, il_y_a=3, duree=200, action=Action.CLORE)  # the portal's own act is no answer
    repondre(autre, il_y_a=3, duree=5)
    assert mesures.mesurer_les_reponses(jour()) == 2
    assert mesures.mesurer_les_reponses(jour()) == 2
    bailleurs = {b.nom: b.delai_usuel for b in type(offre.bailleur).objects.select_related("delai_mesure")}
    assert bailleurs["Les Toits du Levant"].en_clair == "12 jours (délai mesuré sur 10 réponses depuis un an)"
    assert bailleurs["Nord Habitat"].en_clair == "45 jours (délai annoncé par le bailleur)"
    assert DelaiMesure.objects.count() == 2


def test_a_bailleur_silent_for_a_year_is_no_longer_measured() -> None:
    DelaiMesure.objects.create(bailleur=BailleurFactory(), jours=12, reponses=40, mesure_le=jour(-1))
    assert mesures.mesurer_les_reponses(jour()) == 0
    assert not DelaiMesure.objects.exists()
