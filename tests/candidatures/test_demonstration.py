"""The data of the demonstration: it loads once, keeps up with the calendar, and shows every stage of the guide."""

from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.models import Appartenance, Courriel, Entreprise, Role, User
from candidatures.demonstration.chargement import charger
from candidatures.demonstration.comptes import COMPTES, MOT_DE_PASSE, SOCIETES
from candidatures.demonstration.logements import SEUILS_CARBONE, SEUILS_ENERGIE
from candidatures.models import Candidature, Evenement
from candidatures.statuts import Statut
from candidatures.workflow import empechement
from demandes import copie
from demandes.models import Demande
from demandes.sne.dossier import DossierSNE
from demandes.sne.simulateur.personnes import NUMEROS_LIBRES, personnes
from demandes.validite import examiner as situer
from offres.eligibilite import Foyer, convient, examiner
from offres.models import Offre, StatutOffre
from offres.plafonds import Bareme
from offres.recherche import Onglet
from tests.candidatures.demonstration import STATUTS, demande_de

pytestmark = pytest.mark.xdist_group("démonstration")

ANNE = "111092062114ACLOG"


@pytest.fixture(scope="module")
def registre() -> dict[str, DossierSNE]:
    """What the simulator knows, by number."""
    return {dossier.num_unique: dossier for dossier in personnes(timezone.localdate())}


@pytest.fixture(scope="module")
def chargee(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, registre: dict[str, DossierSNE]
) -> Iterator[None]:
    """The reference data and the demonstration, loaded once for this module, in a transaction that is thrown away."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("charger_reference", stdout=StringIO())
        charger(registre.__getitem__)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(chargee: None) -> Iterator[None]:
    """The demonstration as it opens; what the test changes is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def interdit(numero: str) -> DossierSNE:
    raise AssertionError(f"Le registre a été interrogé pour {numero}.")


# The accounts


def test_the_free_people_stay_free(demo: None) -> None:
    assert not Demande.objects.filter(numero_unique__in=NUMEROS_LIBRES).exists()
    assert not User.objects.filter(prenom="Anne", nom_naissance="Porte").exists()


def test_every_account_signs_in_with_the_same_password(demo: None) -> None:
    for compte in COMPTES:
        user = User.objects.get(email=compte.email)
        assert user.role == compte.role
        assert EmailAddress.objects.filter(user=user, verified=True, primary=True, email=compte.email).exists()
    assert authenticate(email=COMPTES[0].email, password=MOT_DE_PASSE) is not None


def test_each_company_has_an_agent_who_sees_employees(demo: None) -> None:
    for societe in SOCIETES:
        agent = Appartenance.objects.get(entreprise__siret=societe.siret).agent
        assert agent.role == Role.SERVICE_LOGEMENT
        assert Demande.objects.visibles_par(agent).count() >= 4


def test_one_company_has_more_employees_than_a_page_holds(demo: None) -> None:
    vauban = Entreprise.objects.get(nom="Ateliers Vauban")
    assert vauban.consentements.filter(retire_le=None).count() > 25


def test_a_leave_withdrawn_hides_its_employee(demo: None) -> None:
    demande = demande_de("youssef.hamadi")
    assert demande.consentements.exists()
    assert not demande.consentements.en_cours().exists()


@pytest.mark.parametrize(("nom", "statut"), STATUTS.items())
def test_each_stage_has_an_account(demo: None, nom: str, statut: Statut) -> None:
    derniere = demande_de(nom).candidatures.latest("deposee_le")
    assert derniere.statut == statut


def test_each_stage_of_the_import_has_an_account(demo: None) -> None:
    assert not Demande.objects.filter(demandeur__email="sophie.moreau@exemple.fr").exists()
    assert demande_de("franck.aubert").etape == "demandes:infos"
    assert demande_de("estelle.lambert").etape == "demandes:pieces"
    libre = demande_de("nicolas.leroy")
    assert libre.etape == "demandes:situation"
    assert not libre.candidatures.exists()


