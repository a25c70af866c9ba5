"""The guide, chapter by chapter, told through the test client: an applicant, an adviser, a company's housing service.

The registry is the real simulator, asked over HTTP; mails are read in the outbox, where the worker would take them.
"""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Courriel, Role, User
from candidatures.models import Candidature, Evenement
from demandes.models import Demande
from offres.models import Offre
from tests.factories import AppartenanceFactory, CommuneFactory, EntrepriseFactory, OffreFactory, UserFactory
from tests.registre import Registre

ANNE = {
    "civilite": "madame",
    "nom_naissance": "Porte",
    "prenom": "Anne",
    "telephone": "06 04 50 57 92",
    "email": "anne.porte@exemple.fr",
    "donnees_acceptees": "on",
}
NUMERO = "111092062114ACLOG"
MOT_DE_PASSE = "Demo2026alin"


def lire(client: Client, adresse: str, statut: int = 200) -> str:
    """The page at this address, redirections followed."""
    reponse = client.get(adresse, follow=True)
    assert reponse.status_code == statut, adresse
    return reponse.content.decode()


def envoyer(client: Client, adresse: str, **champs: object) -> str:
    """The page that follows this form, redirections followed."""
    reponse = client.post(adresse, champs, follow=True)
    assert reponse.status_code == 200, adresse
    return reponse.content.decode()


def dernier_courriel(destinataire: str) -> Courriel:
    return Courriel.objects.filter(destinataire=destinataire).latest("cree_le")


def lien(courriel: Courriel) -> str:
    trouve = re.search(r"https?://testserver(\S+)", courriel.texte)
    assert trouve is not None
    return trouve[1]


@pytest.fixture
def paris() -> None:
    """Anne's communes and their neighbours, with offers that fit her household of three in each of her three tabs."""
    onzieme = CommuneFactory(code="75111", nom="Paris 11e Arrondissement", departement__code="75", zone=1)
    vingtieme = CommuneFactory(code="75120", nom="Paris 20e Arrondissement", departement__code="75", zone=1)
    montreuil = CommuneFactory(code="93048", nom="Montreuil", departement__code="93", zone=1)
    troisieme = CommuneFactory(code="75103", nom="Paris 3e Arrondissement", departement__code="75", zone=1)
    quinzieme = CommuneFactory(code="75115", nom="Paris 15e Arrondissement", departement__code="75", zone=1)
    for commune in (onzieme, vingtieme, montreuil, troisieme, quinzieme):
        OffreFactory(commune=commune, typologie="T3", loyer_charges_comprises=841, financement="PLS")
    onzieme.voisinages.create(voisine=troisieme)


@pytest.mark.django_db(transaction=True)
def test_the_guide_from_the_account_to_the_signed_lease(client: Client, registre: Registre, paris: None) -> None:
    conseiller, agent = preparer_l_equipe()
    creer_son_compte(client)
    importer_sa_demande(client)
    completer_son_dossier(client)
    offre = choisir_une_offre(client)
    candidature = Candidature.objects.get(offre=offre)
    le_service_logement_regarde(agent, candidature)
    le_conseiller_mene_au_bail(client, conseiller, candidature)
    assert "Agathe Roux" in lire(client, "/mon-profil/consultations/")


def preparer_l_equipe() -> tuple[Client, Client]:
    """An adviser and an agent of Anne's company, both signed in."""
    conseiller, agent = Client(), Client()
    conseiller.force_login(UserFactory(conseiller=True, prenom="Agathe", nom_naissance="Roux"))
    personne = UserFactory(service_logement=True, prenom="Camille", nom_naissance="Roux")
    agent.force_login(personne)
    AppartenanceFactory(agent=personne, entreprise=EntrepriseFactory(siret="12345678200010", nom="Ateliers Vauban"))
    return conseiller, agent


