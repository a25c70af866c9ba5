"""The contract is one file: the code, the words of the codes and the page of the documentation say the same."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import example, given
from hypothesis import settings as reglages
from hypothesis import strategies as st

from demandes import lecture
from demandes.sne import nomenclature
from demandes.sne.cles import AJOUTS, CLES
from demandes.sne.contrat import FormeInattendue, schema, verifier
from demandes.sne.dossier import DossierSNE
from demandes.sne.traduction import adresse_depuis_json, dossier_depuis_json, dossier_vers_json, radiations_depuis_json
from tests.demandes.demande_complete import (
    COMPLETE,
    PLACES,
    changee,
    demande_complete,
    mauvaises_valeurs,
    nue,
    places,
    sans,
)

DOCUMENTATION = Path(__file__).resolve().parents[2] / "docs/registre.md"
CODES = {
    "civilite": nomenclature.CIVILITES,
    "nationalite": nomenclature.NATIONALITES,
    "situationFamiliale": nomenclature.SITUATIONS_FAMILIALES,
    "lienDemandeur": nomenclature.LIENS,
    "typeContratTravail": nomenclature.CONTRATS,
    "sexe": nomenclature.SEXES,
    "garde": nomenclature.GARDES,
    "modeleLogement": nomenclature.MODELES_LOGEMENT,
    "motifs": nomenclature.MOTIFS,
    "statut": nomenclature.STATUTS_DALO,
    "etat": {"": "", **nomenclature.ETATS_HANDICAP},
    "marches": {"": "", **nomenclature.MARCHES},
    "aides": nomenclature.AIDES_TECHNIQUES,
    "equipements": nomenclature.EQUIPEMENTS,
    "types": nomenclature.TYPES_LOGEMENT,
    "motifRadiation": {"": "", **nomenclature.RADIATIONS},
}


def test_the_schema_is_a_schema_of_draft_2020_12_and_every_block_has_a_title():
    jsonschema_rs.meta.validate(schema())

    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert [nom for nom, definition in schema()["$defs"].items() if not definition.get("title")] == []


def test_every_key_of_every_block_is_mandatory():
    for nom, definition in schema()["$defs"].items():
        assert definition.get("required", []) == list(definition.get("properties", {})), nom


def test_the_codes_of_the_schema_are_those_that_have_words():
    vues = set()
    for chemin, definition in PLACES.items():
        codes = definition.get("enum") or definition.get("items", {}).get("enum")
        cle = chemin.rpartition(".")[2]
        if codes and cle in CODES:
            vues.add(cle)
            assert codes == list(CODES[cle]), chemin
    assert vues == set(CODES)


def test_every_key_of_the_contract_is_read_and_every_field_is_a_key_of_the_contract():
    lues = {cle for table in (CLES, AJOUTS) for champs in table.values() for cle in champs.values()}
    finales = {cle.rpartition(".")[2] for cle in lues}
    de_passage = {etape for cle in lues for etape in cle.split(".")[:-1]}

    assert {chemin.rpartition(".")[2] for chemin in PLACES} == finales | de_passage


def test_the_complete_demand_survives_the_round_trip_and_fills_every_key():
    assert dossier_depuis_json(json.loads(json.dumps(COMPLETE))) == demande_complete()
    assert all(sans(chemin) != COMPLETE for chemin in PLACES)


def lignes_attendues(nom: str, definition: dict[str, Any]) -> list[str]:
    """The table of the documentation for one block."""
    entete = [f"**`{nom}`** — {definition['title']}", "", "| key | value | note |", "| --- | --- | --- |"]
    corps = [
        f"| `{cle}` | {valeur(contenu)} | {contenu.get('description', '')} |"
        for cle, contenu in definition["properties"].items()
    ]
    return [*entete, *corps]


def valeur(definition: dict[str, Any]) -> str:
    """A schema in a few words."""
    if "anyOf" in definition:
        return f"{valeur(definition['anyOf'][0])} or null"
    if "$ref" in definition:
        cible = definition["$ref"].rpartition("/")[2]
        return f"{cible} ({definition['maxLength']})" if "maxLength" in definition else cible
    match definition["type"]:
        case "array":
            mini = "1" if definition.get("minItems") else "0"
            return f"list of {valeur(definition['items'])}, {mini} to {definition['maxItems']}"
        case "integer":
            return f"{definition['minimum']} to {definition['maximum']}"
        case "boolean":
            return "true or false"
        case _ if "enum" in definition:
            return ", ".join(f"`{code}`" if code else "empty" for code in definition["enum"])
    longueur = f" ({definition['maxLength']})" if "maxLength" in definition else ""
    return f"text{longueur}"


@pytest.mark.parametrize("nom", [nom for nom, definition in schema()["$defs"].items() if "properties" in definition])
def test_the_documentation_says_what_the_schema_says(nom: str):
    attendues = "\n".join(lignes_attendues(nom, schema()["$defs"][nom]))

    assert attendues in DOCUMENTATION.read_text(), attendues


# What is refused


def test_a_key_that_is_missing_is_refused_and_named():
    for chemin in PLACES:
        with pytest.raises(FormeInattendue) as refus:
            dossier_depuis_json(sans(chemin))
        assert nue(refus.value.propriete) == chemin


def test_a_value_that_is_wrong_there_is_refused_and_its_place_is_named():
    essais = 0
    for chemin, definition in PLACES.items():
        for mauvaise in mauvaises_valeurs(definition):
            with pytest.raises(FormeInattendue) as refus:
                dossier_depuis_json(changee(chemin, mauvaise))
            assert nue(refus.value.propriete).startswith(chemin) or not refus.value.propriete, (chemin, mauvaise)
            essais += 1
    assert essais > 1_000


@pytest.mark.parametrize(
    ("chemin", "mauvaise"),
    [
        ("motifRadiation", "RADATT"),
        ("dateRadiation", "2026-10-11"),
        ("cotitulaires.revenuFiscal.anneeMoins1", 2019),
        ("logementRecherche.localisations", [{"rang": 1, "commune": c, "quartier": ""} for c in ("75111", "93048")]),
        ("demandeur.adressePostale.codePostal", "750"),
        ("demandeur.adressePostale.commune", ""),
        ("demandeur.nom", " \u00a0 "),
        ("demandeur.mel", "anne@"),
        ("demandeur.mel", "anne@exemple.fr\nBcc: x@y.fr"),
    ],
)
def test_what_only_the_rest_of_the_demand_makes_wrong_is_refused_as_well(chemin: str, mauvaise: Any):
    with pytest.raises(FormeInattendue):
        dossier_depuis_json(changee(chemin, mauvaise))


@pytest.mark.parametrize("donnees", [None, [], "demande", 3, {}, {"demande": COMPLETE}], ids=repr)
def test_what_is_no_demand_at_all_is_refused(donnees: object):
    for lire in (dossier_depuis_json, radiations_depuis_json, lambda lu: adresse_depuis_json(lu, "1")):
        if donnees == [] and lire is radiations_depuis_json:
            continue
        with pytest.raises(FormeInattendue):
            lire(donnees)


def test_keys_that_the_contract_does_not_name_are_ignored_and_not_kept():
    contenu = copy.deepcopy(COMPLETE) | {"inattendue": {"a": [1]}}
    contenu["demandeur"]["signeAstrologique"] = "LION"

    assert dossier_vers_json(dossier_depuis_json(contenu)) == COMPLETE


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=-(10**40), max_value=10**40)
    | st.floats()
    | st.text(st.characters(), max_size=40)
    | st.dates().map(str)
    | st.sampled_from(["CDI", "75111", "T3", "2026-02-29", "0", "true", "\ud83d", "é" * 36]),
    lambda dedans: st.lists(dedans, max_size=3) | st.dictionaries(st.text(max_size=8), dedans, max_size=3),
    max_leaves=6,
)
CHANGEMENTS = st.lists(st.tuples(st.sampled_from(sorted(PLACES)), JSON), min_size=1, max_size=3)


def lue_ou_refusee(changements: list[tuple[str, Any]]) -> DossierSNE | None:
    """What comes of a demand changed at these places; None if it is refused."""
    contenu = copy.deepcopy(COMPLETE)
    for chemin, nouvelle in changements:
        objet: Any = contenu
        *etapes, derniere = chemin.split(".")
        for etape in etapes:
            objet = objet.get(etape) if isinstance(objet, dict) else None
            objet = objet[0] if isinstance(objet, list) and objet else objet
        if isinstance(objet, dict):
            objet[derniere] = nouvelle
    try:
        return dossier_depuis_json(contenu)
    except FormeInattendue:
        return None


def tout_ou_rien(changements: list[tuple[str, Any]]) -> None:
    lu = lue_ou_refusee(changements)
    if lu is not None:
        relu = json.loads(json.dumps(dossier_vers_json(lu), ensure_ascii=False).encode())
        verifier("demande", relu)
        assert dossier_depuis_json(relu) == lu
        assert lecture.rubriques(lu, {})
        assert "\x00" not in str(relu)


@reglages(max_examples=200, deadline=None)
@given(CHANGEMENTS)
@example([("demandeur.nom", "\ud800")])
@example([("demandeur.revenuFiscal.rfrAnneeMoins1", 3.0)])
def test_whatever_is_sent_is_read_whole_or_refused_whole(changements: list[tuple[str, Any]]):
    tout_ou_rien(changements)


@pytest.mark.epreuve
@reglages(max_examples=2_000, deadline=None)
@given(CHANGEMENTS)
def test_two_thousand_demands_put_wrong_by_hazard_are_read_whole_or_refused_whole(changements: list[tuple[str, Any]]):
    tout_ou_rien(changements)


def test_the_answers_of_the_other_calls_are_held_against_the_same_schema():
    for definition, bonne in (
        ("contact", {"numUnique": "111092062114ACLOG", "mel": "anne@exemple.fr"}),
        ("erreur", {"anomalies": [{"code": "DEMANDE_INCONNUE", "propriete": None, "message": "Aucune."}]}),
        ("jeton", {"access_token": "abc", "token_type": "Bearer", "expires_in": 3600}),
        ("radiations", [{"numUnique": "111092062114ACLOG", "dateRadiation": "2026-11-02", "motifRadiation": "RADREN"}]),
    ):
        verifier(definition, bonne)
        objet: Any = bonne[0] if isinstance(bonne, list) else bonne
        for cle, contenu in places({"$ref": f"#/$defs/{definition}"}):
            if "." in cle or cle not in objet:
                continue
            for mauvaise in mauvaises_valeurs(contenu):
                avant, objet[cle] = objet[cle], mauvaise
                with pytest.raises(FormeInattendue):
                    assert (verifier(definition, bonne), cle, mauvaise) is None
                objet[cle] = avant


def test_a_text_of_the_schema_never_lets_a_control_sign_through():
    motifs = {nom: re.compile(schema()["$defs"][nom]["pattern"]) for nom in ("texte", "nom")}
    for motif in motifs.values():
        assert motif.search("Zoé-Anne D’ANGELO")
        assert not any(motif.search(f"a{signe}b") for signe in "\x00\x1b\n\u202e\u2067\u200f\u0085")
