"""Files of offers for the tests: rows, and the three ways to write them."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from openpyxl import Workbook

from offres.depots import ImportOffres
from offres.imports.deroulement import deposer, derouler
from offres.models import Bailleur
from tests.factories import BailleurFactory


def ligne(reference: str | int | date = "LEV-1", **cellules: Any) -> dict[str, Any]:
    """A T3 at 841 € in Paris 11e, open for three weeks."""
    limite: date = timezone.localdate() + timedelta(days=21)
    base: dict[str, Any] = {
        "reference": reference, "commune": "75111", "typologie": "T3", "surface": 61, "etage": 3, "ascenseur": "oui",
        "loyer": 741, "charges": 100, "loyer_charges_comprises": 841, "financement": "PLS", "dpe": "C",
        "date_limite": limite, "description": "Rue calme ; cour arborée.",
    }  # fmt: skip
    return base | cellules


def en_csv(lignes: Iterable[dict[str, Any]], separateur: str = ";", encodage: str = "utf-8") -> bytes:
    lignes = list(lignes)
    sortie = io.StringIO(newline="")
    ecrivain = csv.DictWriter(sortie, lignes[0].keys(), delimiter=separateur)
    ecrivain.writeheader()
    ecrivain.writerows({c: f"{v:%d/%m/%Y}" if isinstance(v, date) else v for c, v in une.items()} for une in lignes)
    return sortie.getvalue().encode(encodage)


def en_xlsx(lignes: Iterable[dict[str, Any]]) -> bytes:
    lignes = list(lignes)
    classeur = Workbook(write_only=True)
    feuille = classeur.create_sheet("Offres")
    feuille.append(list(lignes[0]))
    for une in lignes:
        feuille.append(list(une.values()))
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def en_json(lignes: Iterable[dict[str, Any]]) -> bytes:
    return json.dumps(list(lignes), default=str, ensure_ascii=False).encode()


FORMATS = {"csv": en_csv, "xlsx": en_xlsx, "json": en_json}


def importer(contenu: bytes, *, bailleur: Bailleur | None = None, **choix: Any) -> ImportOffres:
    """The whole way of a file, as the worker goes it."""
    par_lot = choix.pop("par_lot", 500)
    options = {"a_blanc": False, "par": None} | choix
    depot = deposer(contenu, "offres.csv", bailleur=bailleur or BailleurFactory(), **options)
    derouler(depot.pk, par_lot)
    depot.refresh_from_db()
    return depot


def comptes(depot: ImportOffres) -> dict[str, int]:
    """The issues that some row came to."""
    return {quoi: nombre for quoi, nombre in depot.comptes if nombre}


def refus(depot: ImportOffres) -> list[str]:
    return [f"ligne {une.numero}, {une.detail}" for une in depot.lignes.filter(issue="refusee")]
