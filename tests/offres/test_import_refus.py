"""Files that are wrong, in every way: each row says its reasons, and what is wrong as a whole is said in words."""

import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from offres.imports import classeur, formats
from offres.imports.classeur import Illisible
from offres.imports.deroulement import deposer
from offres.imports.rapport import en_csv as rapport
from offres.models import Offre
from tests.factories import BailleurFactory, CommuneFactory
from tests.offres.fichiers import comptes, en_csv, en_json, en_xlsx, importer, ligne, refus

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _paris():
    ville = CommuneFactory(code="75056", nom="Paris", codes_postaux=["75001", "75011"])
    CommuneFactory(code="75111", codes_postaux=["75011"], parent=ville)
    CommuneFactory(code="93066", nom="Saint-Denis", codes_postaux=["93200", "93210", "93380"])


def refuse(contenu: bytes) -> str:
    """What whoever sends this file reads at once."""
    with pytest.raises(Illisible) as raison:
        deposer(contenu, "offres", par=None, bailleur=BailleurFactory(), a_blanc=False)
    return str(raison.value)


HIER = timezone.localdate() - timedelta(days=1)
RAISONS: dict[str, tuple[dict[str, Any], str]] = {
    "no reference": ({"reference": ""}, "colonne reference : cette colonne est obligatoire"),
    "a word for a number": ({"loyer": "cher"}, "colonne loyer : « cher » n’est pas un nombre"),
    "a negative rent": ({"loyer": -5}, "colonne loyer : « -5 » n’est pas entre 0 et 20 000"),
    "an infinite rent": ({"charges": "1e999999999"}, "colonne charges : « 1e999999999 » n’est pas entre 0 et 20 000"),
    "a huge rent": ({"loyer_charges_comprises": "9" * 400}, "n’est pas entre 1 et 20 000"),
    "no number at all": ({"surface": "NaN"}, "colonne surface : « NaN » n’est pas un nombre"),
    "a rent missing": (
        {"loyer_charges_comprises": ""},
        "colonne loyer_charges_comprises : cette colonne est obligatoire",
    ),
    "an unknown type": ({"typologie": "studio"}, "colonne typologie : « studio » n’est pas prévu : T1, T1B, T2"),
    "an unknown loan": ({"financement": "PLAI+"}, "colonne financement : « PLAI+ » n’est pas prévu"),
    "neither yes nor no": ({"ascenseur": "peut-être"}, "colonne ascenseur : « peut-être » n’est ni oui ni non"),
    "a day that is none": (
        {"date_limite": "31/02/2027"},
        "« 31/02/2027 » n’est pas un jour : écrivez-le comme 24/11/2026",
    ),
    "an American day": ({"date_limite": "12/24/2026"}, "« 12/24/2026 » n’est pas un jour"),
    "a day of another age": ({"date_limite": "01/01/3026"}, "n’est pas entre 1990 et 2099"),
    "a day gone by": ({"date_limite": HIER}, f"colonne date_limite : le {HIER:%d/%m/%Y} est passé"),
    "published too late": ({"publiee_le": date(2099, 1, 1)}, "elle précède la publication, le 01/01/2099"),
    "a long reference": ({"reference": "R" * 41}, "colonne reference : 41 signes, 40 au plus"),
    "a million signs": ({"description": "x" * 1_000_000}, "colonne description : 1 000 000 signes, 5 000 au plus"),
    "a formula": ({"residence": '=HYPERLINK("http://x")'}, "est une formule : collez sa valeur"),
    "a formula for a number": ({"loyer": "=1+1"}, "colonne loyer : « =1+1 » est une formule"),
    "signs of no text": (
        {"residence": "a\x07b"},
        "colonne residence : des signes de cette cellule ne sont pas du texte",
    ),
    "a whole city": (
        {"commune": "75056"},
        "colonne commune : Paris : écrivez le code de l’arrondissement, par exemple 75111",
    ),
    "an unknown commune": ({"commune": "99999"}, "la commune « 99999 » est inconnue : le code INSEE à cinq signes"),
    "a merged commune": ({"commune": "93059"}, "la commune 93059 n’existe plus : écrivez 93066 (Saint-Denis)"),
    "a commune by name": ({"commune": "saint-denis"}, "pour « saint-denis », écrivez 93066 (75)"),
    "several postal codes": (
        {"commune": "93066"},
        "colonne code_postal : Saint-Denis en a plusieurs : 93200, 93210, 93380",
    ),
    "a postal code": ({"code_postal": "Paris"}, "« Paris » n’est pas un code de 5 signes, par exemple 75011"),
    "a postal code of elsewhere": ({"code_postal": "69003"}, "« 69003 » n’est pas à "),
    "a postal code cut": ({"code_postal": "75"}, "« 75 » n’est pas un code de 5 signes"),
    "an error of a spreadsheet": ({"residence": "#REF!"}, "« #REF! » est une erreur du tableur : corrigez la cellule"),
    "a reference cut": ({"reference": "7,32829E+13"}, "« 7,32829E+13 » a perdu des chiffres : donnez le format Texte"),
    "an unknown company": ({"reservee_a": "73282932000074"}, "aucune entreprise d’AL’in n’a le SIRET 73282932000074"),
    "already placed": ({"statut": "placée"}, "cette offre est inconnue d’AL’in et déjà « Placée »"),
    "another bailleur": ({"bailleur": "Personne"}, "« Personne » n’est pas un bailleur connu d’AL’in"),
}  # fmt: skip


