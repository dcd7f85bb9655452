"""Token in a report form. It proves that this reader opened the form of this site, and when.

It works without scripts and cookies. It replaces a CSRF token and slows down bots.
"""

import secrets
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer

from moderation.secret_keys import SecretKeys

SHORTEST = timedelta(seconds=2)
"""A person needs at least this time to read and fill in the form."""
SHORTEST_INSTEAD_OF_PROOF = timedelta(seconds=10)
"""On sites that require a proof of work: readers without scripts cannot send one and must wait instead."""
VALID = timedelta(hours=24)


class FormExpired(ValueError):
    """The token is not ours, is for another site or reader, is too old, or was used before."""


class TooFast(ValueError):
    """The form was sent faster than a person can fill it in. In `seconds` its token is old enough."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"{seconds} s too early")
        self.seconds = seconds


def make_form_token(secret_keys: SecretKeys, site_id: UUID, reader_hash: bytes, now: datetime) -> str:
    """Make a token for a form that is opened now."""
    fields = [now.timestamp(), site_id.hex, reader_hash.hex(), secrets.token_hex(8)]
    return str(_signer(secret_keys).dumps(fields))


def check_form_token(
    secret_keys: SecretKeys,
    token: str,
    site_id: UUID,
    reader_hash: bytes,
    now: datetime,
    *,
    shortest: timedelta,
) -> str:
    """Check that this reader opened this form, and return the token's name. Raises FormExpired, TooFast.

    The caller must mark the name as used (see single_use.py). The token's text cannot be the name, because
    several base64 texts decode to the same bytes.
    """
    try:
        opened, site, reader, nonce = _signer(secret_keys).loads(token)
    except (BadData, ValueError, TypeError):
        raise FormExpired from None
    age = now.timestamp() - opened
    if (site, reader) != (site_id.hex, reader_hash.hex()) or age > VALID.total_seconds():
        raise FormExpired
    if age < shortest.total_seconds():
        raise TooFast(ceil(shortest.total_seconds() - age))
    return f"form {nonce}"


def _signer(secret_keys: SecretKeys) -> URLSafeSerializer:
    return URLSafeSerializer(secret_keys.oldest_first(), salt="report form 2")
