"""Companies brought in from a CSV file: a report first, then all of it or nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.entreprises_csv import FichierRefuse, importer
from accounts.models import Entreprise
from tests.factories import SIRETS, EntrepriseFactory, UserFactory

pytestmark = pytest.mark.django_db
VAUBAN, MAISON = SIRETS[:2]


def test_an_adviser_reads_the_report_before_anything_is_written(client: Client) -> None:
    EntrepriseFactory(siret=VAUBAN, nom="Ateliers Vauban", effectif=250)
    client.force_login(UserFactory(conseiller=True))
    adresse = reverse("admin:accounts_entreprise_importer")
    contenu = f"siret;nom;cliente;nature\n{VAUBAN};Ateliers Vauban;non;entreprise\n{MAISON};Académie;oui;academie\n"
    fichier = SimpleUploadedFile("entreprises.csv", contenu.encode("cp1252"))
    rapport = client.post(adresse, {"fichier": fichier}, follow=True).content.decode()
    assert f"Académie ({MAISON})" in rapport
    assert f"Ateliers Vauban ({VAUBAN}) : cliente d’action logement" in rapport
    assert Entreprise.objects.get().cliente
    suite = client.post(adresse, {"importer": "1"}, follow=True).content.decode()
    assert "Entreprises créées : 1, changées : 1." in suite
    vauban, academie = Entreprise.objects.get(siret=VAUBAN), Entreprise.objects.get(siret=MAISON)
    assert (vauban.cliente, vauban.effectif) == (False, 250)
    assert (academie.nature, academie.siren) == ("academie", MAISON[:9])
    client.post(adresse, {"importer": "1"})  # the second half of a double click
    assert Entreprise.objects.count() == 2


def test_one_wrong_line_and_nothing_is_written() -> None:
    texte = f"siret,nom,successeur,radiee_le\n{MAISON},Maison,,\n{VAUBAN},Vauban,{MAISON},\n{VAUBAN},Bis,,\n123,X,,\n"
    erreurs = importer(texte, a_blanc=False).erreurs
    assert [erreur.partition(",")[0].partition(" :")[0] for erreur in erreurs] == ["Ligne 3", "Ligne 4", "Ligne 5"]
    assert "Dites depuis quel jour elle est absorbée." in erreurs[0]
    assert "n’est pas valable" in erreurs[2]
    assert "bulletin de salaire" not in erreurs[2]
    assert not Entreprise.objects.exists()


def test_a_box_that_is_neither_yes_nor_no_is_not_guessed() -> None:
    EntrepriseFactory(siret=VAUBAN, nom="Ateliers Vauban", cliente=False)
    erreurs = importer(f"siret;nom;cliente\n{VAUBAN};Ateliers Vauban;peut-être\n", a_blanc=False).erreurs
    assert erreurs == ["Ligne 2, cliente : écrivez oui ou non."]
    assert not Entreprise.objects.get().cliente


def test_an_answer_left_empty_changes_nothing() -> None:
    EntrepriseFactory(siret=VAUBAN, nom="Ateliers Vauban", cliente=True, exige_confirmation=True)
    importer(f"siret;nom;cliente;exige_confirmation\n{VAUBAN};Ateliers Vauban;;non\n", a_blanc=False)
    vauban = Entreprise.objects.get()
    assert (vauban.cliente, vauban.exige_confirmation) == (True, False)


def test_the_same_file_twice_changes_nothing_the_second_time() -> None:
    texte = f"siret\tnom\n{VAUBAN}\tVauban\n"
    assert importer(texte, a_blanc=True).creees
    assert not Entreprise.objects.exists()
    importer(texte, a_blanc=False)
    assert importer(texte, a_blanc=False).inchangees == 1


@pytest.mark.parametrize(
    ("texte", "phrase"),
    [
        ("nom\nVauban", "il manque siret"),
        ("siret;nom;couleur\n1;2;3", "Colonne inconnue : couleur"),
        ("", "il manque"),
        ("siret;nom\n1\0;X", "se lise"),
    ],
)
def test_a_file_that_is_not_one_of_companies_says_so(texte: str, phrase: str) -> None:
    with pytest.raises(FichierRefuse, match=phrase):
        importer(texte, a_blanc=True)
