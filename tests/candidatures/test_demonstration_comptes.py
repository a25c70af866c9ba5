"""The accounts of the demonstration, as they are written down, and the command that tells them."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from candidatures.demonstration.comptes import COMPTES, DEMANDEURS, MOT_DE_PASSE, SOCIETES
from demandes.sne.simulateur.personnes import (
    ATELIERS_VAUBAN,
    CLINIQUES_DU_RHONE,
    NUMEROS_DES_COMPTES,
    TRANSPORTS_LOIRE_OCEAN,
    personnes,
)


def test_the_companies_are_those_of_the_registry() -> None:
    attendues = [ATELIERS_VAUBAN, TRANSPORTS_LOIRE_OCEAN, CLINIQUES_DU_RHONE]
    assert [(societe.nom, societe.siret) for societe in SOCIETES] == attendues


def test_the_accounts_are_the_people_whom_the_registry_keeps_for_them() -> None:
    registre = {dossier.num_unique: dossier for dossier in personnes(timezone.localdate())}
    comptes = {compte.numero: compte.email for compte in DEMANDEURS if compte.numero}
    assert sorted(comptes) == sorted(NUMEROS_DES_COMPTES)
    assert comptes == {numero: registre[numero].demandeur.mel for numero in NUMEROS_DES_COMPTES}


def test_a_line_of_the_table_fits_a_terminal() -> None:
    assert max(len(compte.a_voir) for compte in COMPTES) <= 70


@pytest.mark.django_db
def test_without_the_reference_data_the_command_says_what_to_do() -> None:
    with pytest.raises(CommandError, match="charger_reference"):
        call_command("charger_demo", stdout=StringIO())


def test_the_accounts_can_be_told_without_a_database() -> None:
    sortie = StringIO()
    call_command("charger_demo", "--comptes", stdout=sortie)
    for compte in COMPTES:
        assert compte.email in sortie.getvalue()
        assert compte.a_voir in sortie.getvalue()
    assert MOT_DE_PASSE in sortie.getvalue()


def test_the_readme_lists_every_account_and_no_other() -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text()
    assert re.findall(r"^\| `(\S+@\S+)` \| (.+) \|$", readme, re.MULTILINE) == [(c.email, c.a_voir) for c in COMPTES]
    assert MOT_DE_PASSE in readme
