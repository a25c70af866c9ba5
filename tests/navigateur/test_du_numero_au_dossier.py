"""From a wrong birth date to a validated dossier, then a change, a strike-off and a return at the registry itself."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest
from playwright.sync_api import expect

from demandes.echeances import RADIATION, dans_des_mois
from tests.navigateur.conftest import Personne, attendre
from tests.navigateur.test_guide import Arrivante, creer_son_compte

pytestmark = [pytest.mark.navigateur, pytest.mark.sur_un_bureau]

ARRIVANTS = {
    "bureau": (
        Arrivante(
            *("Monsieur", "Ortega", "Michel", "22/04/1990", "031112106611GDPUB"),
            *("miguel.ortega@exemple.fr", "miguel.ortega@personne.exemple.fr"),
        ),
        "Miguel",
        "55566677500013",
    ),
    "telephone": (
        Arrivante(
            *("Madame", "Guérin", "Amélie", "14/07/1987", "044022301873GDPUB"),
            *("emilie.guerin@exemple.fr", "emilie.guerin@personne.exemple.fr"),
        ),
        "Émilie",
        "22233344500013",
    ),
}
"""Who comes (under a first name that is not quite right), the right one, and the employer's SIRET."""


def test_from_a_wrong_birth_date_to_a_dossier_that_lives(arriver: Callable[[], Personne], ecran: str) -> None:
    arrivante, prenom, siret = ARRIVANTS[ecran]
    elle = arriver()
    registre = re.sub(r":(\d+)$", lambda port: f":{int(port[1]) + 1}", elle.adresse)
    creer_son_compte(elle, arrivante)
    chercher_son_departement(elle)
    se_faire_reconnaitre(elle, arrivante, prenom)
    completer(elle, siret)
    changer_au_registre(elle, f"{registre}/demandes/{arrivante.numero}/")
    with horloge_avancee(elle, registre, arrivante.numero):
        etre_radiee(elle, arrivante)
        revenir(elle, f"{registre}/demandes/{arrivante.numero}/", arrivante)


def chercher_son_departement(elle: Personne) -> None:
    """Guide #3: as one types, without leaving the page."""
    elle.clique("Passer les étapes")
    elle.page.get_by_label("Votre département de recherche").press_sequentially("finist", delay=20)
    expect(elle.page.locator("#sites")).to_contain_text("demandelogement29.fr/imhowebGP29/")
    elle.regarde()
    assert elle.page.url.endswith("/ma-demande/numero-unique/")
    elle.va("/ma-demande/departement/?q=ile+de+france")
    elle.lit("8 départements possibles")
    elle.va("/ma-demande/departement/?q=nulle+part")
    elle.lit("Aucun département ni commune ne correspond")
    elle.va("/ma-demande/numero-unique/")


def se_faire_reconnaitre(elle: Personne, qui: Arrivante, prenom: str) -> None:
    """A wrong birth date, a wrong code, a second code that kills the first, a name that differs, corrected here."""
    elle.ecrit("Numéro Unique", qui.numero.lower())
    elle.ecrit("Date de naissance", "01/01/1990")
    elle.appuie("Valider")
    elle.lit("Aucune demande ne correspond à ce numéro et à cette date de naissance.")
    elle.ecrit("Date de naissance", qui.naissance)
    elle.appuie("Valider")
    premier = code_recu(elle, qui)
    elle.va("/ma-demande/code/")
    elle.ecrit("Code de sécurité", f"{(int(premier) + 1) % 10**6:06d}")
    elle.appuie("Valider")
    elle.lit("Ce n’est pas le bon code")
    elle.appuie("Saisir ma demande")
    elle.lit("L’ancien ne sert plus.")
    attendre(lambda: code_recu(elle, qui) != premier)
    second = code_recu(elle, qui)
    elle.va("/ma-demande/code/")
    elle.ecrit("Code de sécurité", premier)
    elle.appuie("Valider")
    elle.lit("Ce n’est pas le bon code")
    elle.ecrit("Code de sécurité", second)
    elle.appuie("Valider")
    elle.lit("Ce qui diffère")
    elle.ecrit("Prénom", prenom)
    elle.appuie("Corriger mon compte et continuer")
    elle.lit("Votre demande est importée sur AL’in.")


