"""The whole guide in Chromium, three people in three browsers, on a phone and at a desk, axe on every page."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

import pytest

from tests.navigateur.actes import agir, il_invite_et_importe, tenir_la_seance
from tests.navigateur.conftest import MOT_DE_PASSE, Personne

pytestmark = pytest.mark.navigateur


class Arrivante(NamedTuple):
    """Someone whom the registry knows and the portal does not."""

    civilite: str
    nom: str
    prenom: str
    naissance: str
    numero: str
    au_registre: str
    courriel: str


ARRIVANTS = {
    "bureau": Arrivante(
        "Madame", "Porte", "Anne", "19/05/1989", "111092062114ACLOG", "gigitdenise@yopmail.com", "anne.porte@exemple.fr"
    ),
    "telephone": Arrivante(
        "Madame", "Moreau", "Sophie", "11/02/1982", "111062307731GDPUB", "sophie.moreau@exemple.fr", "sophie@exemple.fr"
    ),
}


def test_the_whole_guide(arriver: Callable[[], Personne], ecran: str) -> None:
    arrivante = ARRIVANTS[ecran]
    demandeuse, conseiller, agente = arriver(), arriver(), arriver()
    creer_son_compte(demandeuse, arrivante)
    importer_sa_demande(demandeuse, arrivante)
    completer_son_dossier(demandeuse)
    reference = choisir_une_offre(demandeuse)
    le_service_logement_regarde(agente, arrivante)
    le_conseiller_mene_au_bail(demandeuse, conseiller, arrivante, reference)
    demandeuse.va("/mon-profil/consultations/")
    demandeuse.lit("Ateliers Vauban")


def creer_son_compte(elle: Personne, qui: Arrivante) -> None:
    """Guide #2, a wrong password included."""
    elle.va("/")
    elle.clique("Se connecter")
    elle.clique("Créer mon compte")
    elle.appuie("Créer mon compte")  # nothing filled in: each field says so
    elle.lit("Ce champ est obligatoire.")
    elle.page.get_by_label(qui.civilite).check()
    elle.ecrit("Nom de naissance", qui.nom)
    elle.ecrit("Prénom", qui.prenom)
    elle.ecrit("Téléphone portable", "06 04 50 57 92")
    elle.ecrit("Email", qui.courriel)
    elle.page.get_by_label("J’ai compris et j’accepte").check()
    elle.appuie("Créer mon compte")
    elle.lit("Validation du compte")
    elle.lit(qui.courriel)
    lettre = elle.recoit(qui.courriel, "Action Logement Services – Demande d’accès")
    lien = re.search(r"https?://\S+/derniere-etape/\S+", lettre)
    assert lien is not None
    elle.page.goto(lien[0])
    elle.lit("Dernière étape avant la validation de votre compte")
    elle.appuie("Cliquez ici")
    elle.lit("Mise à jour du mot de passe")
    for champ in ("Nouveau mot de passe", "Confirmation du mot de passe"):
        elle.ecrit(champ, "motdepasse")
    elle.appuie("VALIDER")
    elle.lit("Il manque un chiffre")
    for champ in ("Nouveau mot de passe", "Confirmation du mot de passe"):
        elle.ecrit(champ, MOT_DE_PASSE)
    elle.appuie("VALIDER")
    elle.lit("Votre compte a été créé.")
    elle.clique("Revenir à l’application")
    elle.ecrit("Email", qui.courriel)
    elle.ecrit("Mot de passe", MOT_DE_PASSE)
    elle.appuie("JE ME CONNECTE")


