"""Readers, without knowing who they are."""

import hashlib
import hmac
from datetime import date


def reader_hash(secret_key: str, address: str, day: date) -> bytes:
    """16 bytes that stand for one address on one day.

    Keyed, so that nobody can try all addresses; the day is part of it, so that nobody can follow a reader
    from one day to the next. The address itself is stored nowhere.
    """
    message = f"{day.isoformat()} {address}".encode()
    return hmac.digest(secret_key.encode(), b"reader " + message, hashlib.sha256)[:16]
