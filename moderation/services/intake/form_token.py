"""The token in a report form: proves that this reader opened the form of this site, and when.

It serves readers without scripts and without cookies: it stands for a CSRF token and slows machines down.
"""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer

SHORTEST = timedelta(seconds=2)
"""Nobody reads and fills in the form faster."""
SHORTEST_INSTEAD_OF_PROOF = timedelta(seconds=10)
"""On sites that ask for a proof of work, which needs scripts: waiting is the price without them."""
VALID = timedelta(hours=24)


class FormExpired(ValueError):
    """The token is not ours, for another site or reader, too old, or was used before."""


class TooFast(ValueError):
    """The form was sent sooner after it was opened than a person can."""


def make_form_token(secret_key: str, site_id: UUID, reader_hash: bytes, now: datetime) -> str:
    """A token for one form that is opened now."""
    fields = [now.timestamp(), site_id.hex, reader_hash.hex(), secrets.token_hex(8)]
    return str(_signer(secret_key).dumps(fields))


def check_form_token(
    secret_key: str, token: str, site_id: UUID, reader_hash: bytes, now: datetime, *, shortest: timedelta
) -> str:
    """Check that this reader opened this form, and answer its name. Raises FormExpired, TooFast.

    The caller uses the name up (see single_use.py). The token's text is no name: base64 has several texts
    for the same bytes.
    """
    try:
        opened, site, reader, nonce = _signer(secret_key).loads(token)
    except (BadData, ValueError, TypeError):
        raise FormExpired from None
    age = now.timestamp() - opened
    if (site, reader) != (site_id.hex, reader_hash.hex()) or age > VALID.total_seconds():
        raise FormExpired
    if age < shortest.total_seconds():
        raise TooFast
    return f"form {nonce}"


def _signer(secret_key: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret_key, salt="report form 2")