@pytest.mark.parametrize("genre", RAISONS)
def test_a_bad_row_says_why_and_the_good_ones_enter(genre):
    cellules, raison = RAISONS[genre]
    mauvaise = ligne() | {"reference": "MAUVAISE"} | cellules
    bonne = dict.fromkeys(mauvaise, "") | ligne("BONNE")
    depot = importer(en_csv([bonne, mauvaise]))

    assert comptes(depot) == {"nouvelles": 1, "refusées": 1}
    assert refus(depot)[0].startswith("ligne 3, colonne ")
    assert raison in refus(depot)[0]
    assert Offre.objects.get().reference == "BONNE"


def test_every_reason_of_a_row_is_given_at_once():
    depot = importer(en_csv([ligne(surface="?", loyer="?", typologie="T9")]))
    assert [morceau.split(" : ")[0] for morceau in refus(depot)[0].removeprefix("ligne 2, ").split(" ; ")] == [
        "colonne typologie",
        "colonne surface",
        "colonne loyer",
    ]


def test_a_reference_twice_in_a_file_is_taken_once_even_batches_away():
    depot = importer(en_csv([ligne("A"), ligne("B"), ligne("C"), ligne("A", surface=99)]), par_lot=2)
    assert refus(depot) == ["ligne 5, colonne reference : cette offre est déjà à la ligne 2"]
    assert Offre.objects.get(reference="A").surface == 61


def test_the_number_of_a_row_is_its_line_in_the_file_even_after_a_cell_of_several_lines():
    depot = importer(en_csv([ligne("A", description="une\ndeux\ntrois"), ligne("B", surface="?")]))
    assert refus(depot)[0].startswith("ligne 5, colonne surface")


def test_cells_that_overflow_are_refused_with_their_row():
    contenu = en_csv([ligne("A"), ligne("B")]).replace(b"B;", b"B;de trop;")
    assert "plus de cellules que de colonnes" in refus(importer(contenu))[0]


def test_a_quote_never_closed_is_told_as_such():
    contenu = en_csv([ligne("A")]) + b'B;"' + b"x" * 6000 + b"\n"
    depot = importer(contenu)
    assert comptes(depot) == {"nouvelles": 1, "refusées": 1}
    assert "un guillemet ouvert" in refus(depot)[0]


ILLISIBLES = {
    "nothing": (b"", "Ce fichier est vide."),
    "blanks": (b" \n\n ", "Ce fichier est vide."),
    "utf-16": ("reference;commune".encode("utf-16"), "Ce fichier est en UTF-16"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "n’est ni du texte ni un classeur"),
    "an old workbook": (formats.ANCIEN_EXCEL + b"\x00" * 600, "ancien classeur Excel (.xls)"),
    "no encoding at all": (b"reference;r\xe9sidence\x81\n", "n’est ni en UTF-8 ni en Windows-1252"),
    "a broken archive": (b"PK\x03\x04" + b"x" * 900, "Ce classeur est abîmé"),
    "another archive": (b"", "Ce classeur ne s’ouvre pas"),
    "no header": (b"LEV-1;75111;T3\n", "Il manque à ce fichier : reference, commune"),
    "a header twice": (b"reference;Reference;commune\n1;2;3\n", "Une colonne est nommée deux fois : reference."),
    "an object": (b'{"reference": "A"}', "une liste d’objets"),
    "too heavy": (b"x" * (formats.OCTETS + 1), "Ce fichier est trop lourd : 25 Mo au plus."),
}


@pytest.mark.parametrize("genre", ILLISIBLES)
def test_a_file_that_cannot_be_read_says_why_and_is_not_kept(genre):
    contenu, raison = ILLISIBLES[genre]
    if genre == "another archive":
        contenu = archive({"mot.txt": b"bonjour"})
    assert raison in refuse(contenu)


def archive(parties: dict[str, bytes]) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as neuve:
        for nom, contenu in parties.items():
            neuve.writestr(nom, contenu)
    return sortie.getvalue()


def remplacer(avant: bytes, nom: str, contenu: bytes) -> bytes:
    """The same workbook with one of its parts changed."""
    lue = zipfile.ZipFile(io.BytesIO(avant))
    return archive({partie: lue.read(partie) for partie in lue.namelist()} | {nom: contenu})


