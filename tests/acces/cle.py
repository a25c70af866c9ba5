"""A passkey, without a browser: what the authenticator of a telephone sends when it is added."""

import hashlib
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData


def cle_d_acces(hote: str) -> dict[str, Any]:
    """What a passkey that answers for this host leaves with us when it is added."""
    identifiant, publique = (
        b"0123456789abcdef",
        ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key()),
    )
    piece = AttestedCredentialData.create(Aaguid.NONE, identifiant, publique)
    presence = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    donnees = AuthenticatorData.create(hashlib.sha256(hote.encode()).digest(), presence, 0, piece)
    client = CollectedClientData.create("webauthn.create", b"defi", f"https://{hote}")
    return {
        "id": websafe_encode(identifiant),
        "rawId": websafe_encode(identifiant),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(client),
            "attestationObject": websafe_encode(AttestationObject.create("none", donnees, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
