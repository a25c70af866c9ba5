"""The portal's own settings, plus two pages to compare with and a count of what each page asks of the database."""

from typing import Any

from alin.settings import *  # noqa: F403
from alin.settings import MIDDLEWARE, TEMPLATES

ROOT_URLCONF = "tests.charge.adresses"
MIDDLEWARE = ["tests.charge.adresses.compter", *MIDDLEWARE]

# The same templates, their tag that asks the database answering from memory (`render(…, using="memoire")`).
DE_MEMOIRE = {"adresses": "tests.charge.etiquettes_adresses"}
PORTAIL: dict[str, Any] = TEMPLATES[0]
TEMPLATES = [
    PORTAIL,
    {**PORTAIL, "NAME": "memoire", "OPTIONS": {**PORTAIL["OPTIONS"], "libraries": DE_MEMOIRE}},
]