def test_a_zip_bomb_is_refused_before_it_unfolds():
    bombe = remplacer(en_xlsx([ligne()]), "xl/worksheets/sheet1.xml", b" " * (classeur.DEPLIE + 1))
    assert len(bombe) < 1_000_000
    assert "démesuré" in refuse(bombe)
    assert "démesuré" in refuse(remplacer(en_xlsx([ligne()]), "xl/styles.xml", b" " * (classeur.ANNEXE + 1)))
    assert "démesuré" in refuse(archive({f"xl/{n}.xml": b"" for n in range(classeur.PARTIES + 1)}))


def test_a_workbook_that_lies_about_its_size_is_not_followed():
    bombe = bytearray(remplacer(en_xlsx([ligne()]), "xl/worksheets/sheet1.xml", b" " * (classeur.DEPLIE + 1)))
    vraie = (classeur.DEPLIE + 1).to_bytes(4, "little")
    menteuse = bytes(bombe).replace(vraie, (500).to_bytes(4, "little"))
    assert "ne s’ouvre pas" in refuse(menteuse) or "n’est plus lisible" in refuse(menteuse)


def test_entities_that_multiply_are_not_followed():
    rires = "".join(f'<!ENTITY r{n} "{f"&r{n - 1};" * 10}">' for n in range(1, 10))
    feuille = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY r0 "ha">{rires}]><worksheet>&r9;</worksheet>'
    assert "n’est plus lisible" in refuse(remplacer(en_xlsx([ligne()]), "xl/worksheets/sheet1.xml", feuille.encode()))


def test_a_formula_of_a_workbook_is_never_computed():
    depot = importer(en_xlsx([ligne("A"), ligne("B", loyer="=1000-259")]))
    assert Offre.objects.get(reference="B").loyer is None  # no spreadsheet program left its value there
    assert comptes(depot) == {"nouvelles": 2}


def test_what_a_workbook_made_of_a_reference_or_of_a_rent_is_told_as_people_see_it():
    jour, longue = date(2026, 2, 1), 123456789012345678
    depot = importer(en_xlsx([ligne(jour), ligne(longue), ligne("A", loyer=jour), ligne("B", charges=True)]))

    assert comptes(depot) == {"refusées": 4}
    dits = refus(depot)
    assert "colonne reference : « 01/02/2026 » n’est pas du texte : donnez le format Texte à la colonne" in dits[0]
    assert "» a perdu des chiffres : donnez le format Texte" in dits[1]
    assert "colonne loyer : « 01/02/2026 » n’est pas un nombre" in dits[2]
    assert "colonne charges : « VRAI » n’est pas un nombre" in dits[3]


def test_a_workbook_broken_in_the_middle_keeps_what_was_read_and_says_where_it_stops():
    fichier = en_xlsx([ligne(f"LEV-{n}") for n in range(900)])
    feuille = zipfile.ZipFile(io.BytesIO(fichier)).read("xl/worksheets/sheet1.xml")
    ou = feuille.index(b'<row r="801"')
    depot = importer(remplacer(fichier, "xl/worksheets/sheet1.xml", feuille[:ou] + b"<row r=<<<"), par_lot=100)

    assert "Le classeur n’est plus lisible à partir de la ligne" in depot.erreur
    assert depot.etat == "arrêté"
    assert 0 < depot.nouvelles == Offre.objects.count() <= 800


def test_json_that_is_no_list_of_flat_objects_is_told_row_by_row():
    lignes = [ligne("A"), ligne("B", etage=[1, 2]), ligne("C", residence="x\ud800"), {"reference": "D"}]
    depot = importer(json.dumps(lignes, default=str).encode())
    assert comptes(depot) == {"nouvelles": 1, "refusées": 3}
    dits = refus(depot)
    assert "ligne 2, colonne etage : une valeur simple est attendue, pas une liste" in dits[0]
    assert "colonne residence : des signes" in dits[1]
    assert "colonne commune : cette colonne est obligatoire" in dits[2]


@pytest.mark.parametrize("queue", [b", 3]", b", {]", b', {"surface": NaN}]', b", " + b"[" * 100_000, b""])
def test_json_that_breaks_keeps_what_was_read(queue):
    depot = importer(en_json([ligne("A")])[:-1] + queue)
    assert depot.etat == "arrêté"
    assert "n° 2" in depot.erreur
    assert depot.lignes_lues in (0, 1)


def test_the_report_runs_nothing_in_a_spreadsheet():
    lignes = [ligne(f"{signe}cmd|' /C calc'!A0", surface="=1+1") for signe in "+-@"]
    texte = "".join(rapport(importer(en_csv(lignes))))
    cellules = [cellule.strip('"') for rangee in texte.splitlines()[1:] for cellule in rangee.split(";")]
    assert [cellule for cellule in cellules if cellule.lstrip().startswith(("=", "+", "-", "@"))] == []
    assert texte.startswith("\ufeffligne;référence;issue;détail")
    assert "'+cmd|" in texte
