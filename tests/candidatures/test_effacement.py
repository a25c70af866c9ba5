"""« Supprimer mon compte »: at once, all of it, once; nothing of the person is left but identifiers without a name."""

from collections.abc import Iterator
from email.message import EmailMessage
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import courriels
from accounts.models import Consultation, Courriel, User
from candidatures import effacement, workflow
from candidatures.models import Candidature, Evenement
from candidatures.statuts import ACTIFS, Action, Statut
from candidatures.workflow import CandidatureRefusee
from demandes import importation
from demandes.models import Demande, Importation
from tests.candidatures.refus import refus
from tests.ensemble import ensemble
from tests.facteur import Boite
from tests.factories import (
    MOT_DE_PASSE,
    CandidatureFactory,
    ConsentementFactory,
    DemandeFactory,
    OffreFactory,
    UserFactory,
    adulte,
    dossier,
)

pytestmark = pytest.mark.django_db

PAGE = "/mon-profil/suppression/"
SERVIS = sorted(ACTIFS - {Statut.ACCEPTEE})
MEL = "adresse.du.registre@ailleurs.example"
ZELIE = {
    "prenom": "Zélie",
    "nom_naissance": "Quatrevaux",
    "email": "zelie.quatrevaux@exemple.fr",
    "telephone": "+33688112233",
}
TRACES = ("Zélie", "ZELIE", "zelie", "Quatrevaux", "QUATREVAUX", "88112233", "88 11 22 33", "188092612345", MEL)


def entrer(user: User) -> Client:
    """Signed in by the page, so that the password has just been given."""
    client = Client()
    client.post("/connexion/", {"login": user.email, "password": MOT_DE_PASSE})
    return client


def zelie() -> User:
    """An applicant with something in every table."""
    demandeur: User = UserFactory(**ZELIE)
    fiche = dossier(demandeur=adulte(nom="QUATREVAUX", nom_naissance="QUATREVAUX", prenom="ZELIE", mel=MEL))
    demande = DemandeFactory(demandeur=demandeur, numero_unique="188092612345ACLOG", dossier=fiche, valide=True)
    ConsentementFactory(demande=demande)
    return demandeur


