"""The photographs of an offer as advisers see them: add, describe, move, remove; and the wall around the file."""

import re
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from offres.images import OCTETS
from offres.models import Offre, Photo
from tests.factories import OffreFactory, UserFactory
from tests.offres.images import fichier, photo, piece
from tests.offres.lecture import lire

pytestmark = pytest.mark.django_db


@pytest.fixture
def offre() -> Offre:
    return OffreFactory()


@pytest.fixture
def conseiller(client: Client) -> Client:
    client.force_login(UserFactory(conseiller=True, prenom="Agathe", nom_naissance="Roux"))
    return client


def page_de(offre: Offre) -> str:
    return f"/admin/offres/offre/{offre.pk}/photos/"


def envoyer(client: Client, offre: Offre, contenu: bytes, texte: str = "Le salon", nom: str = "IMG_1.jpg") -> str:
    """The words of the page that follows, one's own typing included."""
    champs = {"photo": SimpleUploadedFile(nom, contenu), "texte": texte}
    return unescape(client.post(page_de(offre), champs, follow=True).content.decode())


def agir(client: Client, la_photo: Photo, acte: str, **champs: str) -> str:
    suite = client.post(f"{page_de(la_photo.offre)}{la_photo.pk}/", {"acte": acte, **champs}, follow=True)
    assert suite.status_code == 200
    return unescape(suite.content.decode())


def test_an_adviser_adds_describes_moves_and_removes(conseiller, offre):
    assert "Ce logement n’a pas encore de photo" in lire(conseiller, page_de(offre))
    assert "La photo « Le salon » est ajoutée." in envoyer(conseiller, offre, photo())
    assert "est ajoutée" in envoyer(conseiller, offre, fichier(piece(700, 500), "PNG"), "  La\n cuisine ")
    salon, cuisine = offre.photos.all()
    assert str(cuisine) == "La cuisine"

    page = conseiller.get(page_de(offre)).content.decode()
    assert re.findall(r'<img src="([^"]+)" alt="([^"]+)" width="(\d+)" height="(\d+)"', page) == [
        (salon.petite, "Le salon", "1200", "800"),
        (cuisine.petite, "La cuisine", "700", "500"),
    ]
    assert "Le texte est enregistré." in agir(conseiller, salon, "decrire", texte="Le séjour")
    agir(conseiller, cuisine, "avancer")
    assert [str(p) for p in offre.photos.all()] == ["La cuisine", "Le séjour"]
    agir(conseiller, cuisine, "reculer")
    assert "La photo « La cuisine » est retirée." in agir(conseiller, cuisine, "retirer")
    assert "Cette photo n’est plus là." in agir(conseiller, cuisine, "retirer")
    assert [str(p) for p in offre.photos.all()] == ["Le séjour"]

    histoire = [str(ligne.get_change_message()) for ligne in LogEntry.objects.order_by("pk")]
    assert histoire == [
        "Photo ajoutée : « Le salon ».",
        "Photo ajoutée : « La cuisine ».",
        "Texte d’une photo : « Le salon » est devenu « Le séjour ».",
        "Photo déplacée au rang 1 : « La cuisine ».",
        "Photo déplacée au rang 2 : « La cuisine ».",
        "Photo retirée : « La cuisine ».",
    ]
    assert "Photo retirée : « La cuisine »." in lire(conseiller, f"/admin/offres/offre/{offre.pk}/history/")


def test_the_page_of_the_offer_leads_to_its_photographs_for_whoever_may(conseiller, offre):
    change = f"/admin/offres/offre/{offre.pk}/change/"
    assert f'href="{page_de(offre)}"' in conseiller.get(change).content.decode()
    conseiller.force_login(UserFactory(support=True))
    assert page_de(offre) not in conseiller.get(change).content.decode()


@pytest.mark.parametrize(
    ("contenu", "raison"),
    [
        (b"", "Ce fichier est vide. Choisissez une photo."),
        (b"%PDF-1.7", "Ce fichier n’est pas une photo JPEG, PNG ou WebP."),
        (photo()[:2000], "Ce fichier est abîmé ou incomplet."),
        (photo(120, 80), "Cette photo mesure 120 × 80 pixels"),
        (b"\xff" * (OCTETS + 1_000_000), "Cette photo pèse 11,0 Mo, et nous en gardons 10 au plus."),
    ],
    ids=["empty", "pdf", "cut", "thumbnail", "heavy"],
)
def test_a_refusal_says_why_and_keeps_what_was_typed(conseiller, offre, contenu, raison):
    page = envoyer(conseiller, offre, contenu, "Le salon, deux fenêtres")
    assert raison in page
    assert 'value="Le salon, deux fenêtres"' in page
    assert not Photo.objects.exists()
    assert not LogEntry.objects.exists()


