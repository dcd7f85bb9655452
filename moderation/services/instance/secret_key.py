"""Notice that SECRET_KEY is not the key that this database was used with.

With another key readers' receipts stop working, editors are signed out, and their two-factor codes cannot be
decrypted. The database keeps a fingerprint of the key, from which the key cannot be computed. rotate_key.py
moves a database to another key.
"""

import hashlib
import hmac
from typing import Literal

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from moderation.models import Instance
from moderation.secret_keys import SecretKeys

KeyState = Literal["expected", "to_rotate", "unknown"]
"""`to_rotate`: the database was used with one of the fallbacks so far."""

CHANGED = (
    "SECRET_KEY is not the one that this database was used with: readers' receipts and editors' two-factor "
    "codes do not work. Set the old key again, or put it into SECRET_KEY_FALLBACKS and run `corrigenda "
    "secret rotate`. If the old key is lost, keep the new one with `corrigenda db accept-secret-key`"
)
TO_ROTATE = "the database still uses a key of SECRET_KEY_FALLBACKS: run `corrigenda secret rotate`"


def fingerprint(secret_key: str) -> str:
    """Return a short digest of the key, in hex."""
    return hmac.digest(secret_key.encode(), b"corrigenda secret key", hashlib.sha256).hex()[:32]


def key_state(session: Session, secret_keys: SecretKeys) -> KeyState:
    """Return whether the database was used with the current key (or with none), a fallback, or another."""
    instance = session.get(Instance, 1)
    if instance is None or _is_of(instance, secret_keys.current):
        return "expected"
    is_fallback = any(_is_of(instance, fallback) for fallback in secret_keys.fallbacks)
    return "to_rotate" if is_fallback else "unknown"


def key_problem(session: Session, secret_keys: SecretKeys) -> str | None:
    """Return the error of the keys, and its remedy; None without an error."""
    state = key_state(session, secret_keys)
    return {"expected": None, "to_rotate": TO_ROTATE, "unknown": CHANGED}[state]


def remember_first_key(session: Session, secret_keys: SecretKeys) -> None:
    """Store the fingerprint of the current key if the database has none."""
    session.execute(
        insert(Instance)
        .values(id=1, secret_key_fingerprint=fingerprint(secret_keys.current))
        .on_conflict_do_nothing(index_elements=[Instance.id])
    )
    session.commit()


def accept_key(session: Session, secret_key: str) -> None:
    """Replace the stored fingerprint with that of this key. The caller's transaction ends."""
    session.merge(Instance(id=1, secret_key_fingerprint=fingerprint(secret_key)))
    session.commit()


def _is_of(instance: Instance, secret_key: str) -> bool:
    return hmac.compare_digest(instance.secret_key_fingerprint, fingerprint(secret_key))
