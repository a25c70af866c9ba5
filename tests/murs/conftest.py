"""One of each secret that passes through the portal, made as the portal makes it, and all that is logged meanwhile.

pytest reads this file before Django is ready: models are imported where they are used.
"""

import io
import logging
import secrets as hasard
from collections.abc import Iterator

import pytest

from alin.journal import Censure, reglages
from tests.murs.secrets_d_essai import BASE, REGISTRE, SMTP, VALKEY


@pytest.fixture
def secrets(db: None) -> dict[str, str]:
    """By name; each is a string that must be found nowhere."""
    from allauth.account.models import EmailAddress, EmailConfirmationHMAC
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from allauth.mfa.totp.internal.auth import generate_totp_secret
    from django.contrib.auth.tokens import default_token_generator
    from django.test import Client

    from tests.factories import UserFactory

    user = UserFactory(deuxieme_facteur=True)
    client = Client()
    client.force_login(user)
    return {
        "mot de passe": "Demo2026alin",
        "code d'import": f"{hasard.randbelow(10**6):06d}",
        "clé d'activation": EmailConfirmationHMAC(EmailAddress.objects.get(user=user)).key,
        "clé de mot de passe": default_token_generator.make_token(user),
        "secret TOTP": generate_totp_secret(),
        "code de secours": RecoveryCodes.activate(user).generate_codes()[0],
        "session": client.session.session_key or "",
        "jeton CSRF": hasard.token_urlsafe(48).replace("-", "a").replace("_", "b"),
        "jeton du registre": hasard.token_urlsafe(32) + "7a",
        "secret du registre": REGISTRE,
        "mot de passe SMTP": SMTP,
        "mot de passe de la base": BASE,
        "mot de passe de Valkey": VALKEY,
        "adresse e-mail": "anne.porte@yopmail.com",
        "numéro unique": "111092062114ACLOG",
        "NIR": "289057512345678",
    }


@pytest.fixture
def ecrit() -> Iterator[io.StringIO]:
    """All that is logged while the test runs, by a handler made of the settings' own pieces."""
    journal = reglages("DEBUG", [SMTP, BASE, REGISTRE, VALKEY])
    flux = io.StringIO()
    sortie = logging.StreamHandler(flux)
    sortie.addFilter(Censure(journal["filters"]["censure"]["secrets"]))
    sortie.setFormatter(logging.Formatter(journal["formatters"]["ligne"]["format"], style="{"))
    racine = logging.getLogger()
    niveau = racine.level
    racine.addHandler(sortie)
    racine.setLevel(logging.DEBUG)
    yield flux
    racine.removeHandler(sortie)
    racine.setLevel(niveau)