def test_a_photograph_without_words_is_refused(conseiller, offre):
    assert "Écrivez ce que montre la photo, pour qui ne la voit pas." in envoyer(conseiller, offre, photo(), "  ")
    envoyer(conseiller, offre, photo())
    vue = offre.photos.get()
    assert "Écrivez ce que montre la photo" in agir(conseiller, vue, "decrire", texte="")
    trop = "a" * 161
    assert f'value="{trop}"' in agir(conseiller, vue, "decrire", texte=trop)
    assert str(offre.photos.get()) == "Le salon"


def test_the_same_photograph_twice_is_refused_and_an_eleventh_is_not_asked_for(conseiller, offre):
    envoyer(conseiller, offre, photo())
    assert "Ce logement a déjà cette photo : « Le salon »." in envoyer(conseiller, offre, photo())
    for largeur in range(301, 310):
        envoyer(conseiller, offre, photo(largeur, 300))
    page = lire(conseiller, page_de(offre))
    assert "Ce logement a ses 10 photos. Retirez-en une pour en ajouter une autre." in page
    assert "Ce logement a déjà 10 photos." in envoyer(conseiller, offre, photo(400, 300))


def test_a_file_far_too_heavy_is_not_read(conseiller, offre):
    reponse = conseiller.post(page_de(offre), {"photo": SimpleUploadedFile("a.jpg", b"x" * 30_000_001)})
    assert reponse.status_code == 413
    assert "Un fichier pèse 10 Mo au plus." in reponse.content.decode()


@pytest.mark.parametrize("role", [{}, {"support": True}, {"service_logement": True}])
def test_whoever_may_not_change_the_photographs_sends_none_and_changes_none(role, conseiller, offre):
    envoyer(conseiller, offre, photo())
    vue = offre.photos.get()
    client = Client()
    client.force_login(UserFactory(**role))
    assert client.get(page_de(offre)).status_code == 403
    assert client.post(page_de(offre), {"photo": SimpleUploadedFile("a.jpg", photo())}).status_code == 403
    assert client.post(f"{page_de(offre)}{vue.pk}/", {"acte": "retirer"}).status_code == 403
    assert Photo.objects.count() == 1


@pytest.mark.parametrize("role", [{}, {"support": True}, {"service_logement": True}])
def test_their_file_is_not_even_read(role, offre):
    client = Client(enforce_csrf_checks=True)  # as browsers meet it: this check reads the body before the page does
    client.cookies["csrf"] = "c" * 32
    client.force_login(UserFactory(**role))
    assert client.post(page_de(offre), {"photo": SimpleUploadedFile("a.jpg", photo())}).status_code == 400
    assert client.post(page_de(offre), {"photo": SimpleUploadedFile("a.jpg", b"x" * 2_000_000)}).status_code == 413


def test_a_file_is_taken_on_that_page_only(conseiller, offre):
    envoyer(conseiller, offre, photo())
    joint = {"acte": "decrire", "texte": "Autre", "photo": SimpleUploadedFile("a.jpg", photo())}
    assert conseiller.post(f"{page_de(offre)}{offre.photos.get().pk}/", joint).status_code == 400
    assert conseiller.post(f"/admin/offres/offre/{offre.pk}/change/", joint).status_code == 400


def test_a_photograph_is_changed_from_its_own_offer_only(conseiller, offre):
    envoyer(conseiller, offre, photo())
    ailleurs = f"{page_de(OffreFactory())}{offre.photos.get().pk}/"
    assert "Cette photo n’est plus là." in conseiller.post(ailleurs, {"acte": "retirer"}, follow=True).content.decode()
    assert offre.photos.count() == 1
    assert conseiller.get("/admin/offres/offre/00000000-0000-4000-8000-000000000000/photos/").status_code == 404


def test_an_offer_saved_by_somebody_else_keeps_its_photograph(conseiller, offre, client):
    adresse = f"/admin/offres/offre/{offre.pk}/change/"
    client.force_login(UserFactory(superviseur=True))
    champs = {n: v for n, v in client.get(adresse).context["adminform"].form.initial.items() if v is not None}
    envoyer(client, offre, photo())
    champs |= {"publiee_le": f"{offre.publiee_le:%d/%m/%Y}", "date_limite": f"{offre.date_limite:%d/%m/%Y}"}
    champs |= {"disponible_le": f"{offre.disponible_le:%d/%m/%Y}"}
    assert client.post(adresse, {**champs, "surface": 62}).status_code == 302
    relue = Offre.objects.get(pk=offre.pk)
    assert (relue.surface, relue.photo) == (62, offre.photos.get().empreinte)