def textes_de_la_base() -> Iterator[tuple[str, str]]:
    """Every text of every column of every table, as « table.colonne » and value."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND data_type IN ('text', 'character varying', 'jsonb', 'json', 'ARRAY', 'inet')"
        )
        for table, colonne in curseur.fetchall():
            curseur.execute(f'SELECT "{colonne}"::text FROM "{table}" WHERE "{colonne}" IS NOT NULL')
            yield from ((f"{table}.{colonne}", valeur) for (valeur,) in curseur.fetchall())


def corps(message: EmailMessage) -> str:
    partie = message.get_body(("plain",))
    assert partie is not None
    return str(partie.get_content())


def restes() -> set[str]:
    """Where something of Zélie can still be read."""
    return {ou for ou, valeur in textes_de_la_base() if any(trace in valeur for trace in TRACES)}


def test_nothing_of_the_person_is_left_in_any_table_but_the_address_of_the_last_mail(boite: Boite) -> None:
    demandeur, client = zelie(), Client(headers={"user-agent": "Zélie-Navigateur"})
    demande, superviseur = demandeur.demande, UserFactory(superviseur=True)
    candidature = workflow.postuler(demande, OffreFactory(), par=demandeur)
    workflow.avancer(candidature, Action.VALIDER, par=superviseur)
    workflow.avancer(candidature, Action.TRANSMETTRE, par=superviseur)
    client.post("/connexion/", {"login": demandeur.email, "password": MOT_DE_PASSE})
    client.get(reverse("mes_donnees_fichier"))
    client.get(reverse("candidatures:deposee", args=[CandidatureFactory().pk]))
    client.post("/contact/", {"nom": "Zélie", "courriel": demandeur.email, "sujet": "autre", "message": "Quatrevaux"})
    adviser = Client()
    adviser.force_login(superviseur)
    adviser.get(reverse("admin:candidatures_personne_fichier", args=[demandeur.pk]))
    LogEntry.objects.log_actions(superviseur.pk, [demandeur], CHANGE, [], single_object=True)
    assert {"accounts_user.prenom", "demandes_instantane.contenu", "accounts_courriel.texte"} <= restes()

    assert client.post(PAGE)["Location"] == "/"
    assert restes() <= {"accounts_courriel.destinataire", "accounts_courriel.texte", "accounts_courriel.html"}
    courriels.livrer()
    assert restes() == {"accounts_courriel.destinataire"}
    assert Courriel.objects.get(destinataire=demandeur.email).gabarit == "compte_supprime"
    assert Consultation.objects.filter(demandeur_id=demandeur.pk).exists()
    assert Evenement.objects.filter(candidature_id=candidature.pk).latest("pk").action == Action.EFFACER


@pytest.mark.parametrize("statut", SERVIS)
def test_until_a_lease_is_being_signed_the_account_goes_at_once(statut: Statut) -> None:
    candidature = CandidatureFactory(statut=statut)
    demandeur = candidature.demande.demandeur
    effacement.supprimer_compte(par=demandeur)
    assert not User.objects.filter(pk=demandeur.pk).exists()
    assert not Demande.objects.exists()
    assert not Candidature.objects.exists()
    assert Evenement.objects.get(candidature_id=candidature.pk).vers == Statut.ANNULEE


@pytest.mark.parametrize("statut", sorted(set(Statut) - ACTIFS))
def test_a_candidature_that_is_over_holds_nobody_back(statut: Statut) -> None:
    candidature = CandidatureFactory(statut=statut)
    effacement.supprimer_compte(par=candidature.demande.demandeur)
    assert not Candidature.objects.exists()


def test_a_lease_being_signed_is_said_with_the_way_out_and_nothing_moves() -> None:
    candidature = CandidatureFactory(statut=Statut.ACCEPTEE)
    demandeur = candidature.demande.demandeur
    phrase = refus(effacement.supprimer_compte, par=demandeur)
    assert "Les Toits du Levant" in phrase
    assert "refusez ce logement" in phrase
    assert Candidature.objects.get().statut == Statut.ACCEPTEE
    client = entrer(demandeur)
    assert "en cours de signature" in client.get(PAGE).content.decode()
    assert "en cours de signature" in client.post(PAGE, follow=True).content.decode()
    workflow.avancer(candidature, Action.REFUSER, par=demandeur, motif="Trop loin")
    effacement.supprimer_compte(par=demandeur)
    assert not User.objects.filter(pk=demandeur.pk).exists()


def test_the_dwelling_of_whoever_leaves_goes_to_the_next() -> None:
    premiere = CandidatureFactory(statut=Statut.PROPOSEE)
    suivante = CandidatureFactory(statut=Statut.CLASSEE, offre=premiere.offre)
    effacement.supprimer_compte(par=premiere.demande.demandeur)
    suivante.refresh_from_db()
    assert suivante.statut == Statut.ATTRIBUEE


def test_leaving_is_no_button_and_no_way_round_the_transmission(client: Client) -> None:
    candidature = CandidatureFactory(statut=Statut.TRANSMISE)
    assert Action.EFFACER not in candidature.actions_pour(candidature.demande.demandeur)
    client.force_login(candidature.demande.demandeur)
    client.post(reverse("candidatures:avancer", args=[candidature.pk, Action.EFFACER]))
    candidature.refresh_from_db()
    assert candidature.statut == Statut.TRANSMISE


def test_the_support_is_told_which_bailleur_has_a_file_to_erase(boite: Boite) -> None:
    candidature = CandidatureFactory(statut=Statut.EN_COMMISSION, offre__reference="REF-77")
    numero, demandeur = candidature.demande.numero_unique, candidature.demande.demandeur
    effacement.supprimer_compte(par=demandeur)
    courriels.livrer()
    au_support, dernier = sorted(boite.messages(), key=lambda message: message["To"] == demandeur.email)
    assert "Les Toits du Levant" in au_support["Subject"]
    assert numero not in au_support["Subject"]
    assert numero in corps(au_support)
    assert dernier["Subject"] == "Votre compte AL’in est supprimé"
    assert "Les Toits du Levant" in corps(dernier)


def test_mails_still_waiting_go_with_the_account_even_those_to_the_registrys_address() -> None:
    demandeur = zelie()
    Courriel.objects.all().delete()
    autre = courriels.ecrire("quelqu-un.d-autre@exemple.fr", "adresse_inconnue", {"signup_url": "http://testserver/"})
    courriels.ecrire(MEL, "code_import", {"code": "123456", "numero": "188092612345ACLOG"}, pour=demandeur)
    courriels.ecrire(demandeur.email, "candidature_radiee", _contexte(demandeur))
    effacement.supprimer_compte(par=demandeur)
    assert set(Courriel.objects.values_list("gabarit", flat=True)) == {"adresse_inconnue", "compte_supprime"}
    assert Courriel.objects.filter(pk=autre.pk).exists()


def _contexte(demandeur: User) -> dict[str, object]:
    return {"demandeur": demandeur, "offre": OffreFactory(), "par": demandeur, "motif": ""}


def test_the_same_address_can_sign_up_again() -> None:
    demandeur = UserFactory(**ZELIE)
    effacement.supprimer_compte(par=demandeur)
    champs = {
        "civilite": "madame",
        "nom_naissance": "Quatrevaux",
        "prenom": "Zélie",
        "telephone": "0688112233",
        "email": ZELIE["email"],
        "donnees_acceptees": "on",
    }
    Client().post("/creer-mon-compte/", champs)
    assert User.objects.get(email=ZELIE["email"]).pk != demandeur.pk
    assert EmailAddress.objects.filter(email=ZELIE["email"]).count() == 1


def test_every_device_is_signed_out() -> None:
    demandeur = UserFactory()
    telephone, ordinateur, autre = entrer(demandeur), entrer(demandeur), entrer(UserFactory())
    cle = ordinateur.session.session_key
    assert telephone.post(PAGE)["Location"] == "/"
    assert ordinateur.get("/mon-profil/")["Location"].startswith("/connexion/")
    assert autre.get("/mon-profil/").status_code == 200
    restantes = set(Session.objects.values_list("session_key", flat=True))
    assert cle not in restantes
    assert autre.session.session_key in restantes


def test_the_password_is_asked_again_before_anything_goes() -> None:
    demandeur = UserFactory()
    client = Client()
    client.force_login(demandeur)
    assert "Ce qui reste, et pourquoi" in client.get(PAGE).content.decode()
    demande_de_preuve = client.post(PAGE)["Location"]
    assert demande_de_preuve.startswith("/mon-profil/confirmer/")
    client.post(demande_de_preuve, {"password": "Pas le bon 1"})
    assert User.objects.filter(pk=demandeur.pk).exists()
    client.post(demande_de_preuve, {"password": MOT_DE_PASSE}, follow=True)
    assert not User.objects.filter(pk=demandeur.pk).exists()


def test_it_is_said_on_the_home_page_and_a_second_tab_is_led_to_the_door() -> None:
    demandeur = UserFactory()
    client = entrer(demandeur)
    assert "Votre compte AL’in est supprimé" in client.post(PAGE, follow=True).content.decode()
    assert client.post(PAGE)["Location"].startswith("/connexion/")


def test_a_visit_deletes_nothing() -> None:
    candidature = CandidatureFactory(statut=Statut.TRANSMISE)
    page = entrer(candidature.demande.demandeur).get(PAGE).content.decode()
    assert "Vous avez une candidature en cours" in page
    assert "Votre dossier est chez Les Toits du Levant" in page
    assert User.objects.filter(pk=candidature.demande.demandeur.pk).exists()


@pytest.mark.parametrize("trait", ["conseiller", "support", "superviseur", "service_logement"])
def test_only_applicants_delete_their_own_account(trait: str) -> None:
    user = UserFactory(**{trait: True})
    client = Client()
    client.force_login(user)
    assert client.post(PAGE).status_code == 403
    assert "un superviseur peut le désactiver" in refus(effacement.supprimer_compte, par=user)
    assert User.objects.filter(pk=user.pk).exists()


def test_a_try_at_somebody_elses_number_still_counts_after_its_author_has_left() -> None:
    intrus, numero = UserFactory(), "111092062114ACLOG"
    maintenant = timezone.now()
    for _ in range(importation.PAR_NUMERO):
        Importation.objects.create(par=intrus, numero_unique=numero, expire_le=maintenant, close_le=maintenant)
    effacement.supprimer_compte(par=intrus)
    _, numero_epuise = importation._compter_l_essai(numero, UserFactory())
    assert numero_epuise


@pytest.mark.django_db(transaction=True)
def test_four_clicks_at_once_delete_one_account_and_write_one_mail() -> None:
    candidature = CandidatureFactory(statut=Statut.DEPOSEE)
    demandeur = candidature.demande.demandeur
    assert ensemble(*[partial(effacement.supprimer_compte, par=demandeur)] * 4) == [None] * 4
    assert not User.objects.filter(pk=demandeur.pk).exists()
    assert Courriel.objects.filter(gabarit="compte_supprime").count() == 1


@pytest.mark.django_db(transaction=True)
def test_applying_while_leaving_leaves_no_half_of_either() -> None:
    for _ in range(8):
        demande, offre = DemandeFactory(valide=True), OffreFactory()
        par = demande.demandeur
        _, parti = ensemble(
            partial(workflow.postuler, demande, offre, par=par), partial(effacement.supprimer_compte, par=par)
        )
        assert parti is None or isinstance(parti, CandidatureRefusee)
        assert not User.objects.filter(pk=par.pk).exists()
        assert not Candidature.objects.filter(demande_id=demande.pk).exists()


def test_the_teams_log_forgets_the_name() -> None:
    demandeur = UserFactory(**ZELIE)
    LogEntry.objects.log_actions(UserFactory(superviseur=True).pk, [demandeur], CHANGE, [], single_object=True)
    effacement.supprimer_compte(par=demandeur)
    comptes = ContentType.objects.get_for_model(User)
    assert LogEntry.objects.get(content_type=comptes).object_repr == "Compte supprimé"