def code_recu(elle: Personne, qui: Arrivante) -> str:
    """The latest at the registry's address."""
    code = re.search(r"\b\d{6}\b", elle.recoit(qui.au_registre, "Votre code").replace(qui.numero, ""))
    assert code is not None
    return code[0]


def completer(elle: Personne, siret: str) -> None:
    """Tabs 2 and 3, up to « Valider mon dossier »."""
    elle.clique("Étape suivante")
    elle.ecrit("N° SIRET de l’employeur", siret[:-1] + str((int(siret[-1]) + 1) % 10))
    elle.ecrit("Nom de l’employeur", "Mon employeur")
    elle.appuie("Je valide l’entreprise")
    elle.lit("Ce n° SIRET n’est pas valable")
    elle.ecrit("N° SIRET de l’employeur", siret)
    elle.page.get_by_role("button", name="Je valide l’entreprise").locator("visible=true").last.click()
    elle.regarde()
    elle.va("/ma-demande/pieces/")
    for case in elle.page.locator("input[name=pieces]").all():
        case.check()
    elle.appuie("Valider mon dossier")
    elle.lit("Votre dossier est validé.")


def changer_au_registre(elle: Personne, fiche: str) -> None:
    """« Modifier mes informations », then « Mettre à jour »: the line that changed is shown."""
    elle.page.goto(f"{fiche}modifier/recherche/")
    elle.page.get_by_label("Loyer maximum").fill("777")
    elle.page.get_by_role("button", name="Enregistrer").click()
    elle.va("/ma-demande/")
    elle.appuie("Mettre à jour")
    elle.lit("Ce qui a changé")
    elle.lit("777")
    elle.va("/ma-demande/vie/")
    elle.lit("Vous l’avez mise à jour")
    elle.lit("Ce qui vient ensuite")


@contextmanager
def horloge_avancee(elle: Personne, registre: str, numero: str) -> Iterator[None]:
    """The registry thirteen months after the last renewal, then back to today: other demands live there too."""
    elle.page.goto(f"{registre}/demandes/{numero}/")
    renouvelee = re.search(r"Renouvelée le\s+(\d\d/\d\d/\d{4})", elle.page.locator("dl.dates").inner_text())
    assert renouvelee is not None
    jour = datetime.strptime(renouvelee[1], "%d/%m/%Y").date()  # noqa: DTZ007
    avance = (dans_des_mois(jour, RADIATION) - date.today()).days + 2  # noqa: DTZ011
    regler(elle, registre, avance)
    yield
    regler(elle, registre, 0)


def regler(elle: Personne, registre: str, jours: int) -> None:
    elle.page.goto(f"{registre}/reglages/")
    elle.page.get_by_label("Avance de l’horloge du registre").fill(str(jours))
    elle.page.get_by_role("button", name="Enregistrer").click()
    elle.page.wait_for_load_state()


def etre_radiee(elle: Personne, qui: Arrivante) -> None:
    """The portal's clock notices by itself; one may look, not apply."""

    def radiee() -> bool:
        elle.page.goto(f"{elle.adresse}/ma-demande/vie/")
        return "est radiée du registre depuis le" in elle.page.locator("main").inner_text()

    attendre(radiee, 150)
    elle.regarde()
    elle.lit("Motif : non-renouvellement.")
    elle.recoit(qui.courriel, "Votre demande est radiée du registre")
    elle.va("/ma-demande/")
    elle.lit("vous pouvez regarder les offres, mais pas postuler")
    elle.clique("Les offres")
    for onglet in ("Autres communes du département", "Communes limitrophes", "Communes demandées"):
        if elle.page.locator("article.offre h3 a").count():
            break
        elle.page.get_by_role("link", name=onglet).click()
        elle.page.wait_for_load_state("networkidle")
    elle.page.locator("article.offre h3 a").first.click()
    elle.regarde()
    elle.lit("Rétablir ma demande")
    assert not elle.page.get_by_role("link", name="Je postule").count()


def revenir(elle: Personne, fiche: str, qui: Arrivante) -> None:
    """Brought back at the registry, noticed at « Mettre à jour »."""
    elle.page.goto(fiche)
    elle.page.get_by_role("button", name="Rétablir").click()
    elle.va("/ma-demande/vie/")
    elle.appuie("Mettre à jour")
    elle.recoit(qui.courriel, "Votre demande est rétablie")
    elle.va("/ma-demande/vie/")
    elle.lit("Le registre a rétabli votre demande")
    elle.lit("Votre demande est valable jusqu’au")
