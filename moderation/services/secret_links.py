"""Tokens of secret links: an id and a keyed digest of it.

Tokens are computed and not stored. The same id always has the same token. A copy of the database is not
enough to compute one.
"""

import base64
import binascii
from typing import Literal
from uuid import UUID

from moderation.secret_keys import SecretKeys

Purpose = Literal["receipt", "invitation", "reset", "email", "unsubscribe"]

_ID_BYTES = 16
_MAC_BYTES = 16


class UnknownToken(LookupError):
    """The token is not ours, or has another purpose."""


def make_token(secret_keys: SecretKeys, purpose: Purpose, id_: UUID) -> str:
    """Return the id's token for this purpose."""
    mac = secret_keys.digest(_message(purpose, id_.bytes))[:_MAC_BYTES]
    return base64.urlsafe_b64encode(id_.bytes + mac).decode().rstrip("=")


def read_token(secret_keys: SecretKeys, purpose: Purpose, token: str) -> UUID:
    """Return the id of a token. Raises UnknownToken."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError):
        raise UnknownToken from None
    id_, mac = raw[:_ID_BYTES], raw[_ID_BYTES:]
    is_whole = (len(id_), len(mac)) == (_ID_BYTES, _MAC_BYTES)
    if not is_whole or not secret_keys.is_digest(_message(purpose, id_), mac):
        raise UnknownToken
    return UUID(bytes=id_)


def _message(purpose: Purpose, id_: bytes) -> bytes:
    return purpose.encode() + b" " + id_