def creer_son_compte(client: Client) -> None:
    """Guide #2."""
    assert "Se connecter" in lire(client, "/")
    assert "Créer mon compte" in lire(client, "/connexion/")
    page = envoyer(client, "/creer-mon-compte/", **ANNE)
    assert "Validation du compte" in page
    assert ANNE["email"] in page

    courriel = dernier_courriel(ANNE["email"])
    assert courriel.sujet == "Action Logement Services – Demande d’accès"
    derniere_etape = lien(courriel)
    for _ in range(2):  # a mail scanner opens the link: nothing is consumed
        assert "Dernière étape avant la validation de votre compte" in lire(Client(), derniere_etape)
    page = envoyer(client, derniere_etape)
    assert "Mise à jour du mot de passe" in page
    assert "Vous devez changer votre mot de passe pour activer votre compte." in page

    formulaire = re.search(r'action="(/mot-de-passe/mise-a-jour/[^"]+)"', page)
    assert formulaire is not None
    page = envoyer(client, formulaire[1], password1="motdepasse", password2="motdepasse")
    assert "Il manque un chiffre" in page
    assert "Il manque une lettre majuscule" in page
    page = envoyer(client, formulaire[1], password1=MOT_DE_PASSE, password2=MOT_DE_PASSE)
    assert "Votre compte a été créé." in page
    assert "Revenir à l’application" in page
    assert not client.session.get("_auth_user_id")  # nobody is signed in by a link

    envoyer(client, "/connexion/", login=ANNE["email"], password=MOT_DE_PASSE)
    assert client.session["_auth_user_id"] == str(User.objects.get(email=ANNE["email"]).pk)


def importer_sa_demande(client: Client) -> None:
    """Guide #3: the number, the code sent to the registry's address, the import."""
    assert "Passer les étapes" in lire(client, "/ma-demande/")
    page = envoyer(client, "/ma-demande/numero-unique/", numero=NUMERO, date_naissance="20/05/1989")
    assert "Aucune demande ne correspond à ce numéro et à cette date de naissance." in page
    assert NUMERO in page  # what was typed is kept

    page = envoyer(client, "/ma-demande/numero-unique/", numero="111 0920 62114 aclog", date_naissance="19/05/1989")
    assert "g•••@y•••.com" in page
    code = re.search(r"^\d{6}$", dernier_courriel("gigitdenise@yopmail.com").texte, re.MULTILINE)
    assert code is not None
    faux = f"{(int(code[0]) + 1) % 10**6:06d}"
    assert "Ce n’est pas le bon code" in envoyer(client, "/ma-demande/code/", code=faux)
    page = envoyer(client, "/ma-demande/code/", code=code[0])
    assert "Votre demande est importée sur AL’in." in page
    assert f"Voici les informations liées au numéro unique : {NUMERO}" in re.sub(r"<[^>]+>|\s+", " ", page).replace(
        "  ", " "
    )
    assert "19/05/1989" in page
    assert "Denis" in page


def completer_son_dossier(client: Client) -> None:
    """Guide #3, tabs 2 and 3."""
    assert "Je valide l’entreprise" in lire(client, "/ma-demande/entreprise/")
    page = envoyer(
        client,
        "/ma-demande/entreprise/",
        titulaire="demandeur",
        siret="12345678200011",
        nom_employeur="Ateliers Vauban",
    )
    assert "Ce n° SIRET n’est pas valable" in page
    page = envoyer(
        client,
        "/ma-demande/entreprise/",
        titulaire="demandeur",
        siret="123 456 782 00010",
        nom_employeur="Ateliers Vauban",
    )
    assert "J’autorise le service logement de mon entreprise" in page
    page = envoyer(client, "/ma-demande/accord/", accord="on", suite="1")
    assert "Déposer mes pièces" in page
    assert "Demandeur ANNE PORTE" in page
    assert "Lettre de congé de propriétaire ou jugement prononçant la résiliation du bail" in page

    cles = re.findall(r'name="pieces"[^>]*value="([^"]+)"', page)
    assert len(cles) >= 8
    page = envoyer(client, "/ma-demande/pieces/", pieces=cles[1:])
    assert "Carte nationale d’identité ou passeport" in page  # the one left unticked is named
    assert Demande.objects.get(numero_unique=NUMERO).dossier_valide_le is None
    page = envoyer(client, "/ma-demande/pieces/", pieces=cles)
    assert "Votre dossier est validé." in page
    assert "Bonjour Anne" in page


