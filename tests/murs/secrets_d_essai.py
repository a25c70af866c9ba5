"""The secrets of the tests that only their value makes known, and how to look for any of them."""

from urllib.parse import quote

SMTP, BASE, REGISTRE, VALKEY = "motdepasse smtp", "motdepasse/base", "secretduregistre", "motdepasse@valkey"
"""Those of the installation, whatever they look like."""


def trouves(secrets: dict[str, str], *textes: str) -> list[str]:
    """The names of the secrets that can be read in these texts."""
    return [
        nom
        for nom, secret in secrets.items()
        if any(ecriture in texte for texte in textes for ecriture in (secret, quote(secret), quote(secret, safe="")))
    ]
