"""The shape of an export: tables of records, each value as a machine reads it and as a person does.

Source: RGPD art. 15 (access) and 20 (portability: « structuré, couramment utilisé et lisible par machine »).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone

from demandes.lecture import Changement, Rubrique
from demandes.mots import NON_RENSEIGNE


@dataclass(frozen=True)
class Donnee:
    """One value. `cle` and `valeur` go into the file, `libelle` and `texte` on paper, unless `texte` is empty."""

    cle: str
    libelle: str
    valeur: Any
    texte: str


@dataclass(frozen=True)
class Fiche:
    """One record. `rubriques` and `changements` are its words when it is a document of the registry."""

    titre: str
    donnees: tuple[Donnee, ...]
    tables: "tuple[Table, ...]" = ()
    rubriques: tuple[Rubrique, ...] = ()
    changements: tuple[Changement, ...] = ()

    def en_clair(self) -> list[Donnee]:
        """What is printed."""
        return [donnee for donnee in self.donnees if donnee.texte]


@dataclass(frozen=True)
class Table:
    """Records of one kind. `origine` says who gave them; `unique`: there can be one at most."""

    cle: str
    titre: str
    origine: str
    fiches: tuple[Fiche, ...]
    unique: bool = False

    @property
    def en_lignes(self) -> bool:
        """Whether it prints as a table of lines, rather than as one sheet a record."""
        longues = any(fiche.tables or fiche.rubriques or fiche.titre for fiche in self.fiches)
        return not self.unique and not longues

    def lignes(self) -> list[list[Donnee]]:
        """The records as lines, without the columns that are empty in all of them."""
        toutes = [fiche.en_clair() for fiche in self.fiches]
        utiles = {donnee.cle for ligne in toutes for donnee in ligne if donnee.texte != NON_RENSEIGNE}
        return [[donnee for donnee in ligne if donnee.cle in utiles] for ligne in toutes]


def fiche(objet: Model, champs: Sequence[str], titre: str = "", **suite: Any) -> Fiche:
    """A record from these columns; « champ:cle:Libellé » gives a column other names, in the file and on paper.

    « - » for a label keeps the column to the file.
    """
    return Fiche(titre, tuple(_donnee(objet, champ) for champ in champs), **suite)


def en_json(tables: Sequence[Table]) -> dict[str, Any]:
    """Plain values: a table is a list of objects, or one object (or null) where there can be one at most."""
    return {table.cle: _objets(table) for table in tables}


def _objets(table: Table) -> Any:
    objets = [{d.cle: d.valeur for d in f.donnees} | en_json(f.tables) for f in table.fiches]
    return (objets[0] if objets else None) if table.unique else objets


def _donnee(objet: Model, champ: str) -> Donnee:
    nom, cle, libelle = (*champ.split(":"), "", "")[:3]
    if libelle == "-":
        return Donnee(cle, cle, brute(getattr(objet, nom)), "")
    libelle = libelle or str(getattr(objet._meta.get_field(nom), "verbose_name", nom))
    return donnee(cle or nom, libelle[:1].upper() + libelle[1:], getattr(objet, nom), _choix(objet, nom))


def donnee(cle: str, libelle: str, valeur: Any, texte: str = "") -> Donnee:
    """One value that is no column of its own; `texte` if it reads otherwise than its value."""
    return Donnee(cle, libelle, brute(valeur), texte or _en_mots(valeur))


def _choix(objet: Model, nom: str) -> str:
    """The words of a coded value, if it is one."""
    afficher = getattr(objet, f"get_{nom}_display", None)
    return str(afficher()) if afficher else ""


def brute(valeur: Any) -> Any:
    """What JSON can carry; moments in Paris time, with their offset."""
    match valeur:
        case datetime():
            return timezone.localtime(valeur).isoformat(timespec="seconds")
        case date():
            return valeur.isoformat()
        case None | bool() | int() | str() | dict() | list():
            return valeur
        case _:  # an identifier, a telephone, a row of reference
            return str(valeur)


def _en_mots(valeur: Any) -> str:
    match valeur:
        case None | "":
            return NON_RENSEIGNE
        case bool():
            return "oui" if valeur else "non"
        case datetime():
            return moment(valeur)
        case date():
            return f"{valeur:%d/%m/%Y}"
        case UUID() | dict() | list():
            return ""
        case _:
            return str(valeur)


def moment(valeur: datetime) -> str:
    """« 23/11/2026 à 9 h 58 », Paris time."""
    local = timezone.localtime(valeur)
    return f"{local:%d/%m/%Y} à {local.hour}\u00a0h\u00a0{local:%M}"
