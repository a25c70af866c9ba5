"""The portal's own settings, plus two pages to compare with and a count of what each page asks of the database."""

from alin.settings import *  # noqa: F403
from alin.settings import MIDDLEWARE

ROOT_URLCONF = "tests.charge.adresses"
MIDDLEWARE = ["tests.charge.adresses.compter", *MIDDLEWARE]
