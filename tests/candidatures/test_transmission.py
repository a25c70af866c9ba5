"""A bailleur's link: made with the transmission, opened without an account, recorded, and dead when it should be."""

import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import Consultation, Courriel
from candidatures import effacement, workflow
from candidatures.liens import Lien
from candidatures.models import Candidature
from candidatures.statuts import Action
from candidatures.transmission import envoi
from tests.factories import BailleurFactory, CandidatureFactory, OffreFactory, UserFactory

pytestmark = pytest.mark.django_db
FERME = "Ce lien est incomplet, a expiré, ou la candidature n’est plus en cours."


def transmise(courriel: str = "dossiers@levant.example", **champs: Any) -> tuple[Candidature, str]:
    """A candidature just transmitted by an adviser, and the address mailed to its bailleur (empty if none was)."""
    offre = OffreFactory(bailleur=BailleurFactory(nom=f"Bailleur {courriel}", courriel=courriel))
    validee = CandidatureFactory(offre=offre, statut="validee", **champs)
    faite = workflow.avancer(validee, Action.TRANSMETTRE, par=UserFactory(conseiller=True))
    return faite, adresse_recue(courriel)


def adresse_recue(courriel: str) -> str:
    ecrit = Courriel.objects.filter(gabarit="dossier_transmis", destinataire=courriel).order_by("cree_le").last()
    trouvee = re.search(r"http://testserver(/transmission/\S+/)", ecrit.texte) if ecrit else None
    return trouvee[1] if trouvee else ""


def conseiller(client: Client) -> Client:
    client.force_login(UserFactory(conseiller=True))
    return client


def test_transmitting_mails_the_bailleur_a_link_that_names_nobody() -> None:
    candidature, adresse = transmise()
    assert re.fullmatch(r"/transmission/[\w-]{43}/", adresse)
    ecrit = Courriel.objects.get(gabarit="dossier_transmis")
    demandeur = candidature.demande.demandeur
    for mot in (demandeur.nom_naissance, demandeur.email, candidature.demande.numero_unique):
        assert mot not in ecrit.texte + ecrit.html + ecrit.sujet
    assert ecrit.personne_id == demandeur.pk
    assert adresse.split("/")[2] not in str(Lien.objects.values_list())


def test_without_an_address_of_the_bailleur_no_link_is_made_until_an_adviser_asks() -> None:
    candidature, adresse = transmise(courriel="")
    assert adresse == ""
    assert not candidature.liens.exists()
    page = conseiller(Client()).post(f"/admin/candidatures/candidature/{candidature.pk}/lien/", follow=True)
    texte = page.content.decode()
    assert "affiché une seule fois" in texte
    assert "Ce bailleur n’a pas d’adresse" in texte
    (montree,) = re.findall(r"http://testserver(/transmission/[\w-]+/)", texte)
    assert Client().get(montree).status_code == 200
    encore = conseiller(Client()).get(f"/admin/candidatures/candidature/{candidature.pk}/change/").content.decode()
    assert montree not in encore
    assert "Le bailleur n’a encore rien téléchargé" in encore


def test_the_page_names_nobody_and_records_nothing_for_robots_follow_links() -> None:
    candidature, adresse = transmise()
    reponse = Client().get(adresse)
    texte = reponse.content.decode()
    assert "Télécharger le dossier (PDF)" in texte
    assert candidature.offre.reference in texte
    assert candidature.demande.numero_unique not in texte
    assert "PORTE" not in texte
    assert not Consultation.objects.exists()
    assert not reponse.cookies
    for document in (reponse, Client().post(f"{adresse}pdf/"), Client().post(f"{adresse}json/")):
        assert document["Cache-Control"] == "private, no-store"
        assert document["X-Robots-Tag"] == "noindex, nofollow"
        assert document["Referrer-Policy"] == "no-referrer"


def test_the_two_documents_arrive_without_a_cookie_and_each_is_told_to_the_applicant() -> None:
    candidature, adresse = transmise()
    visiteur = Client(enforce_csrf_checks=True)
    pdf, fichier = visiteur.post(f"{adresse}pdf/"), visiteur.post(f"{adresse}json/")
    assert pdf["Content-Type"] == "application/pdf"
    assert fichier["Content-Disposition"].startswith('attachment; filename="dossier-REF-')
    assert len(PdfReader(io.BytesIO(pdf.content)).pages) >= 2
    assert json.loads(fichier.content)["candidature"]["identifiant"] == str(candidature.pk)
    lignes = Consultation.objects.filter(demandeur_id=candidature.demande.demandeur_id)
    assert {(ligne.par_nom, ligne.par_role) for ligne in lignes} == {("Bailleur dossiers@levant.example", "bailleur")}
    lecteur = Client()
    lecteur.force_login(candidature.demande.demandeur)
    page = lecteur.get("/mon-profil/consultations/").content.decode()
    assert "Bailleur dossiers@levant.example" in page
    assert "Le dossier transmis au bailleur, en PDF" in page
    assert "2 consultations" in page
    dossier = conseiller(Client()).get(f"/admin/candidatures/candidature/{candidature.pk}/change/").content.decode()
    assert "Dossier téléchargé 2 fois" in dossier


