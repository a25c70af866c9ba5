"""The contract with the registry: one JSON Schema (`contrat.schema.json`) that both sides validate against.

The client checks every answer with it, the simulator what it loads; docs/registre.md is its reading in words.
No Django here.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

SCHEMA = Path(__file__).with_name("contrat.schema.json")


class FormeInattendue(ValueError):
    """The JSON is not what the contract says. `propriete` is the path of the first fault: `cotitulaires[0].nom`."""

    def __init__(self, propriete: str) -> None:
        super().__init__(f"unexpected value at {propriete or 'the root'}")
        self.propriete = propriete


@cache
def schema() -> dict[str, Any]:
    """The schema as data."""
    contenu: dict[str, Any] = json.loads(SCHEMA.read_text())
    return contenu


@cache
def _validateur(definition: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema() | {"$ref": f"#/$defs/{definition}"}, validate_formats=True)


def verifier(definition: str, donnees: Any) -> Any:
    """`donnees` as it came, once it is what `definition` (a key of the schema's `$defs`) says.

    Raises `FormeInattendue`, for text that no encoding can write and for depths that no demand has as well.
    """
    try:
        erreur = next(_validateur(definition).iter_errors(donnees), None)
    except (ValueError, RecursionError, OverflowError) as cause:
        raise FormeInattendue("") from cause
    if erreur is not None:
        raise FormeInattendue(_propriete(erreur))
    return donnees


def _propriete(erreur: jsonschema_rs.ValidationError) -> str:
    """« cotitulaires[0].nom » for the path of an error, the name of a missing key included."""
    if isinstance(
        erreur.kind, jsonschema_rs.ValidationErrorKind.AnyOf
    ):  # a block that may be null: the fault is inside
        return _propriete(erreur.kind.context[0][0])
    etapes: list[str | int] = list(erreur.instance_path)
    if isinstance(erreur.kind, jsonschema_rs.ValidationErrorKind.Required):
        etapes.append(erreur.kind.property)
    return "".join(f"[{etape}]" if isinstance(etape, int) else f".{etape}" for etape in etapes).removeprefix(".")