def importer_sa_demande(elle: Personne, qui: Arrivante) -> None:
    """Guide #3: a malformed number, a wrong birth date, a wrong code, then the right ones."""
    elle.clique("Passer les étapes")
    elle.ecrit("Numéro Unique", qui.numero[:12])
    elle.ecrit("Date de naissance", "01/01/1990")
    elle.appuie("Valider")
    elle.lit("a 12 caractères")
    elle.ecrit("Numéro Unique", qui.numero)
    elle.appuie("Valider")
    elle.lit("Aucune demande ne correspond à ce numéro et à cette date de naissance.")
    elle.ecrit("Date de naissance", qui.naissance)
    elle.appuie("Valider")
    code = re.search(r"\b\d{6}\b", elle.recoit(qui.au_registre, "Votre code").replace(qui.numero, ""))
    assert code is not None
    elle.va("/ma-demande/code/")
    elle.ecrit("Code de sécurité", f"{(int(code[0]) + 1) % 10**6:06d}")
    elle.appuie("Valider")
    elle.lit("Ce n’est pas le bon code")
    elle.ecrit("Code de sécurité", code[0])
    elle.appuie("Valider")
    elle.lit("Votre demande est importée sur AL’in.")
    elle.lit(qui.numero)
    elle.appuie("Mettre à jour")
    elle.clique("Étape suivante")


def completer_son_dossier(elle: Personne) -> None:
    """Guide #3, tabs 2 and 3: a wrong SIRET, a box forgotten."""
    elle.ecrit("N° SIRET de l’employeur", "12345678200011")
    elle.ecrit("Nom de l’employeur", "Ateliers Vauban")
    elle.appuie("Je valide l’entreprise")
    elle.lit("Ce n° SIRET n’est pas valable")
    elle.ecrit("N° SIRET de l’employeur", "123 456 782 00010")
    elle.appuie("Je valide l’entreprise")
    elle.page.get_by_label("J’autorise le service logement de mon entreprise").check()
    elle.appuie("Étape suivante")
    cases = elle.page.get_by_role("checkbox").all()
    for case in cases[1:]:
        case.check()
    elle.appuie("Valider mon dossier")
    elle.lit("Il reste 1 pièce à confirmer")
    elle.page.get_by_role("checkbox").first.check()
    elle.appuie("Valider mon dossier")
    elle.lit("Votre dossier est validé.")


def choisir_une_offre(elle: Personne) -> str:
    """Guide #5. Returns the reference of the offer applied to."""
    elle.clique("Les offres")
    for onglet in ("Communes limitrophes", "Autres communes du département", "Communes demandées"):
        elle.clique(onglet)
        elle.page.wait_for_function(
            "nom => document.querySelector('.zones [aria-current]')?.textContent.includes(nom)", arg=onglet
        )
    elle.page.locator("article.offre h3 a").first.click()
    elle.regarde()
    trouvee = re.search(r"référence (\S+)", elle.page.locator("main").inner_text())
    assert trouvee is not None
    elle.clique("Retour aux résultats")
    elle.page.go_back()
    elle.page.get_by_role("link", name="Je postule").locator("visible=true").click()
    elle.regarde()
    elle.appuie("Confirmer")
    elle.lit("Ce logement a bien été ajouté à vos candidatures")
    elle.clique("Ok")
    elle.lit("Il y a actuellement")
    elle.lit("Annuler cette candidature")
    return trouvee[1]


def le_service_logement_regarde(elle: Personne, qui: Arrivante) -> None:
    """Guide #3, consent: the company sees the employee, her demand and her history."""
    elle.se_connecte("vauban@alin.exemple")
    elle.clique(f"{qui.prenom} {qui.nom}")
    elle.lit(qui.numero)


def le_conseiller_mene_au_bail(elle: Personne, lui: Personne, qui: Arrivante, reference: str) -> None:
    """Guide #6: every act to the signed lease; the applicant is told each time and answers herself."""
    lui.se_connecte("conseiller1@alin.exemple")
    lui.va(f"/admin/candidatures/candidature/?q={qui.numero}")
    lui.clique(f"{qui.prenom} {qui.nom}")
    lui.lit(reference)
    aujourd_hui = date.today().isoformat()  # noqa: DTZ011
    demain = (date.today() + timedelta(days=1)).isoformat()  # noqa: DTZ011
    actes = [
        ("Valider la candidature", "", "Votre candidature est validée"),
        ("Transmettre au bailleur", "", "Votre dossier est transmis au bailleur"),
        ("Enregistrer la visite", demain, "Une visite est prévue"),
        ("Inscrire à la commission", demain, "Votre dossier passe en commission"),
        ("", "", "Le logement vous est attribué"),  # the sitting of the commission
        ("Notifier la proposition", aujourd_hui, "Ce logement vous est proposé"),
    ]
    for bouton, jour, sujet in actes:
        if bouton:
            agir(lui, bouton, jour)
        else:
            tenir_la_seance(lui, aujourd_hui)
        lui.regarde()
        elle.recoit(qui.courriel, sujet)
        if bouton == "Transmettre au bailleur":
            elle.va("/candidatures/")
            assert not elle.page.get_by_role("link", name="Annuler cette candidature").count()
    elle.va("/candidatures/")
    elle.clique("Accepter ce logement")
    elle.lit("Ne donnez pas congé de votre logement actuel")
    elle.appuie("J’accepte ce logement")
    lui.page.reload()
    agir(lui, "Enregistrer le bail signé", aujourd_hui)
    elle.va("/candidatures/")
    elle.lit("Bail signé")


