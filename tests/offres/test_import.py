"""Files of bailleurs that are right: the three formats, the same file twice, a dry run, a whole file."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from offres.depots import FichierImporte
from offres.imports.colonnes import PAR_NOM
from offres.models import Offre, StatutOffre
from tests.factories import SIRETS, BailleurFactory, CommuneFactory, EntrepriseFactory, OffreFactory
from tests.offres.fichiers import FORMATS, comptes, en_csv, en_json, en_xlsx, importer, ligne, refus

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _paris():
    CommuneFactory(code="75111", codes_postaux=["75011"])


@pytest.mark.parametrize("ecrire", FORMATS.values(), ids=FORMATS)
def test_the_three_formats_give_the_same_offer(ecrire):
    EntrepriseFactory(siret=SIRETS[0])
    depot = importer(ecrire([ligne(jardin=True, chambres=None, reservee_a=SIRETS[0], residence="Les Érables")]))

    assert refus(depot) == []
    offre = Offre.objects.get()
    assert (offre.reference, offre.typologie, offre.surface, offre.commune_id) == ("LEV-1", "T3", 61, "75111")
    assert (offre.loyer_charges_comprises, offre.charges, offre.code_postal) == (841, 100, "75011")
    assert (offre.ascenseur, offre.jardin, offre.balcon, offre.chambres) == (True, True, False, None)
    assert offre.date_limite == timezone.localdate() + timedelta(days=21)
    assert offre.publiee_le == timezone.localdate()
    assert offre.reservee_a is not None
    assert offre.residence == "Les Érables"
    assert offre.bailleur.nom == "Les Toits du Levant"


@pytest.mark.parametrize("separateur", [",", ";", "\t"])
@pytest.mark.parametrize("encodage", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_csv_is_read_whatever_its_separator_and_its_encoding(separateur, encodage):
    importer(
        en_csv(
            [ligne(residence="Résidence d’été", description="à 3 €, « près » ; du parc\nAscenseur")],
            separateur,
            encodage,
        )
    )

    offre = Offre.objects.get()
    assert offre.residence == "Résidence d’été"
    assert offre.description == "à 3 €, « près » ; du parc\nAscenseur"


def test_days_numbers_and_words_are_read_as_people_write_them():
    limite = timezone.localdate() + timedelta(days=10)
    excel = (limite - date(1899, 12, 30)).days
    importer(
        en_csv(
            [
                ligne("A", loyer="1 234,50 €", surface="61,4 m²", typologie="t1 bis", ascenseur="X"),
                ligne("B", date_limite=limite.isoformat(), typologie="F4", financement="plus", ascenseur="non"),
                ligne("C", date_limite=str(excel), commune="75111"),
            ]
        )
    )
    a, b, c = Offre.objects.order_by("reference")
    assert (a.loyer, a.surface, a.typologie, a.ascenseur) == (1235, 61, "T1B", True)
    assert (b.date_limite, b.typologie, b.financement, b.ascenseur) == (limite, "T4", "PLUS", False)
    assert c.date_limite == limite


def test_a_spreadsheet_that_took_the_first_zero_away_is_understood():
    CommuneFactory(code="01001", nom="L'Abergement-Clémenciat", codes_postaux=["01400"])
    depot = importer(en_xlsx([ligne(1234, commune=1001.0, code_postal=1400)]))

    assert refus(depot) == []
    offre = Offre.objects.get()
    assert (offre.reference, offre.commune_id, offre.code_postal) == ("1234", "01001", "01400")


@pytest.mark.parametrize("ecrire", FORMATS.values(), ids=FORMATS)
def test_the_same_file_twice_changes_nothing(ecrire):
    contenu = ecrire([ligne(f"LEV-{n}") for n in range(5)])
    importer(contenu)
    avant = list(Offre.objects.order_by("pk").values())

    encore = importer(contenu)

    assert comptes(encore) == {"inchangées": 5}
    assert list(Offre.objects.order_by("pk").values()) == avant


def test_a_new_file_changes_what_differs_and_says_it():
    importer(en_csv([ligne("A"), ligne("B"), ligne("C")]))
    depot = importer(en_csv([ligne("A", loyer_charges_comprises=900, dpe=""), ligne("B"), ligne("D")]))

    assert comptes(depot) == {"nouvelles": 1, "changées": 1, "inchangées": 1}
    assert depot.lignes.get(issue="changee").detail == "loyer_charges_comprises : 841 → 900 ; dpe : C → vide"
    assert Offre.objects.get(reference="A").loyer_charges_comprises == 900
    assert Offre.objects.get(reference="C").statut == StatutOffre.PUBLIEE


def test_a_column_that_the_file_does_not_have_is_left_as_it_is():
    OffreFactory(reference="A", chauffage="gaz", publiee_le=date(2026, 1, 5), bailleur=BailleurFactory())
    importer(en_json([ligne("A", surface=62)]))

    offre = Offre.objects.get()
    assert (offre.surface, offre.chauffage, offre.publiee_le) == (62, "gaz", date(2026, 1, 5))


def test_two_bailleurs_may_use_the_same_reference():
    autre = BailleurFactory(nom="Habitat du Ponant", siren="552032534")
    lignes = [ligne("A", bailleur="les toits du LEVANT"), ligne("A", bailleur="552 032 534", surface=30)]
    BailleurFactory()
    depot = importer(en_csv(lignes), bailleur=None)
    assert refus(depot) == [
        "ligne 3, colonne bailleur : ce fichier est celui de Les Toits du Levant, pas de « 552 032 534 »"
    ]

    from offres.imports.deroulement import deposer, derouler

    derouler(deposer(en_csv(lignes), "tous.csv", par=None, bailleur=None, a_blanc=False).pk)
    assert Offre.objects.get(bailleur=autre).surface == 30
    assert Offre.objects.count() == 2


def test_a_dry_run_counts_the_same_and_writes_nothing():
    importer(en_csv([ligne("A"), ligne("B")]))
    avant = list(Offre.objects.order_by("pk").values())
    contenu = en_csv([ligne("A", surface=70), ligne("B"), ligne("C"), ligne("D", surface="grand")])

    essai = importer(contenu, a_blanc=True)
    assert list(Offre.objects.order_by("pk").values()) == avant
    vrai = importer(contenu)

    assert comptes(essai) == comptes(vrai) == {"nouvelles": 1, "changées": 1, "inchangées": 1, "refusées": 1}
    dits = [list(depot.lignes.values_list("numero", "issue", "detail")) for depot in (essai, vrai)]
    assert dits[0] == dits[1]


def test_an_offer_withdrawn_by_the_file_is_counted_and_does_not_come_back():
    importer(en_csv([ligne("A"), ligne("B")]))
    depot = importer(en_csv([ligne("A", statut="Retirée"), ligne("B", statut="placée")]))
    assert comptes(depot) == {"changées": 1, "retirées": 1}
    assert dict(Offre.objects.values_list("reference", "statut")) == {"A": "retiree", "B": "placee"}

    encore = importer(en_csv([ligne("A"), ligne("B")]))
    assert comptes(encore) == {"inchangées": 2}  # without a column « statut », the file says nothing of it

    retour = importer(en_csv([ligne("A", statut="publiée")]))
    assert "prend une nouvelle référence" in refus(retour)[0]
    assert Offre.objects.get(reference="A").statut == StatutOffre.RETIREE


def test_a_whole_file_withdraws_what_it_lacks_of_its_bailleur_only():
    ailleurs = OffreFactory(bailleur=BailleurFactory(nom="Habitat du Ponant"))
    importer(en_csv([ligne("A"), ligne("B"), ligne("C")]))

    contenu = en_csv([ligne("A"), ligne("B", surface="illisible")])
    essai = importer(contenu, complet=True, a_blanc=True)
    assert Offre.objects.filter(statut=StatutOffre.RETIREE).count() == 0
    depot = importer(contenu, complet=True)

    assert comptes(essai) == comptes(depot) == {"inchangées": 1, "retirées": 1, "refusées": 1}
    assert Offre.objects.get(statut=StatutOffre.RETIREE).reference == "C"  # B is in the file, even badly written
    ailleurs.refresh_from_db()
    assert ailleurs.statut == StatutOffre.PUBLIEE


def test_a_whole_file_in_which_nothing_is_readable_withdraws_nothing():
    importer(en_csv([ligne("A")]))
    depot = importer(en_csv([ligne("B", surface="illisible")]), complet=True)
    assert depot.erreur == "Aucune ligne de ce fichier n’a pu être lue."
    assert Offre.objects.get().statut == StatutOffre.PUBLIEE


@pytest.mark.parametrize("par_lot", [1, 500])
def test_a_whole_file_with_a_row_that_names_no_offer_withdraws_nothing(par_lot):
    importer(en_csv([ligne("A"), ligne("B"), ligne("C")]))

    contenu = en_csv([ligne("A", surface=62), ligne("=B")])
    depot = importer(contenu, complet=True, par_lot=par_lot)

    assert comptes(depot) == {"changées": 1, "refusées": 1}
    assert "La ligne 3 ne dit pas de quelle offre il s’agit" in depot.erreur
    assert not Offre.objects.exclude(statut=StatutOffre.PUBLIEE).exists()
    assert not importer(contenu, complet=True, a_blanc=True).reste_a_confirmer


def test_the_file_is_forgotten_as_soon_as_it_is_read():
    essai = importer(en_csv([ligne()]), a_blanc=True)
    assert FichierImporte.objects.count() == 1
    assert essai.reste_a_confirmer
    importer(en_csv([ligne()]))
    assert FichierImporte.objects.get().depot == essai


def test_unknown_columns_are_ignored_and_named():
    depot = importer(en_csv([ligne(**{"Prénom du gardien": "Léo"})]))
    assert depot.colonnes_ignorees == ["prenom_du_gardien"]
    assert comptes(depot) == {"nouvelles": 1}
    encore = importer(en_json([ligne(), ligne("B", Chaufage="gaz")]), par_lot=1)
    assert encore.colonnes_ignorees == ["chaufage"]


def test_every_column_that_may_be_imported_is_a_field_of_an_offer():
    champs = {champ.name for champ in Offre._meta.get_fields()}
    assert set(PAR_NOM) <= champs
