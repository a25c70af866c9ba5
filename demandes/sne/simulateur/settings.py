"""The settings of the registry's simulator, read from the environment (docs/registre.md)."""

import os
from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from psycopg.conninfo import conninfo_to_dict

django_stubs_ext.monkeypatch()

ICI = Path(__file__).resolve().parent


def base_de_donnees(url: str) -> dict[str, Any]:
    """The DATABASES entry for a PostgreSQL address."""
    morceaux = conninfo_to_dict(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": morceaux.pop("dbname", "sne"),
        "USER": morceaux.pop("user", ""),
        "PASSWORD": morceaux.pop("password", ""),
        "HOST": morceaux.pop("host", ""),
        "PORT": morceaux.pop("port", ""),
        "OPTIONS": morceaux,
    }


DEBUG = False
SECRET_KEY = os.environ.get("ALIN_CLE_SECRETE", "")
ALLOWED_HOSTS = os.environ.get("ALIN_HOTES", "localhost,127.0.0.1").split(",")
SNE_CLIENT = os.environ.get("ALIN_SNE_CLIENT", "alin")
SNE_SECRET = os.environ.get("ALIN_SNE_SECRET", "")
ADRESSE = os.environ.get("ALIN_ADRESSE", "").rstrip("/")
"""The portal's address, under the name that it has there; empty hides the links to it."""

DATABASES = {"default": base_de_donnees(os.environ.get("SNE_DATABASE_URL", "postgresql://sne@localhost/sne"))}
INSTALLED_APPS = ["demandes.sne.simulateur.apps.SimulateurConfig", "django.contrib.staticfiles", "django.forms", "csp"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "demandes.sne.simulateur.pannes.PannesMiddleware",
]
ROOT_URLCONF = "demandes.sne.simulateur.urls"
WSGI_APPLICATION = "demandes.sne.simulateur.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ICI / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "demandes.sne.simulateur.contexte.commun",
            ],
            "builtins": ["demandes.sne.simulateur.templatetags.registre"],
        },
    }
]

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/statique/"
WHITENOISE_USE_FINDERS = True

# The portal and the simulator often share a host name, and cookies know no port.
CSRF_COOKIE_NAME = "registre_csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ligne": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "ligne"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
