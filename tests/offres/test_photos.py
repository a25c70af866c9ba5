"""The photographs of a dwelling as people see them: who may, where, kept how long, in the list and on its page."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from offres import album
from offres.images import PhotoRefusee
from offres.models import Offre, Photo, Tirage
from offres.photos import PHOTOS_PAR_OFFRE
from tests.factories import (
    AppartenanceFactory,
    CandidatureFactory,
    DemandeFactory,
    EntrepriseFactory,
    OffreFactory,
    UserFactory,
)
from tests.offres.images import lue, photo
from tests.offres.lecture import LISTE, adresse, lire

pytestmark = pytest.mark.django_db


def ajouter(offre: Offre, texte: str = "Le salon", largeur: int = 1200, hauteur: int = 800) -> Photo:
    return album.ajouter(offre, photo(largeur, hauteur), texte, par=UserFactory(conseiller=True))


@pytest.fixture
def offre(onzieme) -> Offre:
    return OffreFactory(commune=onzieme)


def test_the_page_of_a_dwelling_shows_its_photographs_in_order_with_their_words_and_their_sizes(anne, offre):
    ajouter(offre, "Le salon, « parqueté »", 2400, 1600)
    ajouter(offre, "La cuisine", 600, 900)

    page = anne.get(adresse(offre)).content.decode()

    images = re.findall(r'<img src="([^"]+)" alt="([^"]+)" width="(\d+)" height="(\d+)"( loading="lazy")?', page)
    assert [image[1:] for image in images] == [
        ("Le salon, « parqueté »", "1600", "1067", ""),
        ("La cuisine", "600", "900", ' loading="lazy"'),
    ]
    assert "facade.svg" not in page
    assert [lue(anne.get(image[0]).content).size for image in images] == [(640, 427), (600, 900)]
    grandes = re.findall(r'<a href="(/offres/[^"]+/photos/[^"]+)"', page)
    assert [lue(anne.get(grande).content).size for grande in grandes] == [(1600, 1067), (600, 900)]
    assert lire(anne, adresse(offre)).count("voir en grand") == 2


def test_the_card_in_the_list_shows_the_first_photograph_and_the_drawing_where_there_is_none(anne, offre, onzieme):
    sans = OffreFactory(commune=onzieme)
    premiere = ajouter(offre)
    ajouter(offre, "La cuisine", 900, 600)

    liste = anne.get(LISTE).content.decode()

    assert liste.count(f'<img class="facade photo" src="{premiere.petite}" alt="" width="320" height="176"') == 1
    assert liste.count("/photos/") == 1
    assert f"{sans.pk}/facade.svg" in liste
    assert f"{offre.pk}/facade.svg" not in liste


def test_photographs_cost_the_list_no_query(anne, onzieme):
    offres = OffreFactory.create_batch(3, commune=onzieme)
    anne.get(LISTE)
    with CaptureQueriesContext(connection) as sans:
        anne.get(LISTE)
    for offre in offres:
        ajouter(offre)
    with CaptureQueriesContext(connection) as avec:
        assert anne.get(LISTE).content.decode().count("/photos/") == 3
    assert len(avec) == len(sans)


def test_no_page_but_the_picture_itself_reads_its_bytes(anne, offre):
    ajouter(offre)
    with CaptureQueriesContext(connection) as lues:
        anne.get(LISTE)
        anne.get(adresse(offre))
    assert not any("offres_tirage" in requete["sql"] for requete in lues)


def test_an_applicant_sees_the_same_picture_where_he_follows_his_candidature(client, offre, onzieme):
    candidature = CandidatureFactory(demande=DemandeFactory(souhaits=(onzieme,), valide=True), offre=offre)
    premiere = ajouter(offre)
    client.force_login(candidature.demande.demandeur)

    for page in ("/candidatures/", "/ma-demande/"):
        assert f'src="{premiere.petite}"' in client.get(page).content.decode(), page


def test_a_picture_is_kept_for_ever_and_is_nothing_but_a_picture(anne, offre):
    reponse = anne.get(ajouter(offre).petite)

    assert reponse["Content-Type"] == "image/webp"
    assert reponse["Cache-Control"] == "private, max-age=31536000, immutable"
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert reponse["Cross-Origin-Resource-Policy"] == "same-origin"


def test_whoever_may_see_the_offer_may_see_its_photographs_and_nobody_else(anne, offre):
    vue = ajouter(offre)
    sans_dossier = DemandeFactory().demandeur
    attendu = {
        UserFactory(conseiller=True): 200,
        UserFactory(support=True): 200,
        UserFactory(superviseur=True): 200,
        UserFactory(service_logement=True): 404,  # he works for no company any more
        AppartenanceFactory().agent: 200,
        UserFactory(): 404,
        sans_dossier: 404,
    }
    for personne, statut in attendu.items():
        client = Client()
        client.force_login(personne)
        assert client.get(vue.petite).status_code == statut, personne.role
    assert anne.get(vue.petite).status_code == 200
    assert Client().get(vue.petite)["Location"].startswith("/connexion/")
    assert anne.post(vue.petite).status_code == 405


def test_the_photographs_of_an_offer_that_one_may_not_see_are_a_404(anne, onzieme):
    reservee = OffreFactory(commune=onzieme, reservee_a=EntrepriseFactory(siret="73282932000074"))
    a_paraitre = OffreFactory(commune=onzieme, publiee_le=timezone.localdate() + timedelta(days=1))
    sans_loyer = OffreFactory(commune=onzieme, loyer_charges_comprises=None)
    retiree = OffreFactory(commune=onzieme, retiree=True)
    statuts = [anne.get(ajouter(o).grande).status_code for o in (reservee, a_paraitre, sans_loyer, retiree)]
    assert statuts == [404, 404, 404, 200]


def test_an_address_that_names_no_picture_is_a_404(anne, offre, onzieme):
    vue = ajouter(offre)
    autre = OffreFactory(commune=onzieme)
    for chemin in (
        vue.petite.replace(str(offre.pk), str(autre.pk)),
        vue.petite.replace(vue.empreinte, "0" * 64),
        vue.petite.replace(vue.empreinte, "n-importe-quoi"),
        vue.petite.replace("petite", "moyenne"),
        vue.petite.replace(vue.empreinte, "%00"),
    ):
        reponse = anne.get(chemin)
        assert reponse.status_code == 404, chemin
        assert "immutable" not in reponse["Cache-Control"]


def test_the_first_photograph_follows_what_is_added_moved_and_removed(offre):
    par = UserFactory(conseiller=True)
    salon, cuisine, chambre = (ajouter(offre, t, 600 + i, 400) for i, t in enumerate(("Salon", "Cuisine", "Chambre")))

    def etat() -> tuple[list[str], str]:
        return [str(p) for p in offre.photos.all()], Offre.objects.get(pk=offre.pk).photo

    assert etat() == (["Salon", "Cuisine", "Chambre"], salon.empreinte)
    album.deplacer(chambre, -1, par=par)
    assert etat() == (["Salon", "Chambre", "Cuisine"], salon.empreinte)
    album.deplacer(chambre, -1, par=par)
    assert etat() == (["Chambre", "Salon", "Cuisine"], chambre.empreinte)
    album.deplacer(chambre, -1, par=par)
    album.deplacer(cuisine, 1, par=par)
    assert etat() == (["Chambre", "Salon", "Cuisine"], chambre.empreinte)
    album.retirer(chambre, par=par)
    album.retirer(chambre, par=par)
    assert etat() == (["Salon", "Cuisine"], salon.empreinte)
    album.retirer(salon, par=par)
    album.retirer(cuisine, par=par)
    assert etat() == ([], "")
    assert not Tirage.objects.exists()


def test_ten_photographs_and_no_eleventh_nor_the_same_twice(offre):
    for numero in range(PHOTOS_PAR_OFFRE - 1):
        ajouter(offre, f"Vue {numero}", 400 + numero, 300)
    with pytest.raises(PhotoRefusee, match="Ce logement a déjà cette photo : « Vue 0 »"):
        ajouter(offre, "Encore", 400, 300)
    ajouter(offre, "La dixième", 500, 300)
    with pytest.raises(PhotoRefusee, match="Ce logement a déjà 10 photos"):
        ajouter(offre, "La onzième", 600, 300)
    with pytest.raises(IntegrityError, match="dix_photos_par_offre"), transaction.atomic():
        Photo.objects.filter(offre=offre, ordre=10).update(ordre=11)


def test_photographs_leave_with_their_offer(offre):
    ajouter(offre)
    offre.delete()
    assert (Photo.objects.count(), Tirage.objects.count()) == (0, 0)
