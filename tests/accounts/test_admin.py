"""Who of the team may open and change what; accounts, companies, mails and consultations in the admin."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.test import Client

from accounts import courriels
from accounts.droits import DROITS
from accounts.models import Consultation, Courriel, Entreprise, Role, User
from accounts.models.personne import EQUIPE
from demandes.models import Departement, Importation
from tests.factories import (
    SIRETS,
    AppartenanceFactory,
    CommuneFactory,
    DepartementFactory,
    EntrepriseFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
PERSONNES = "/admin/accounts/user/"
LISTES = {
    "/admin/candidatures/candidature/": EQUIPE,
    "/admin/demandes/demande/": EQUIPE,
    "/admin/demandes/departement/": EQUIPE,
    "/admin/demandes/commune/": EQUIPE,
    "/admin/accounts/entreprise/": EQUIPE,
    "/admin/candidatures/motif/": {Role.CONSEILLER, Role.SUPERVISEUR},
    "/admin/offres/importoffres/": {Role.CONSEILLER, Role.SUPERVISEUR},
    "/admin/candidatures/evenement/": {Role.SUPERVISEUR},
    "/admin/candidatures/passage/": {Role.SUPERVISEUR},
    "/admin/accounts/texte/": {Role.SUPERVISEUR},
    "/admin/accounts/acceptation/": {Role.SUPERVISEUR},
    "/admin/demandes/importation/": {Role.SUPPORT, Role.SUPERVISEUR},
    PERSONNES: {Role.SUPPORT, Role.SUPERVISEUR},
    "/admin/accounts/courriel/": {Role.SUPPORT, Role.SUPERVISEUR},
    "/admin/accounts/consultation/": {Role.SUPPORT, Role.SUPERVISEUR},
}


def connecte(role: Role, **champs: object) -> Client:
    client = Client()
    client.force_login(UserFactory(role=role, **champs))
    return client


def page(client: Client, adresse: str) -> str:
    reponse = client.get(adresse)
    assert reponse.status_code == 200, adresse
    return reponse.content.decode()


def envoyer(client: Client, adresse: str, **champs: str) -> str:
    reponse = client.post(adresse, champs, follow=True)
    assert reponse.status_code == 200, adresse
    return reponse.content.decode()


@pytest.mark.parametrize("role", sorted(EQUIPE))
@pytest.mark.parametrize("liste", sorted(LISTES))
def test_each_role_of_the_team_opens_the_lists_of_its_work_only(liste: str, role: Role):
    attendu = 200 if role in LISTES[liste] else 403
    assert connecte(role).get(liste).status_code == attendu


@pytest.mark.parametrize("role", [Role.DEMANDEUR, Role.SERVICE_LOGEMENT])
def test_who_is_not_of_the_team_opens_none(role: Role):
    client = connecte(role)
    assert {client.get(liste).status_code for liste in LISTES} == {403}


def test_the_table_of_rights_names_models_that_exist_and_never_lets_delete():
    gestes = {
        *("demandes.lire_le_sensible", "accounts.exporter_donnees"),
        *("offres.retirer_offre", "offres.importer_offres", "offres.illustrer_offre", "candidatures.tenir_seance"),
    }
    droits = frozenset().union(*DROITS.values()) - gestes
    for droit in droits:
        app, acte, modele = re.fullmatch(r"(\w+)\.(view|add|change)_(\w+)", droit).groups()  # type: ignore[union-attr]
        assert apps.get_model(app, modele), acte


def test_somebody_put_aside_loses_his_rights_at_once():
    client = connecte(Role.CONSEILLER, email="parti@exemple.fr")
    User.objects.filter(email="parti@exemple.fr").update(is_active=False)
    assert client.get("/admin/").status_code == 302


def test_the_admin_has_no_door_of_its_own():
    client = connecte(Role.SUPERVISEUR)
    assert client.get("/admin/password_change/", follow=True).redirect_chain[-1][0] == "/mon-profil/mot-de-passe/"
    accueil = page(client, "/admin/")
    assert 'action="/deconnexion/"' in accueil
    assert "/admin/logout/" not in accueil
    assert Client().get("/admin/login/").headers["Location"].startswith("/connexion/?next=")


# People


def test_a_supervisor_opens_an_account_whose_owner_chooses_the_password():
    superviseur = connecte(Role.SUPERVISEUR)
    champs = {"email": "Nina.Roy@Exemple.fr", "prenom": "Nina", "nom_naissance": "Roy", "role": "conseiller"}
    suite = envoyer(superviseur, f"{PERSONNES}add/", civilite="madame", telephone="", **champs)
    assert "Dites à Nina Roy de choisir son mot de passe" in suite
    nina = User.objects.get(email="nina.roy@exemple.fr")
    assert nina.role == Role.CONSEILLER
    assert not nina.has_usable_password()
    assert EmailAddress.objects.get(user=nina).verified is False

    visiteur = Client()
    envoyer(visiteur, "/mot-de-passe/oublie/", email="nina.roy@exemple.fr")
    courriel = Courriel.objects.get(destinataire="nina.roy@exemple.fr")
    lien = re.search(r"https?://[^/]+(/mot-de-passe/\S+)", courriel.texte)
    assert lien is not None
    formulaire = visiteur.get(lien[1], follow=True).redirect_chain[-1][0]
    envoyer(visiteur, formulaire, password1="Demo2026alin", password2="Demo2026alin")
    envoyer(visiteur, "/connexion/", login="nina.roy@exemple.fr", password="Demo2026alin")
    assert visiteur.get("/admin/")["Location"] == "/mon-profil/securite/"  # his second factor is his next step


def test_an_address_that_has_an_account_is_refused_in_french_and_what_was_typed_is_kept():
    superviseur = connecte(Role.SUPERVISEUR)
    UserFactory(email="prise@exemple.fr")
    champs = {"email": "Prise@exemple.fr", "prenom": "Nina", "nom_naissance": "Roy", "role": "support"}
    suite = envoyer(superviseur, f"{PERSONNES}add/", civilite="", telephone="", **champs)
    assert "Cette adresse a déjà un compte" in suite or "existe déjà" in suite
    assert 'value="Roy"' in suite
    assert User.objects.filter(email__iexact="prise@exemple.fr").count() == 1


@pytest.mark.parametrize("role", ["demandeur", "automate"])
def test_only_the_roles_of_the_team_and_of_companies_are_given_by_hand(role: str):
    envoyer(
        connecte(Role.SUPERVISEUR), f"{PERSONNES}add/", email="x@exemple.fr", prenom="X", nom_naissance="Y", role=role
    )
    assert not User.objects.filter(email="x@exemple.fr").exists()


def test_a_supervisor_puts_someone_aside_and_changes_a_role_but_not_a_name():
    superviseur, conseiller = connecte(Role.SUPERVISEUR), UserFactory(conseiller=True, prenom="Karim")
    envoyer(superviseur, f"{PERSONNES}{conseiller.pk}/change/", role="support", prenom="Autre")
    conseiller.refresh_from_db()
    assert (conseiller.role, conseiller.is_active, conseiller.prenom) == (Role.SUPPORT, False, "Karim")


def test_nobody_changes_his_own_rights_nor_makes_an_adviser_of_an_applicant():
    superviseur = UserFactory(superviseur=True)
    client, demandeur = Client(), UserFactory()
    client.force_login(superviseur)
    envoyer(client, f"{PERSONNES}{superviseur.pk}/change/", role="conseiller")
    envoyer(client, f"{PERSONNES}{demandeur.pk}/change/", role="conseiller", is_active="on")
    for personne, role in ((superviseur, Role.SUPERVISEUR), (demandeur, Role.DEMANDEUR)):
        personne.refresh_from_db()
        assert (personne.role, personne.is_active) == (role, True)


def test_the_support_finds_a_person_and_changes_nothing():
    support, personne = connecte(Role.SUPPORT), UserFactory(prenom="Zélie", nom_naissance="Brun")
    assert "Zélie Brun" in page(support, f"{PERSONNES}?q=brun")
    assert "Enregistrer" not in page(support, f"{PERSONNES}{personne.pk}/change/")
    assert support.post(f"{PERSONNES}{personne.pk}/change/", {"role": "superviseur"}).status_code == 403
    assert support.get(f"{PERSONNES}add/").status_code == 403


# Companies and reference tables


def test_a_supervisor_adds_an_agent_to_a_company_and_ends_his_time_there():
    superviseur = connecte(Role.SUPERVISEUR)
    appartenance = AppartenanceFactory(agent__prenom="Camille")
    agent, adresse = (
        UserFactory(service_logement=True),
        f"/admin/accounts/entreprise/{appartenance.entreprise_id}/change/",
    )
    assert "Camille Roux" in page(superviseur, adresse)
    entreprise = appartenance.entreprise
    envoyer(
        superviseur,
        adresse,
        **{"siret": entreprise.siret, "nom": entreprise.nom, "effectif": "10", "nature": "entreprise", "cliente": "on"},
        **{"appartenances-TOTAL_FORMS": "2", "appartenances-INITIAL_FORMS": "1"},
        **{"appartenances-0-id": str(appartenance.pk), "appartenances-0-entreprise": str(entreprise.pk)},
        **{"appartenances-0-agent": str(appartenance.agent_id), "appartenances-0-fin_le": "2026-01-31"},
        **{"appartenances-0-role": "agent", "appartenances-1-role": "gestionnaire"},
        **{"appartenances-1-entreprise": str(entreprise.pk), "appartenances-1-agent": str(agent.pk)},
    )
    assert list(Entreprise.objects.suivies_par(agent)) == [entreprise]
    assert not Entreprise.objects.suivies_par(appartenance.agent).exists()


def test_a_wrong_siret_is_refused_with_its_reason():
    suite = envoyer(
        connecte(Role.SUPERVISEUR),
        "/admin/accounts/entreprise/add/",
        **{"siret": "12345678200011", "nom": "Vauban", "effectif": "10"},
        **{"appartenances-TOTAL_FORMS": "0", "appartenances-INITIAL_FORMS": "0"},
    )
    assert "Ce n° SIRET n’est pas valable" in suite


def test_an_adviser_changes_a_company_and_the_support_only_reads_it():
    entreprise = EntrepriseFactory(siret=SIRETS[1])
    fiche = f"/admin/accounts/entreprise/{entreprise.pk}/change/"
    assert "Enregistrer" in page(connecte(Role.CONSEILLER), fiche)
    assert "Enregistrer" not in page(connecte(Role.SUPPORT), fiche)


def test_a_supervisor_corrects_a_registration_site_and_dates_the_check():
    DepartementFactory(code="29", nom="Finistère")
    adresse = "/admin/demandes/departement/29/change/"
    envoyer(
        connecte(Role.SUPERVISEUR),
        adresse,
        site="https://www.demandelogement29.fr/imhowebGP29/",
        site_verifie_le="2026-11-02",
    )
    finistere = Departement.objects.get(pk="29")
    assert finistere.site == "https://www.demandelogement29.fr/imhowebGP29/"
    assert str(finistere.site_verifie_le) == "2026-11-02"


def test_communes_are_found_by_name_or_code_and_not_edited():
    CommuneFactory()
    superviseur = connecte(Role.SUPERVISEUR)
    assert "Paris 11e Arrondissement" in page(superviseur, "/admin/demandes/commune/?q=75111")
    assert superviseur.post("/admin/demandes/commune/75111/change/", {"nom": "Ailleurs"}).status_code == 403


# Mails, consultations, imports: what the support is asked about


def test_the_outbox_says_whether_a_mail_left_never_what_it_says():
    courriel = Courriel.objects.create(
        gabarit="code_import", destinataire="anne@exemple.fr", sujet="Votre code", texte="Voici : 482913", html="482913"
    )
    support = connecte(Role.SUPPORT)
    for adresse in ("/admin/accounts/courriel/?etat=attente", f"/admin/accounts/courriel/{courriel.pk}/change/"):
        assert "anne@exemple.fr" in page(support, adresse)
        assert "482913" not in page(support, adresse)


def test_the_subject_of_a_code_does_not_carry_it():
    courriel = courriels.ecrire("anne@exemple.fr", "code_import", {"code": "482913", "numero": "111092062114ACLOG"})
    assert "482913" in courriel.texte
    assert "482913" not in courriel.sujet


def test_consultations_are_read_and_never_touched():
    trace = Consultation.objects.create(
        par_id=UserFactory().pk,
        par_nom="Agathe Roux",
        par_role=Role.CONSEILLER,
        objet="la demande",
        objet_id=UserFactory().pk,
        demandeur_id=UserFactory().pk,
    )
    superviseur = connecte(Role.SUPERVISEUR, is_superuser=True)
    assert "Agathe Roux" in page(superviseur, "/admin/accounts/consultation/")
    assert superviseur.post(f"/admin/accounts/consultation/{trace.pk}/delete/", {"post": "yes"}).status_code == 403


def test_an_import_shows_a_masked_address_and_no_print_of_the_code():
    importation = Importation(par=UserFactory(), numero_unique="111092062114ACLOG", adresse="anne.porte@yopmail.com")
    importation.tirer_un_code()
    importation.save()
    support = connecte(Role.SUPPORT)
    for adresse in ("/admin/demandes/importation/", f"/admin/demandes/importation/{importation.pk}/change/"):
        texte = page(support, adresse)
        assert "a•••@y•••.com" in texte
        assert "anne.porte@yopmail.com" not in texte
        assert importation.empreinte not in texte
