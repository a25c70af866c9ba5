"""What `manage.py check --deploy` and the start refuse."""

import os
import subprocess
import sys

import pytest

from alin.embarque.dossiers import RACINE

PRODUCTION = {
    "ALIN_CLE_SECRETE": "kX3v-9bQ2_zLr8wT6yUe1nPa5sDf7gHj0cMiOqVtBxWkRlEoZuYpAhGd",
    "ALIN_ADRESSE": "https://alin.example",
    "ALIN_HOTES": "alin.example",
    "ALIN_SNE_SECRET": "secret",
}


def manage(*mots: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environnement = {
        cle: valeur for cle, valeur in os.environ.items() if not cle.startswith(("ALIN_", "DJANGO_", "DATABASE_"))
    }
    return subprocess.run(
        [sys.executable, *mots],
        cwd=RACINE,
        env={**environnement, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def verifier(**variables: str) -> subprocess.CompletedProcess[str]:
    return manage("manage.py", "check", "--deploy", "--fail-level", "WARNING", **{**PRODUCTION, **variables})


def test_a_production_environment_passes_without_a_word():
    resultat = verifier()
    assert resultat.returncode == 0, resultat.stderr


@pytest.mark.parametrize(
    ("variables", "phrase"),
    [
        ({"ALIN_DEMO": "1"}, "elle ne se déploie pas"),
        ({"ALIN_SNE_SECRET": ""}, "ALIN_SNE_SECRET manque"),
        ({"ALIN_CLE_SECRETE": "courte"}, "ALIN_CLE_SECRETE est trop faible"),
        ({"ALIN_CLE_SECRETE": "ab" * 40}, "ALIN_CLE_SECRETE est trop faible"),
        ({"ALIN_DEBUG": "peut-être"}, "ALIN_DEBUG doit valoir 1 ou 0"),
    ],
)
def test_what_may_not_be_deployed_is_refused_with_its_reason(variables: dict[str, str], phrase: str):
    resultat = verifier(**variables)
    assert resultat.returncode != 0
    assert phrase in resultat.stderr


def test_the_portal_does_not_start_without_its_secret_key():
    resultat = manage("-c", "import alin.wsgi", **{**PRODUCTION, "ALIN_CLE_SECRETE": ""})
    assert resultat.returncode != 0
    assert "ALIN_CLE_SECRETE manque" in resultat.stderr


def test_the_mailbox_is_not_routed_outside_the_demo():
    programme = "import django; django.setup(); from django.urls import resolve; resolve('/demo/courriels/')"
    resultat = manage("-c", programme, **PRODUCTION, DJANGO_SETTINGS_MODULE="alin.settings")
    assert "Resolver404" in resultat.stderr
