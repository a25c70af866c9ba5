"""Loading the dated tables: ceilings on resources and effort thresholds (offres/donnees/plafonds.csv)."""

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from demandes.reference import a_change
from offres.models import Plafond, SeuilsEffort

FICHIER = Path(__file__).parent / "donnees" / "plafonds.csv"
SEUILS_DU_GUIDE = {"alerte": 33, "blocage": 38}
"""« environ 3 fois le montant du loyer » (guide #0): a third warns; 38 % is a setting, not a law."""


@transaction.atomic
def charger() -> bool:
    """Write the tables, correcting those already there; False if this file is loaded already."""
    if not a_change("plafonds", [FICHIER]):
        return False
    with FICHIER.open(encoding="utf-8", newline="") as fichier:
        Plafond.objects.bulk_create(
            (Plafond(**{**ligne, "verifie": ligne["verifie"] == "1"}) for ligne in csv.DictReader(fichier)),
            update_conflicts=True,
            unique_fields=["financement", "zone", "categorie", "en_vigueur_le"],
            update_fields=["montant", "par_personne_en_plus", "source", "verifie"],
        )
    SeuilsEffort.objects.get_or_create(en_vigueur_le=date(2025, 1, 1), defaults=SEUILS_DU_GUIDE)
    return True
