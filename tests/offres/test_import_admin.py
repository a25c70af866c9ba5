"""The import of offers as advisers see it: send, try, follow, confirm; and the walls around files."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from alin.murs import PAGES_A_FICHIER
from demandes import reference
from offres.depots import GARDE, REPRISES, SILENCE, FichierImporte, ImportOffres
from offres.imports import deroulement
from offres.imports.formats import DONNEES
from offres.models import Offre
from offres.tasks import reprendre_les_imports
from tests.factories import BailleurFactory, CommuneFactory, UserFactory
from tests.offres.fichiers import en_csv, ligne
from tests.offres.lecture import lire

pytestmark = pytest.mark.django_db
AJOUT = "/admin/offres/importoffres/add/"
EXEMPLE = (DONNEES / "exemple-offres.csv").read_bytes()


@pytest.fixture
def conseiller(client: Client) -> Client:
    CommuneFactory(code="75111", codes_postaux=["75011"])
    client.force_login(UserFactory(conseiller=True, prenom="Agathe", nom_naissance="Roux"))
    return client


def envoyer(client: Client, contenu: bytes, nom: str = "offres.csv", **champs: object) -> ImportOffres:
    champs = {"bailleur": BailleurFactory().pk} | champs
    reponse = client.post(AJOUT, {"fichier": SimpleUploadedFile(nom, contenu), **champs})
    assert reponse.status_code == 302, reponse.content.decode()
    return ImportOffres.objects.get(pk=reponse["Location"].split("/")[-3])


def test_an_adviser_tries_a_file_reads_the_report_then_imports_it(conseiller):
    contenu = en_csv([ligne("A"), ligne("B", surface="grand"), ligne("=C", surface="?")])
    essai = envoyer(conseiller, contenu, a_blanc="on")

    attente = lire(conseiller, essai.get_absolute_url())
    assert "Essai à blanc : en attente" in attente
    deroulement.derouler(essai.pk)
    page = lire(conseiller, essai.get_absolute_url())
    assert "Essai à blanc : terminé" in page
    assert "3 lignes lues ; aucune offre n’a été écrite." in page
    assert "Ligne 3, B refusée colonne surface : « grand » n’est pas un nombre" in page
    assert "envoyé le" in page
    assert "par Agathe Roux pour Les Toits du Levant" in page
    assert not Offre.objects.exists()

    rapport = conseiller.get(f"/admin/offres/importoffres/{essai.pk}/rapport.csv")
    texte = b"".join(rapport).decode()
    assert "attachment" in rapport["Content-Disposition"]
    assert "'=C" in texte
    assert ";=C" not in texte

    suite = conseiller.post(f"/admin/offres/importoffres/{essai.pk}/confirmer/")
    vrai = ImportOffres.objects.exclude(pk=essai.pk).get()
    assert suite["Location"] == vrai.get_absolute_url()
    deux_fois = conseiller.post(f"/admin/offres/importoffres/{essai.pk}/confirmer/")
    assert deux_fois["Location"] == vrai.get_absolute_url()
    deroulement.derouler(vrai.pk)
    assert "Import : terminé" in lire(conseiller, vrai.get_absolute_url())
    assert Offre.objects.get().reference == "A"
    assert not FichierImporte.objects.exists()

    encore = conseiller.post(f"/admin/offres/importoffres/{essai.pk}/confirmer/", follow=True)
    assert "Ce fichier n’est plus gardé" in encore.content.decode()


def test_the_page_of_an_import_under_way_asks_again_by_itself_and_without_a_script(conseiller):
    depot = envoyer(conseiller, en_csv([ligne()]))
    page = conseiller.get(depot.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 2s"' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    morceau = conseiller.get(depot.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert morceau.strip().startswith('<div id="suivi"')

    deroulement.derouler(depot.pk)
    fini = conseiller.get(depot.get_absolute_url()).content.decode()
    assert "every 2s" not in fini
    assert "http-equiv" not in fini


@pytest.mark.parametrize(
    ("contenu", "raison"),
    [
        (b"", "Ce fichier est vide."),
        ("référence".encode("utf-16"), "Ce fichier est en UTF-16"),
        (b"reference;commune\n1;2\n", "Il manque à ce fichier : typologie, surface"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_on_the_page(conseiller, contenu, raison):
    champs = {"fichier": SimpleUploadedFile("offres.csv", contenu), "bailleur": BailleurFactory().pk}
    page = conseiller.post(AJOUT, champs).content.decode()
    assert raison in page
    assert not ImportOffres.objects.exists()


def test_a_file_too_heavy_is_not_read(conseiller):
    enorme = SimpleUploadedFile("offres.csv", b"x" * (PAGES_A_FICHIER["admin:offres_importoffres_add"][1] + 1))
    reponse = conseiller.post(AJOUT, {"fichier": enorme})
    assert reponse.status_code == 413
    assert "Un fichier pèse 25 Mo au plus." in reponse.content.decode()


@pytest.mark.parametrize("chemin", ["/contact/", "/connexion/", "/admin/offres/offre/add/"])
def test_other_pages_still_refuse_every_file(conseiller, chemin):
    assert conseiller.post(chemin, {"f": io.BytesIO(b"un fichier")}).status_code == 400


@pytest.mark.parametrize("role", [{}, {"support": True}, {"service_logement": True}])
def test_whoever_may_not_import_sends_no_file_either(role):
    client = Client(enforce_csrf_checks=True)  # as browsers meet it: this check reads the body before the page does
    client.cookies["csrf"] = "c" * 32
    assert client.post(AJOUT, {"fichier": io.BytesIO(b"x")}).status_code == 400
    client.force_login(UserFactory(**role))
    assert client.post(AJOUT, {"fichier": io.BytesIO(b"x")}).status_code == 400
    assert client.post(AJOUT, {"fichier": io.BytesIO(b"x" * 2_000_000)}).status_code == 413


def test_one_file_at_a_time(conseiller):
    deux = {"fichier": [SimpleUploadedFile("a.csv", b"a"), SimpleUploadedFile("b.csv", b"b")]}
    assert conseiller.post(AJOUT, deux).status_code == 400


def test_an_import_that_does_not_exist_is_not_found(conseiller):
    for cle in (uuid4(), "n-importe-quoi"):
        assert conseiller.get(f"/admin/offres/importoffres/{cle}/change/").status_code == 404


@pytest.fixture
def _france() -> Iterator[None]:
    """The communes of the example, as the reference data have them, on a day when its offers are open."""
    codes = {rangee["commune"] for rangee in csv.DictReader(EXEMPLE.decode("utf-8-sig").splitlines(), delimiter=";")}
    for commune in reference.lignes("communes.csv.gz"):
        if commune["code_insee"] in codes:
            CommuneFactory(code=commune["code_insee"], codes_postaux=commune["codes_postaux"].split("|"))
    with time_machine.travel(datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/Paris")), tick=False):
        yield


@pytest.mark.usefixtures("_france")
def test_the_example_that_the_page_offers_is_imported_whole(conseiller):
    telecharge = conseiller.get("/admin/offres/importoffres/exemple.csv").content
    assert telecharge == EXEMPLE
    depot = envoyer(conseiller, telecharge)
    deroulement.derouler(depot.pk)
    depot.refresh_from_db()
    assert (depot.nouvelles, depot.refusees, depot.colonnes_ignorees) == (20, 0, [])


@pytest.mark.usefixtures("_france")
def test_the_command_does_what_the_page_does(tmp_path, capsys):
    BailleurFactory()
    chemin, rapport = tmp_path / "offres.csv", tmp_path / "rapport.csv"
    chemin.write_bytes(EXEMPLE)
    call_command(
        "importer_offres", str(chemin), "--bailleur", "les toits du levant", "--a-blanc", "--rapport", str(rapport)
    )
    assert "20 lignes lues : 20 nouvelles, 0 changées" in (dit := capsys.readouterr().out)
    assert "À blanc : aucune offre n’a été écrite." in dit
    assert not Offre.objects.exists()
    assert not FichierImporte.objects.exists()
    assert len(rapport.read_text().splitlines()) == 21
    call_command("importer_offres", str(chemin), "--bailleur", "Les Toits du Levant")
    assert Offre.objects.count() == 20
    with pytest.raises(CommandError, match="Aucun bailleur n’est connu sous « Personne »"):
        call_command("importer_offres", str(chemin), "--bailleur", "Personne")
    with pytest.raises(CommandError, match="ne se lit pas"):
        call_command("importer_offres", str(tmp_path / "absent.csv"))


def test_an_import_taken_up_in_vain_is_given_up_and_its_file_forgotten(conseiller):
    depot = envoyer(conseiller, en_csv([ligne()]))
    vieux = timezone.now() - SILENCE - timedelta(seconds=1)
    ImportOffres.objects.update(avance_le=vieux, reprises=REPRISES)
    deroulement.reprendre(depot.pk)
    depot.refresh_from_db()
    assert "s’est interrompu plusieurs fois" in depot.erreur
    assert not FichierImporte.objects.exists()


def test_the_file_of_a_dry_run_waits_for_a_day_and_no_longer(conseiller):
    essai = envoyer(conseiller, en_csv([ligne()]), a_blanc="on")
    deroulement.derouler(essai.pk)
    reprendre_les_imports()
    assert FichierImporte.objects.exists()
    ImportOffres.objects.update(fini_le=timezone.now() - GARDE - timedelta(minutes=1))
    reprendre_les_imports()
    assert not FichierImporte.objects.exists()
    assert "Importer pour de bon" not in lire(conseiller, essai.get_absolute_url())


def test_the_document_of_the_format_names_every_column():
    from offres.imports.colonnes import COLONNES

    texte = (settings.RACINE / "docs/import-offres.md").read_text()
    lignes = [f"| `{c.nom}` | {'oui' if c.obligatoire else ''} | {c.aide} |" for c in COLONNES]
    assert re.findall(r"^\| `.*$", texte, re.MULTILINE) == lignes
