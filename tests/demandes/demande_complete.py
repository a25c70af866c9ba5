"""A demand whose every block is filled in, as JSON of the contract, and what can be put wrong in it."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from demandes.sne import dossier as sne
from demandes.sne.contrat import schema
from demandes.sne.traduction import dossier_vers_json
from tests.factories import adulte, dossier

ADRESSE = sne.Adresse(
    *(False, "12", "3", "A", "B", "chez MME GIGI", "4", "RUE DE LA ROQUETTE", "LA COUR", "75011", "75111", "", "")
)
HANDICAP = sne.Handicap(True, True, True, False, False, "STA", "2", ("CANNE",), ("DOUCHE", "ASCENS"), "BARRES D’APPUI")


def demande_complete() -> sne.DossierSNE:
    base = dossier()
    anne = adulte(
        telephone_domicile="0139981234",
        telephone_travail="0639981299",
        adresse=ADRESSE,
        multi_employeur=True,
        organisme_collecteur="COLLECTE EST",
        commune_travail="75112",
        versees=(sne.Ressource("PAV", 170),),
        handicap=HANDICAP,
        invalidite=True,
    )
    denis = replace(
        base.cotitulaires[0],
        adresse=ADRESSE,
        ressources=(sne.Ressource("CHO", 911),),
        versees=anne.versees,
        handicap=HANDICAP,
    )
    lina = replace(
        base.personnes_a_charge[0],
        garde="G",
        ressources=(sne.Ressource("AEEH", 151),),
        versees=(sne.Ressource("PAV", 20),),
        handicap=HANDICAP,
    )
    return replace(
        base,
        demandeur=anne,
        cotitulaires=(denis,),
        personnes_a_charge=(lina,),
        nombre_a_naitre=1,
        naissance_prevue_le=date(2027, 3, 1),
        logement_actuel=sne.LogementActuel(
            "HLM", "A", "T1", 31, 412, 120, 3, "M. DURAND", "552000762", True, "93048", "T2"
        ),
        localisations=(sne.Localisation(1, "75111", "Roquette"), sne.Localisation(2, "93048")),
        motifs=("05", "23"),
        autre_motif="RAPPROCHEMENT D’UN PARENT",
        handicap=True,
        recours_dalo=sne.Dalo("ACTIF", date(2026, 2, 3), True, True, "T3"),
        date_jugement=date(2026, 1, 2),
        parking=True,
        rdc_accepte=False,
        sans_ascenseur_accepte=False,
        demande_elargie=True,
        notif_evt=True,
        delai_anormalement_long=True,
        attributions_multiples=True,
        num_unique_associe="111092062114GDPUB",
        date_derniere_piece=date(2026, 3, 4),
        pieces=(sne.PieceDeposee("IDENT", "Carte d’identité", date(2026, 3, 4)),),
    )


COMPLETE = dossier_vers_json(demande_complete())


def resoudre(definition: dict[str, Any]) -> dict[str, Any]:
    """A schema with what its `$ref` and `allOf` bring."""
    if "$ref" in definition:
        cible: dict[str, Any] = schema()["$defs"][definition["$ref"].rpartition("/")[2]]
        definition = resoudre(cible) | {cle: valeur for cle, valeur in definition.items() if cle != "$ref"}
    for autre in definition.get("allOf", []):
        lu = resoudre(autre)
        definition = {**lu, **definition, "properties": lu["properties"] | definition["properties"]}
    return definition


def places(definition: dict[str, Any], chemin: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """The path of every key of the contract under `definition` with its schema, lists seen through their elements."""
    definition = resoudre(definition)
    for choix in definition.get("anyOf", []):
        if choix != {"type": "null"}:
            yield from places(choix, chemin)
    if "items" in definition:
        yield from places(definition["items"], chemin)
    for cle, contenu in definition.get("properties", {}).items():
        ici = f"{chemin}.{cle}" if chemin else cle
        yield ici, contenu
        yield from places(contenu, ici)


PLACES = dict(places({"$ref": "#/$defs/demande"}))
TEXTES_HOSTILES = ("\x00", "a\x00b", "\u202eENNA", "a\u2066b", "x" * 10_000, "a\nb", "\x1b[31m", "\ud800")


def mauvaises_valeurs(definition: dict[str, Any]) -> Iterator[Any]:
    """What is never right there, whatever the rest of the demand says."""
    if "anyOf" in definition:
        yield from (valeur for valeur in mauvaises_valeurs(definition["anyOf"][0]) if valeur is not None)
        return
    lu = resoudre(definition)
    genre = lu["type"]
    yield None
    yield from (valeur for nom, valeur in AUTRES_GENRES.items() if nom != genre)
    match genre:
        case "string":
            yield from TEXTES_HOSTILES
            if "maxLength" in lu:
                yield "A" * (lu["maxLength"] + 1)
            if "enum" in lu:
                yield "ZZ"
            if lu.get("format") == "date":
                yield from (
                    "",
                    "2026-02-30",
                    "2025-02-29",
                    "0000-00-00",
                    "1899-12-31",
                    "2100-01-01",
                    "20260101",
                    "hier",
                )
        case "integer":
            yield from (lu["minimum"] - 1, lu["maximum"] + 1, -(10**9), 10**9, 10**400)
            yield from (1.5, float("nan"), True, "1")
        case "boolean":
            yield from (1, "oui")
        case "array":
            yield [{"inattendu": True}]
            yield [None] * (lu["maxItems"] + 1)


AUTRES_GENRES = {"string": "\x00", "integer": 7.25, "boolean": True, "array": [1], "object": {"inattendu": True}}
"""A value of another kind; none of them fits anywhere."""


def changee(chemin: str, valeur: Any) -> dict[str, Any]:
    """The complete demand with `valeur` at `chemin`."""
    contenu = copy.deepcopy(COMPLETE)
    objet, cle = _porteur(contenu, chemin)
    objet[cle] = valeur
    return contenu


def sans(chemin: str) -> dict[str, Any]:
    """The complete demand without the key at `chemin`."""
    contenu = copy.deepcopy(COMPLETE)
    objet, cle = _porteur(contenu, chemin)
    del objet[cle]
    return contenu


def _porteur(contenu: Any, chemin: str) -> tuple[dict[str, Any], str]:
    *etapes, derniere = chemin.split(".")
    for etape in etapes:
        contenu = contenu[etape]
        contenu = contenu[0] if isinstance(contenu, list) else contenu
    return contenu, derniere


def nue(propriete: str) -> str:
    """« cotitulaires[0].nom » → « cotitulaires.nom »."""
    return "".join(morceau.partition("]")[2] if "]" in morceau else morceau for morceau in propriete.split("["))
