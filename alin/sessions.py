"""Sessions in the database, encrypted: Django only signs them.

For a while a session holds a password link that was opened, the secret of an application being paired, sentences that
name people and amounts (« Mettre à jour »). None of it can be read in a table or in a backup without ALIN_CLE_SECRETE.
"""

import base64
import hashlib
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.sessions.backends import db
from django.core.signing import JSONSerializer


@cache
def coffre(cle: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"alin.sessions:" + cle.encode()).digest()))


class SessionStore(db.SessionStore):
    """The name that SESSION_ENGINE looks for."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        return coffre(settings.SECRET_KEY).encrypt(JSONSerializer().dumps(session_dict)).decode()

    def decode(self, session_data: str | bytes) -> dict[str, Any]:
        """Empty when it was written with another key, or before this: the person signs in again."""
        donnees = session_data.encode() if isinstance(session_data, str) else session_data
        try:
            contenu: dict[str, Any] = JSONSerializer().loads(coffre(settings.SECRET_KEY).decrypt(donnees))
        except InvalidToken:
            return {}
        return contenu
