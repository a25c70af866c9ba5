"""What the settings read from the environment. A variable that cannot be understood stops the start."""

import os
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

VARIABLES_OUI = {"1", "oui", "true", "vrai"}
VARIABLES_NON = {"", "0", "non", "false", "faux"}


def oui(nom: str, defaut: str = "") -> bool:
    """A yes/no variable; anything else stops the start rather than being guessed."""
    valeur = os.environ.get(nom, defaut).lower()
    if valeur in VARIABLES_OUI:
        return True
    if valeur in VARIABLES_NON:
        return False
    raise ImproperlyConfigured(f"{nom} doit valoir 1 ou 0, pas « {valeur} ».")


def cle_secrete() -> str:
    """Sessions, password links and the registry's codes all rest on it: a weak one stops the start."""
    cle = os.environ.get("ALIN_CLE_SECRETE", "")
    if cle and (len(cle) < 50 or len(set(cle)) < 10):
        raise ImproperlyConfigured("ALIN_CLE_SECRETE est trop faible : il faut au moins 50 caractères tirés au hasard.")
    return cle


def liste(nom: str, defaut: str) -> list[str]:
    return [mot.strip() for mot in os.environ.get(nom, defaut).split(",") if mot.strip()]


def base_de_donnees(url: str) -> dict[str, Any]:
    """The DATABASES entry for a PostgreSQL address (a socket folder is given as `?host=`)."""
    try:
        morceaux = conninfo_to_dict(url)
    except ProgrammingError:  # which quotes the address, password included
        raise ImproperlyConfigured("DATABASE_URL n'est pas une adresse PostgreSQL qui se lise.") from None
    # What alin.preparees asks again is prepared, under one plan. Django's own queries never are.
    morceaux |= {
        "prepare_threshold": 1,
        "options": f"{morceaux.get('options', '')} -c plan_cache_mode=force_generic_plan",
    }
    taille = int(os.environ.get("ALIN_CONNEXIONS", "0"))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": morceaux.pop("dbname", "alin"),
        "USER": morceaux.pop("user", ""),
        "PASSWORD": morceaux.pop("password", ""),
        "HOST": morceaux.pop("host", ""),
        "PORT": morceaux.pop("port", ""),
        "OPTIONS": {**morceaux, "pool": {"min_size": 1, "max_size": taille, "timeout": 10}} if taille else morceaux,
    }
