"""The web application, as granian serves it."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alin.settings")

if not os.environ.get("ALIN_CLE_SECRETE"):
    raise ImproperlyConfigured("ALIN_CLE_SECRETE manque : voir docs/exploitation.md.")

application = get_wsgi_application()
