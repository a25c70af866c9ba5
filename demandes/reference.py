"""Loading the communes of France, their neighbours and the départements (see demandes/donnees/SOURCES.md)."""

import csv
import gzip
import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from demandes.models import Departement, TableDeReference

DONNEES = Path(__file__).parent / "donnees"
FICHIERS = tuple(
    DONNEES / nom for nom in ("departements.csv", "communes.csv.gz", "adjacences.csv.gz", "zonage_abc.csv.gz")
)
COLONNES = {
    "code": "varchar",
    "nom": "varchar",
    "departement_id": "varchar",
    "codes_postaux": "varchar[]",
    "population": "integer",
    "latitude": "float8",
    "longitude": "float8",
    "zone": "smallint",
    "zone_abc": "varchar",
    "type": "varchar",
    "parent_id": "varchar",
}
ECRIRE_LES_COMMUNES = (
    f"INSERT INTO demandes_commune ({', '.join(COLONNES)}) "  # noqa: S608
    f"SELECT {', '.join(f'{nom}::{genre}' for nom, genre in COLONNES.items())} "
    f"FROM unnest({', '.join(['%s::text[]'] * len(COLONNES))}) AS arrivee ({', '.join(COLONNES)}) "
    f"ON CONFLICT (code) DO UPDATE SET {', '.join(f'{nom} = EXCLUDED.{nom}' for nom in list(COLONNES)[1:])}"
)


@transaction.atomic
def charger() -> bool:
    """Write everything, over what is there; False if these very files are loaded already.

    Registration sites that an adviser corrected are kept.
    """
    if not a_change("territoires", FICHIERS):
        return False
    _charger_les_departements()
    _charger_les_communes()
    _charger_les_voisinages()
    _compter()
    return True


def a_change(nom: str, fichiers: Iterable[Path]) -> bool:
    """Whether these files differ from those last loaded under this name; they are remembered from now on."""
    empreinte = hashlib.sha256(b"".join(fichier.read_bytes() for fichier in fichiers)).hexdigest()
    table, _ = TableDeReference.objects.select_for_update().get_or_create(nom=nom)
    if table.empreinte == empreinte:
        return False
    table.empreinte, table.chargee_le = empreinte, timezone.now()
    table.save()
    return True


def lignes(nom: str) -> Iterator[dict[str, str]]:
    """The rows of one of the data files."""
    chemin = DONNEES / nom
    ouvrir = gzip.open if chemin.suffix == ".gz" else open
    with ouvrir(chemin, "rt", encoding="utf-8", newline="") as fichier:
        yield from csv.DictReader(fichier)


def _charger_les_departements() -> None:
    deja = set(Departement.objects.values_list("code", flat=True))
    nouveaux = (ligne for ligne in lignes("departements.csv") if ligne["code"] not in deja)
    Departement.objects.bulk_create(Departement(**ligne) for ligne in nouveaux)


def _charger_les_communes() -> None:
    """Insert or update in one statement: no temporary table, which the portal's role may not make."""
    zones = {ligne["code_insee"]: ligne["zone_abc"] for ligne in lignes("zonage_abc.csv.gz")}
    colonnes = zip(*(_commune(ligne, zones) for ligne in lignes("communes.csv.gz")), strict=True)
    with connection.cursor() as curseur:
        curseur.execute(ECRIRE_LES_COMMUNES, [list(colonne) for colonne in colonnes])


def _commune(ligne: dict[str, str], zones: dict[str, str]) -> tuple[str | None, ...]:
    """The values of `COLONNES`, as PostgreSQL reads them."""
    return (
        ligne["code_insee"],
        ligne["nom"],
        ligne["code_departement"],
        "{" + ligne["codes_postaux"].replace("|", ",") + "}",
        ligne["population"] or "0",
        ligne["latitude"] or None,
        ligne["longitude"] or None,
        ligne["zone_plafond"],
        zones.get(ligne["code_insee"], zones.get(ligne["commune_parent"], "")),
        ligne["type"],
        ligne["commune_parent"] or None,
    )


def _charger_les_voisinages() -> None:
    """Each pair in both directions, so that « the neighbours of » is one look-up."""
    with connection.cursor() as curseur:
        curseur.execute("DELETE FROM demandes_voisinage")
        with curseur.copy("COPY demandes_voisinage (commune_id, voisine_id) FROM STDIN") as copie:
            for ligne in lignes("adjacences.csv.gz"):
                copie.write_row((ligne["code_a"], ligne["code_b"]))
                copie.write_row((ligne["code_b"], ligne["code_a"]))


def _compter() -> None:
    """Tell the planner how many rows there are now: at commit, foreign keys checked as if the tables were empty still
    would read all the communes for each of them."""
    with connection.cursor() as curseur:
        curseur.execute("ANALYZE demandes_departement, demandes_commune, demandes_voisinage")