def test_each_moment_of_a_demands_life_has_an_account(demo: None) -> None:
    jour, rappels = timezone.localdate(), ["premier_rappel", "second_rappel"]
    for nom, etat, vecu in (
        ("margaux.vidal", "a_renouveler", rappels[:1]),
        ("maelle.tanguy", "radiee", [*rappels, "radiation"]),
        ("cedric.ferrand", "valable", [*rappels, "radiation", "renouvellement", "retablissement"]),
    ):
        assert situer(demande_de(nom), jour).etat == etat
        assert list(demande_de(nom).jalons.values_list("genre", flat=True)) == vecu


def test_a_valid_dossier_may_apply_today_to_something(demo: None) -> None:
    jour = timezone.localdate()
    for nom in ("nicolas.leroy", "marta.da-silva", "bilal.hamidi", "gildas.le-roux"):
        demande = demande_de(nom)
        foyer, bareme = Foyer.de(demande), Bareme.en_vigueur(jour)
        offres = Offre.objects.ouvertes(jour).visibles_pour(demande).convenant_a(foyer, bareme)
        offre = offres.filter(commune__departement__in=sorted(demande.zones.departements)).first()
        assert offre is not None, nom
        assert empechement(demande, offre, jour) is None


def test_a_proposition_waits_for_an_answer_not_yet_due(demo: None) -> None:
    proposee = demande_de("alicia.perez").candidatures.get()
    assert proposee.reponse_avant_le is not None
    assert proposee.reponse_avant_le >= timezone.localdate()


def test_every_refusal_has_its_reason(demo: None) -> None:
    refusees = [Statut.INVALIDEE, Statut.NON_ATTRIBUEE, Statut.IRRECEVABLE, Statut.REFUSEE, Statut.SOUS_CONDITION]
    assert Candidature.objects.filter(statut__in=refusees).count() >= 6
    assert not Candidature.objects.filter(statut__in=refusees, motif="").exists()


def test_the_journals_are_told_on_the_days_they_happened(demo: None) -> None:
    assert not Evenement.objects.filter(le__gt=timezone.now()).exists()
    signee = demande_de("philippe.garnier").candidatures.get()
    jours = [timezone.localdate(evenement.le) for evenement in signee.journal().order_by("le", "id")]
    assert len(set(jours)) == len(jours) == 9
    assert jours[0] < timezone.localdate() - timedelta(days=55)
    assert signee.offre.statut == StatutOffre.PLACEE


def test_the_queues_are_of_all_lengths(demo: None) -> None:
    comptes = Candidature.objects.dans_la_file().order_by().values_list("offre").annotate(n=Count("pk"))
    longueurs = sorted((nombre for _, nombre in comptes), reverse=True)
    assert longueurs[0] >= 20
    assert longueurs[5] >= 5
    assert longueurs.count(1) >= 20


def test_the_mailbox_opens_empty(demo: None) -> None:
    assert Courriel.objects.exists()
    assert not Courriel.objects.filter(envoye_le=None).exists()
    assert not Courriel.objects.exclude(texte="").exists()


# The dwellings


def test_there_are_about_four_hundred_open_dwellings_everywhere(demo: None) -> None:
    ouvertes = Offre.objects.ouvertes(timezone.localdate())
    assert 360 <= ouvertes.count() <= 460
    departements = set(ouvertes.values_list("commune__departement", flat=True))
    assert {"75", "93", "94", "69", "13", "59", "35", "29", "44", "31"} <= departements
    assert ouvertes.filter(nature="maison").count() >= 8
    assert ouvertes.filter(dpe="").count() >= 20
    for societe in SOCIETES:
        assert ouvertes.filter(reservee_a__siret=societe.siret).exists()
    for statut in (StatutOffre.PLACEE, StatutOffre.RETIREE):
        assert Offre.objects.filter(statut=statut).count() >= 3


def test_the_numbers_of_a_dwelling_agree(demo: None) -> None:
    for offre in Offre.objects.select_related("commune"):
        assert offre.loyer_charges_comprises == (offre.loyer or 0) + offre.charges + offre.loyer_stationnement
        assert offre.code_postal in offre.commune.codes_postaux
        assert offre.etage is None or 0 <= offre.etage <= (offre.nombre_etages or 0)
        assert offre.balcon is False or offre.etage != 0
        assert (offre.nature == "maison") == (offre.etage is None)
        assert offre.date_limite > offre.publiee_le
        if offre.dpe:
            assert offre.dpe_valeur is not None
            assert offre.ges_valeur is not None
            energie = "ABCDEFG"[sum(offre.dpe_valeur > seuil for seuil in SEUILS_ENERGIE)]
            assert offre.ges == "ABCDEFG"[sum(offre.ges_valeur > seuil for seuil in SEUILS_CARBONE)]
            assert offre.dpe == max(energie, offre.ges)
            assert offre.diagnostic_le is not None
            assert offre.diagnostic_le <= timezone.localdate()


