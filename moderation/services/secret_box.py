"""Encrypt small secrets in the database with keys derived from the instance's secret keys.

Their columns have the type `Sealed`, so that a change of the secret key finds them.
"""

import base64
from typing import Literal

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from moderation.secret_keys import SecretKeys

Purpose = Literal["totp", "recovery_code", "fetch_header", "subscriber", "cms", "reader_address"]


class CannotOpen(ValueError):
    """The secret was encrypted with another SECRET_KEY."""


def seal(secret_keys: SecretKeys, purpose: Purpose, text: str) -> bytes:
    """Encrypt a text with the current key."""
    return _box(secret_keys, purpose).encrypt(text.encode())


def unseal(secret_keys: SecretKeys, purpose: Purpose, sealed: bytes) -> str:
    """Decrypt a text. Raises CannotOpen."""
    try:
        return _box(secret_keys, purpose).decrypt(sealed).decode()
    except InvalidToken:
        raise CannotOpen(purpose) from None


def reseal(secret_keys: SecretKeys, purpose: str, sealed: bytes) -> bytes:
    """Encrypt a sealed text anew with the current key. Raises CannotOpen."""
    try:
        return _box(secret_keys, purpose).rotate(sealed)
    except InvalidToken:
        raise CannotOpen(purpose) from None


def _box(secret_keys: SecretKeys, purpose: str) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in secret_keys.derive(purpose)])
