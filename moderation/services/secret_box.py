"""Encrypt small secrets in the database with keys derived from the instance's secret key."""

import base64
import hashlib
import hmac
from typing import Literal

from cryptography.fernet import Fernet, InvalidToken

Purpose = Literal["totp", "fetch_header", "subscriber"]


class CannotOpen(ValueError):
    """The secret was encrypted with another SECRET_KEY."""


def seal(secret_key: str, purpose: Purpose, text: str) -> bytes:
    """Encrypt a text."""
    return _box(secret_key, purpose).encrypt(text.encode())


def unseal(secret_key: str, purpose: Purpose, sealed: bytes) -> str:
    """Decrypt a text. Raises CannotOpen."""
    try:
        return _box(secret_key, purpose).decrypt(sealed).decode()
    except InvalidToken:
        raise CannotOpen(purpose) from None


def _box(secret_key: str, purpose: Purpose) -> Fernet:
    return Fernet(
        base64.urlsafe_b64encode(hmac.digest(secret_key.encode(), purpose.encode(), hashlib.sha256))
    )
