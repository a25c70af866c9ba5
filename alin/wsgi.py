"""The web application, as granian serves it."""

import os
from typing import Any

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alin.settings")

if not os.environ.get("ALIN_CLE_SECRETE"):
    raise ImproperlyConfigured("ALIN_CLE_SECRETE manque : voir docs/exploitation.md.")


class Requete(WSGIRequest):
    """Everything is read as UTF-8, whatever the header says.

    A charset there makes Django read the query at once, before anything can answer for it: with too many parameters,
    the visitor would get the server's bare 500 instead of our 400.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


class Portail(WSGIHandler):
    request_class = Requete


django.setup(set_prefix=False)
application = Portail()