PAGES_PUBLIQUES = (
    "/",
    "/aide/",
    "/contact/",
    "/mentions-legales/",
    "/conditions-generales/",
    "/donnees-personnelles/",
    "/accessibilite/",
    "/connexion/",
    "/creer-mon-compte/",
    "/mot-de-passe/oublie/",
    "/ma-demande/departement/?departement=29",
    "/demo/courriels/",
)


def test_every_public_page(arriver: Callable[[], Personne]) -> None:
    visiteur = arriver()
    for chemin in PAGES_PUBLIQUES:
        visiteur.va(chemin)


PAGES_DE_L_ADMIN = (
    "/admin/",
    "/admin/candidatures/candidature/",
    "/admin/candidatures/candidature/?etape=toutes",
    "/admin/demandes/demande/",
    "/admin/offres/offre/",
    "/admin/offres/importoffres/",
    "/admin/offres/importoffres/add/",
    "/admin/accounts/user/",
    "/admin/accounts/entreprise/",
    "/admin/accounts/entreprise/importer/",
    "/admin/accounts/courriel/",
    "/admin/accounts/consultation/",
    "/admin/offres/plafond/",
    "/admin/candidatures/motif/",
    "/admin/candidatures/lotdactes/",
)


@pytest.mark.epreuve
@pytest.mark.sur_un_bureau
def test_every_page_of_the_advisers_workplace(arriver: Callable[[], Personne]) -> None:
    superviseur = arriver()
    superviseur.se_connecte("superviseur@alin.exemple")
    for chemin in PAGES_DE_L_ADMIN:
        superviseur.va(chemin)
    il_invite_et_importe(superviseur)


ETATS = (
    "delphine.picard",
    "julien.dupuis",
    "leila.mansouri",
    "alicia.perez",
    "philippe.garnier",
    "marta.da-silva",
    "emre.yilmaz",
)


@pytest.mark.parametrize("compte", ETATS)
def test_my_candidatures_in_every_state(arriver: Callable[[], Personne], compte: str) -> None:
    elle = arriver()
    elle.se_connecte(f"{compte}@exemple.fr")
    for chemin in ("/ma-demande/", "/offres/", "/candidatures/", "/mon-profil/", "/ma-demande/informations/"):
        elle.va(chemin)


def test_without_javascript_tabs_filters_and_applying_still_work(browser: object, demo: str, ecran: str) -> None:
    from playwright.sync_api import Browser

    assert isinstance(browser, Browser)
    contexte = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = contexte.new_page()
    page.goto(f"{demo}/connexion/")
    page.get_by_label("Email").fill("marta.da-silva@exemple.fr")
    page.get_by_label("Mot de passe").fill(MOT_DE_PASSE)
    page.get_by_role("button", name="JE ME CONNECTE").click()
    page.get_by_role("link", name="Les offres", exact=True).click()
    page.get_by_role("link", name="Autres communes du département").click()
    assert "onglet=departement" in page.url
    page.get_by_text("Filtrer et trier").click()
    page.get_by_label("Trier par").select_option("loyer")
    page.get_by_role("button", name="Appliquer").click()
    assert "tri=loyer" in page.url
    assert "onglet=departement" in page.url
    contexte.close()