def test_no_two_descriptions_are_the_same(demo: None) -> None:
    descriptions = list(Offre.objects.values_list("description", flat=True))
    assert len(set(descriptions)) == len(descriptions)
    assert min(map(len, descriptions)) > 120


def test_each_tab_of_the_newcomer_of_the_guide_has_dwellings_that_fit_and_some_that_do_not(
    demo: None, registre: dict[str, DossierSNE]
) -> None:
    anne = copie.copier(registre[ANNE], par=User.objects.create(email="anne@exemple.fr", prenom="Anne"))
    jour, foyer, bareme = timezone.localdate(), Foyer.de(anne), Bareme.en_vigueur(timezone.localdate())
    visibles = Offre.objects.ouvertes(jour).visibles_pour(anne).select_related("commune__parent")
    for onglet in Onglet:
        verdicts = [convient(examiner(foyer, offre, bareme)) for offre in visibles.dans(onglet, anne.zones)]
        assert verdicts.count(True) >= 5, onglet
        assert verdicts.count(False) >= 5, onglet


# Starting again


def etat() -> dict[str, Any]:
    modeles: tuple[Any, ...] = (User, Demande, Offre, Candidature, Evenement, Courriel, Entreprise, Appartenance)
    comptes = {modele.__name__: modele.objects.count() for modele in modeles}
    return comptes | {"dates": list(Offre.objects.order_by("reference").values_list("publiee_le", "date_limite"))}


def test_a_second_start_the_same_day_changes_nothing_and_asks_the_registry_nothing(demo: None) -> None:
    avant = etat()
    charger(interdit)
    assert etat() == avant


def test_three_days_later_the_dwellings_nobody_applied_to_are_dated_again(demo: None) -> None:
    avant = {offre.reference: offre for offre in Offre.objects.all()}
    demandees = set(Candidature.objects.values_list("offre__reference", flat=True))
    with time_machine.travel(timezone.now() + timedelta(days=3)):
        charger(interdit)
        assert Offre.objects.ouvertes(timezone.localdate()).count() > 330
    for offre in Offre.objects.all():
        ancienne = avant[offre.reference]
        decalage = timedelta(days=0 if offre.reference in demandees else 3)
        assert offre.publiee_le - ancienne.publiee_le == decalage
        assert offre.date_limite - ancienne.date_limite == decalage
        assert ancienne.disponible_le is not None
        assert offre.disponible_le == ancienne.disponible_le + decalage


def test_an_account_that_was_deleted_comes_back_with_its_story(demo: None, registre: dict[str, DossierSNE]) -> None:
    avant = User.objects.count()
    User.objects.get(email="lola.garcia@exemple.fr").delete()
    attente = Courriel.objects.create(
        gabarit="contact", destinataire="moi@exemple.fr", sujet="À envoyer", texte="Bonjour"
    )
    charger(registre.__getitem__)
    assert User.objects.count() == avant
    assert demande_de("lola.garcia").candidatures.get().statut == Statut.DEPOSEE
    assert list(Courriel.objects.filter(envoye_le=None)) == [attente]


def test_a_demand_that_a_visitor_took_over_is_left_to_him(demo: None) -> None:
    User.objects.filter(email="lola.garcia@exemple.fr").update(email="nouvelle-adresse@exemple.fr")
    charger(interdit)
    assert not User.objects.filter(email="lola.garcia@exemple.fr").exists()


def test_a_registry_that_does_not_answer_leaves_nothing_half_loaded(demo: None) -> None:
    User.objects.filter(email="lola.garcia@exemple.fr").delete()
    avant = etat()
    with pytest.raises(AssertionError):
        charger(interdit)
    assert etat() == avant


def test_the_command_loads_then_tells_the_accounts(demo: None) -> None:
    sortie = StringIO()
    call_command("charger_demo", stdout=sortie)
    assert "julie.marchand@exemple.fr" in sortie.getvalue()
