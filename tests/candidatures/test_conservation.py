"""Retention: each rule takes what its time is over, leaves the rest, counts, and may be stopped or run twice."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from accounts import courriels
from accounts.models import Courriel, Role, User
from candidatures import tasks
from candidatures.conservation import REGLES, conserver
from candidatures.conservation.duree import Duree
from candidatures.models import Candidature, Evenement, Passage
from candidatures.statuts import Statut
from demandes.models import Demande, Importation
from tests.ensemble import ensemble
from tests.factories import AppartenanceFactory, CandidatureFactory, DemandeFactory, EntrepriseFactory, UserFactory

pytestmark = pytest.mark.django_db


def il_y_a(jours: int) -> datetime:
    return timezone.now() - timedelta(days=jours)


def bilan(**options: bool) -> dict[str, int]:
    """What a passage did: the rules that found something, and how many rows."""
    return {passage.regle: passage.nombre for passage in conserver(**options) if passage.nombre}


def endormi(jours: int, **champs: object) -> User:
    """An applicant without a demand, last seen that long ago."""
    user: User = UserFactory(date_joined=il_y_a(jours + 100), last_login=il_y_a(jours), **champs)
    return user


def importation(clos_depuis: int, par: User | None = None) -> Importation:
    return Importation.objects.create(
        par=par or UserFactory(),
        numero_unique="111092062114ACLOG",
        expire_le=il_y_a(clos_depuis),
        cree_le=il_y_a(clos_depuis + 1),
        close_le=il_y_a(clos_depuis) if clos_depuis else None,
    )


# Durations


@pytest.mark.parametrize(
    ("duree", "phrase", "avant"),
    [
        (Duree(mois=60), "5 ans", "2021-03-31"),
        (Duree(mois=12), "1 an", "2025-03-31"),
        (Duree(mois=6), "6 mois", "2025-09-30"),
        (Duree(mois=1), "1 mois", "2026-02-28"),
        (Duree(jours=30), "30 jours", "2026-03-01"),
        (Duree(jours=1), "1 jour", "2026-03-30"),
    ],
)
def test_a_duration_is_said_and_counted_as_people_do(duree: Duree, phrase: str, avant: str):
    assert str(duree) == phrase
    assert f"{duree.avant(datetime(2026, 3, 31, 12, tzinfo=timezone.get_current_timezone())):%Y-%m-%d}" == avant


# One rule after the other


def test_a_demand_leaves_a_year_after_it_was_struck_off_with_its_candidatures():
    partie = CandidatureFactory(statut=Statut.RADIEE, demande__radiee_le=il_y_a(367).date())
    restee = CandidatureFactory(statut=Statut.RADIEE, demande__radiee_le=il_y_a(360).date())
    vivante = CandidatureFactory()
    assert bilan() == {"demandes": 1}
    assert set(Candidature.objects.all()) == {restee, vivante}
    assert User.objects.filter(pk=partie.demande.demandeur_id).exists()
    assert partie.offre.pk is not None


def test_a_demand_whose_candidature_is_still_active_waits_for_the_clock():
    CandidatureFactory(statut=Statut.TRANSMISE, demande__radiee_le=il_y_a(500).date())
    assert bilan() == {}
    assert Demande.objects.count() == 1


def test_imports_leave_thirty_days_after_they_were_closed():
    garde = [importation(29), importation(0)]
    importation(31)
    assert bilan() == {"imports": 1}
    assert set(Importation.objects.all()) == set(garde)


def test_an_account_never_confirmed_leaves_after_thirty_days():
    jamais = UserFactory(date_joined=il_y_a(31), adresse_verifiee=False)
    UserFactory(date_joined=il_y_a(29), adresse_verifiee=False)
    UserFactory(date_joined=il_y_a(31))
    UserFactory(date_joined=il_y_a(31), adresse_verifiee=False, role=Role.SERVICE_LOGEMENT)
    DemandeFactory(demandeur=UserFactory(date_joined=il_y_a(31), adresse_verifiee=False))
    assert bilan() == {"comptes jamais confirmés": 1}
    assert not User.objects.filter(pk=jamais.pk).exists()
    assert not EmailAddress.objects.filter(email=jamais.email).exists()


def test_an_account_nobody_uses_is_announced_then_deleted_thirty_days_later():
    lea = endormi(705, prenom="Léa", email="lea@exemple.fr")
    endormi(690)
    DemandeFactory(demandeur=endormi(900))
    assert bilan() == {"annonces": 1}
    courriel = Courriel.objects.get(gabarit="compte_bientot_efface")
    assert courriel.destinataire == lea.email
    assert f"sera effacé le {timezone.localdate() + timedelta(days=30):%d/%m/%Y}" in courriel.sujet
    assert "connectez-vous avant cette date" in courriel.texte
    assert bilan() == {}
    Courriel.objects.update(envoye_le=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert "comptes endormis" not in bilan()
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert bilan()["comptes endormis"] == 1
    assert not User.objects.filter(pk=lea.pk).exists()
    assert not Courriel.objects.filter(destinataire=lea.email).exists()


def test_whoever_signs_in_after_the_announcement_keeps_the_account():
    lea = endormi(735)
    bilan()
    Courriel.objects.update(envoye_le=timezone.now())
    User.objects.filter(pk=lea.pk).update(last_login=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert bilan() == {}


def test_nobody_is_deleted_whose_announcement_never_left():
    endormi(735)
    bilan()
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        assert "comptes endormis" not in bilan()


def test_an_announcement_to_an_address_that_was_changed_does_not_count():
    lea = endormi(800)
    courriels.ecrire("ancienne@exemple.fr", "compte_bientot_efface", {"demandeur": lea, "le": timezone.localdate()})
    Courriel.objects.update(cree_le=il_y_a(60), envoye_le=il_y_a(60))
    assert bilan() == {"annonces": 1}


def test_an_address_that_takes_no_mail_does_not_keep_an_account_for_ever():
    endormi(800)
    bilan()
    Courriel.objects.update(refuse_le=il_y_a(31), cree_le=il_y_a(31))
    assert bilan() == {"comptes endormis": 1}


def test_an_agent_is_put_aside_six_months_after_the_last_company():
    parti = AppartenanceFactory(fin_le=il_y_a(190).date()).agent
    recent = AppartenanceFactory(fin_le=il_y_a(170).date()).agent
    ailleurs = AppartenanceFactory(fin_le=il_y_a(400).date()).agent
    AppartenanceFactory(agent=ailleurs, entreprise=EntrepriseFactory(siret="73282932000074"))
    en_poste = AppartenanceFactory().agent
    assert bilan() == {"agents partis": 1}
    assert set(User.objects.filter(is_active=False)) == {parti}
    assert {recent, ailleurs, en_poste} <= set(User.objects.filter(is_active=True))
    assert bilan() == {}


def test_an_adviser_who_does_not_sign_in_any_more_is_put_aside_and_never_deleted():
    absent = UserFactory(conseiller=True, date_joined=il_y_a(900), last_login=il_y_a(190))
    UserFactory(conseiller=True, date_joined=il_y_a(900), last_login=il_y_a(20))
    UserFactory(superviseur=True, date_joined=il_y_a(900), last_login=il_y_a(900), is_superuser=True)
    assert bilan() == {"équipe absente": 1}
    assert list(User.objects.filter(is_active=False)) == [absent]


def test_mails_leave_after_six_months_but_one_that_waits_is_never_lost():
    for cree, envoye in ((190, True), (170, True), (190, False)):
        courriel = courriels.ecrire("a@exemple.fr", "compte_existant", {"signup_url": "", "password_reset_url": ""})
        Courriel.objects.filter(pk=courriel.pk).update(cree_le=il_y_a(cree), envoye_le=il_y_a(cree) if envoye else None)
    assert bilan() == {"courriels": 1}
    assert Courriel.objects.filter(envoye_le=None).count() == 1
    assert Courriel.objects.count() == 2


def test_sessions_leave_the_day_after_their_end():
    client = Client()
    client.force_login(UserFactory())
    cle = client.session.session_key
    user = User.objects.get()
    for connexion, jours in ((cle, 3), ("finie", 3), ("neuve", 0)):
        UserSession.objects.create(user=user, session_key=connexion, ip="127.0.0.1", last_seen_at=il_y_a(jours))
    Session.objects.create(session_key="vieille", session_data="", expire_date=il_y_a(2))
    assert bilan() == {"sessions": 1, "appareils": 1}
    assert set(UserSession.objects.values_list("session_key", flat=True)) == {cle, "neuve"}
    assert client.get("/mon-profil/").status_code == 200


# Passages


def test_a_dry_run_prints_the_table_and_touches_nothing():
    importation(31)
    endormi(900)
    sortie = StringIO()
    call_command("conserver", "--a-blanc", stdout=sortie)
    lignes = sortie.getvalue().splitlines()
    assert len(lignes) == len(REGLES) + 2
    assert [ligne.split()[:2] for ligne in lignes if ligne.startswith(("imports", "annonces", "demandes"))] == [
        ["demandes", "0"],
        ["imports", "1"],
        ["annonces", "1"],
    ]
    assert lignes[-1] == "À blanc : rien n’a été effacé."
    assert Importation.objects.count() == 1
    assert not Courriel.objects.exists()
    assert set(Passage.objects.values_list("a_blanc", flat=True)) == {True}
    assert Passage.objects.get(regle="imports").nombre == 1


def test_the_night_writes_down_what_it_did(caplog: pytest.LogCaptureFixture):
    for _ in range(5):
        importation(31)
    caplog.set_level("INFO")
    tasks.conserver()
    passage = Passage.objects.get(regle="imports")
    assert (passage.nombre, passage.a_blanc) == (5, False)
    assert passage.fini_le is not None
    assert Passage.objects.filter(fini_le=None).count() == 0
    assert Passage.objects.count() == len(REGLES)
    assert "Conservation : 5 lignes, règle « imports » appliquée." in caplog.messages


def test_many_rows_go_in_batches_and_all_are_counted():
    user = UserFactory()
    for _ in range(7):
        importation(31, par=user)
    assert {p.regle: p.nombre for p in conserver(par_lot=3) if p.nombre} == {"imports": 7}
    assert not Importation.objects.exists()


def test_a_supervisor_reads_the_passages_and_nobody_writes_them():
    importation(31)
    tasks.conserver()
    client = Client()
    client.force_login(UserFactory(superviseur=True))
    page = client.get("/admin/candidatures/passage/?regle=imports").content.decode()
    assert "imports" in page
    assert client.get("/admin/candidatures/passage/add/").status_code == 403
    passage = Passage.objects.get(regle="imports")
    assert (
        "30 jours après la fin de l’import"
        in client.get(f"/admin/candidatures/passage/{passage.pk}/change/").content.decode()
    )


def test_a_rule_that_fails_does_not_stop_the_others_and_has_no_end():
    """A line of the journal too young for the database, made due by a clock that runs ahead."""
    Evenement.objects.create(
        candidature_id=UserFactory().pk, offre_id=UserFactory().pk, action="x", vers=Statut.DEPOSEE,
        par_id=UserFactory().pk, par_role=Role.DEMANDEUR,
    )  # fmt: skip
    importation(31)
    with time_machine.travel(timezone.now() + timedelta(days=2000)):
        faits = {passage.regle: passage for passage in conserver()}
    assert (faits["journal"].nombre, faits["journal"].fini_le) == (0, None)
    assert faits["imports"].nombre == 1
    assert faits["imports"].fini_le is not None
    assert Evenement.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_passages_at_once_share_the_work_and_announce_once():
    user = UserFactory()
    for _ in range(30):
        importation(31, par=user)
    for _ in range(12):
        endormi(800)
    bilans = ensemble(*[lambda: {p.regle: p.nombre for p in conserver(par_lot=4)}] * 2)
    assert sum(bilan["imports"] for bilan in bilans) == 30
    assert sum(bilan["annonces"] for bilan in bilans) == 12
    assert Courriel.objects.filter(gabarit="compte_bientot_efface").count() == 12
    assert not Importation.objects.exists()
    assert not Passage.objects.filter(fini_le=None).exists()
