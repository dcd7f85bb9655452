"""Tokens of secret links: an id and a keyed digest of it.

Tokens are computed and not stored. The same id always has the same token. A copy of the database is not
enough to compute one.
"""

import base64
import binascii
import hashlib
import hmac
from typing import Literal
from uuid import UUID

Purpose = Literal["receipt", "invitation", "reset", "email"]

_ID_BYTES = 16
_MAC_BYTES = 16


class UnknownToken(LookupError):
    """The token is not ours, or has another purpose."""


def make_token(secret_key: str, purpose: Purpose, id_: UUID) -> str:
    """Return the id's token for this purpose."""
    return base64.urlsafe_b64encode(id_.bytes + _mac(secret_key, purpose, id_.bytes)).decode().rstrip("=")


def read_token(secret_key: str, purpose: Purpose, token: str) -> UUID:
    """Return the id of a token. Raises UnknownToken."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        raise UnknownToken from None
    id_, mac = raw[:_ID_BYTES], raw[_ID_BYTES:]
    if len(id_) != _ID_BYTES or not hmac.compare_digest(mac, _mac(secret_key, purpose, id_)):
        raise UnknownToken
    return UUID(bytes=id_)


def _mac(secret_key: str, purpose: Purpose, id_: bytes) -> bytes:
    return hmac.digest(secret_key.encode(), purpose.encode() + b" " + id_, hashlib.sha256)[:_MAC_BYTES]
