"""Notice that SECRET_KEY is not the key that this database was used with.

With another key readers' receipts stop working, editors are signed out, and their two-factor codes cannot be
decrypted. The database keeps a fingerprint of the key, from which the key cannot be computed.
"""

import hashlib
import hmac

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from moderation.models import Instance

CHANGED = (
    "SECRET_KEY is not the one that this database was used with: readers' receipts and editors' two-factor "
    "codes do not work. Set the old key again, or keep the new one with `corrigenda db accept-secret-key`"
)


def fingerprint(secret_key: str) -> str:
    """Return a short digest of the key, in hex."""
    return hmac.digest(secret_key.encode(), b"corrigenda secret key", hashlib.sha256).hex()[:32]


def is_expected_key(session: Session, secret_key: str) -> bool:
    """Return whether the database was used with this key, or with no key yet."""
    instance = session.get(Instance, 1)
    return instance is None or hmac.compare_digest(instance.secret_key_fingerprint, fingerprint(secret_key))


def remember_first_key(session: Session, secret_key: str) -> None:
    """Store the fingerprint if the database has none."""
    session.execute(
        insert(Instance)
        .values(id=1, secret_key_fingerprint=fingerprint(secret_key))
        .on_conflict_do_nothing(index_elements=[Instance.id])
    )
    session.commit()


def accept_key(session: Session, secret_key: str) -> None:
    """Replace the stored fingerprint with that of this key."""
    session.merge(Instance(id=1, secret_key_fingerprint=fingerprint(secret_key)))
    session.commit()