def choisir_une_offre(client: Client) -> Offre:
    """Guide #5: three tabs, an offer, « Je postule », « Confirmer », « Ok »."""
    page = lire(client, "/offres/")
    for onglet in ("Communes demandées", "Communes limitrophes", "Autres communes du département"):
        assert onglet in page
    offre = Offre.objects.get(commune="75111")
    page = lire(client, offre.get_absolute_url())
    assert "Retour aux résultats" in page
    assert "Je postule" in page
    assert "Confirmer" in lire(client, f"/candidatures/offre/{offre.pk}/")
    page = envoyer(client, f"/candidatures/offre/{offre.pk}/")
    assert "Ce logement a bien été ajouté à vos candidatures" in page
    assert ">Ok<" in re.sub(r"\s+", "", page)
    page = lire(client, "/candidatures/")
    assert "Il y a actuellement 1 candidature déposée sur cette offre" in re.sub(r"\s+", " ", page)
    assert "Annuler cette candidature" in page
    return offre


def le_service_logement_regarde(agent: Client, candidature: Candidature) -> None:
    """Guide #3, consent: the whole demand, without what an employer must not read, and the history."""
    assert "Anne Porte" in lire(agent, "/service-logement/")
    page = lire(agent, f"/service-logement/{candidature.demande_id}/")
    assert NUMERO in page
    assert "28905" not in page


def tenir_la_seance(conseiller: Client, candidature: Candidature) -> None:
    """The commission examines it alone, and says why."""
    envoyer(
        conseiller,
        f"/admin/candidatures/candidature/offre/{candidature.offre_id}/commission/",
        tenue_le=timezone.localdate().isoformat(),
        justification="Une seule candidature reçue",
        dossier=[candidature.pk],
        **{f"{candidature.pk}-decision": "attribuer"},
    )


def le_conseiller_mene_au_bail(client: Client, conseiller: Client, candidature: Candidature) -> None:
    """Guide #6: every act from validation to the lease, a mail each time, no cancelling after transmission."""
    aujourd_hui = timezone.localdate().isoformat()
    demain = (timezone.localdate() + timedelta(days=1)).isoformat()
    actes: list[tuple[str, dict[str, str], str]] = [
        ("valider", {}, "Votre candidature est validée par Action Logement"),
        ("transmettre", {}, "Votre dossier est transmis au bailleur"),
        ("proposer-visite", {"visite_le": demain}, "Une visite est prévue"),
        ("passer-en-commission", {"commission_le": demain}, "Votre dossier passe en commission"),
        ("seance", {}, "Le logement vous est attribué"),
        ("proposer", {"notifiee_le": aujourd_hui}, "Ce logement vous est proposé"),
    ]
    for action, champs, sujet in actes:
        lire(conseiller, f"/admin/candidatures/candidature/{candidature.pk}/change/")
        if action == "seance":
            tenir_la_seance(conseiller, candidature)
        else:
            envoyer(conseiller, f"/admin/candidatures/candidature/{candidature.pk}/{action}/", **champs)
        assert dernier_courriel(ANNE["email"]).sujet.startswith(sujet), action
        if action == "transmettre":
            page = envoyer(client, f"/candidatures/{candidature.pk}/annuler/")
            assert "cette candidature ne peut plus être annulée" in page
            assert "Annuler cette candidature" not in page
    assert "Accepter ce logement" in lire(client, "/candidatures/")
    assert "Ne donnez pas congé" in lire(client, f"/candidatures/{candidature.pk}/accepter/")
    envoyer(client, f"/candidatures/{candidature.pk}/accepter/")
    envoyer(
        conseiller,
        f"/admin/candidatures/candidature/{candidature.pk}/signer/",
        bail_le=timezone.localdate().isoformat(),
    )
    candidature.refresh_from_db()
    assert candidature.get_statut_display() == "Bail signé"
    assert list(Evenement.objects.filter(candidature_id=candidature.pk).values_list("par_role", flat=True)) == [
        Role.DEMANDEUR,
        *[Role.CONSEILLER] * 6,
        Role.DEMANDEUR,
        Role.CONSEILLER,
    ]
    page = lire(client, "/candidatures/")
    assert "Bail signé" in page