def test_an_adviser_who_tries_the_link_is_recorded_under_his_own_name() -> None:
    _, adresse = transmise()
    essayeur = UserFactory(conseiller=True, prenom="Agathe", nom_naissance="Roux")
    client = Client()
    client.force_login(essayeur)
    assert client.post(f"{adresse}pdf/").status_code == 200
    assert Consultation.objects.get().par_id == essayeur.pk


@pytest.mark.parametrize(
    "fin", ["expiree", "revoquee", "remplacee", "offre retiree", "radiee", "effacee", "faux", "bail"]
)
def test_a_link_that_is_over_or_was_never_one_says_the_same_sentence(fin: str) -> None:
    candidature, adresse = transmise()
    par = UserFactory(conseiller=True)
    match fin:
        case "expiree":
            candidature.liens.update(expire_le=timezone.now())
        case "revoquee":
            envoi.revoquer(candidature, par=par)
        case "remplacee":
            envoi.renouveler(candidature, par=par)
        case "offre retiree":
            workflow.retirer_offre(candidature.offre, par=par, motif="Travaux")
        case "radiee":
            workflow.liberer([candidature], Action.RADIER, "Votre demande a été radiée.")
        case "effacee":
            effacement.supprimer_compte(par=candidature.demande.demandeur)
        case "bail":
            autre = CandidatureFactory(statut="bail_signe")
            autre.liens.create(empreinte="0" * 64, expire_le=timezone.now() + timedelta(days=9), par_id=par.pk)
            candidature.liens.all().delete()
            assert not Lien.objects.en_cours().exists()
        case _:
            adresse = "/transmission/unjetonquinexistepas/"
    avant = Consultation.objects.count()
    for reponse in (Client().get(adresse), Client().post(f"{adresse}pdf/"), Client().post(f"{adresse}json/")):
        assert reponse.status_code == 404
        assert FERME in reponse.content.decode()
        assert reponse["Cache-Control"] == "private, no-store"
    assert Consultation.objects.count() == avant


def test_a_new_link_opens_and_the_one_before_does_not() -> None:
    candidature, premiere = transmise()
    nouvelle = envoi.renouveler(candidature, par=UserFactory(conseiller=True)).removeprefix(settings.ADRESSE)
    assert Client().get(premiere).status_code == 404
    assert Client().get(nouvelle).status_code == 200
    assert adresse_recue("dossiers@levant.example") == nouvelle


def test_only_advisers_make_and_take_back_links_and_only_of_a_dossier_that_is_there() -> None:
    candidature, _ = transmise()
    client = Client()
    client.force_login(UserFactory(support=True))
    for acte in ("lien/", "lien/revocation/"):
        refus = client.post(f"/admin/candidatures/candidature/{candidature.pk}/{acte}", follow=True)
        assert "Seul un conseiller ouvre ou ferme un dossier au bailleur." in refus.content.decode()
    assert candidature.liens.get().revoque_le is None
    page = (
        conseiller(Client())
        .post(f"/admin/candidatures/candidature/{CandidatureFactory().pk}/lien/", follow=True)
        .content.decode()
    )
    assert "n’est pas chez le bailleur" in page


def test_the_database_keeps_one_living_link_a_candidature() -> None:
    candidature, _ = transmise()
    with pytest.raises(IntegrityError), transaction.atomic():
        candidature.liens.create(empreinte="1" * 64, expire_le=timezone.now(), par_id=candidature.pk)


def test_links_tried_at_random_are_limited_and_the_true_one_still_opens() -> None:
    _, adresse = transmise()
    essais = [Client().get(f"/transmission/essai{n}/").status_code for n in range(32)]
    assert (essais[0], essais[-1]) == (404, 429)
    assert Client().get(adresse).status_code == 200


def test_downloads_of_one_dossier_are_limited() -> None:
    candidature, adresse = transmise()
    codes = [Client().post(f"{adresse}json/").status_code for _ in range(62)]
    assert (codes.count(200), codes[-1]) == (60, 429)
    assert Consultation.objects.filter(objet_id=candidature.pk).count() == 60
