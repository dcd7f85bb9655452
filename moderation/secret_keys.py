"""The instance's secret key, and earlier keys that it replaced.

Everything new is signed, hashed and encrypted with the current key. What an earlier key made stays valid as
long as that key is among the fallbacks. docs/operate.md describes the rotation.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class SecretKeys:
    """The current key (SECRET_KEY) and the earlier ones (SECRET_KEY_FALLBACKS). A repr shows none."""

    current: str = field(repr=False)
    fallbacks: tuple[str, ...] = field(default=(), repr=False)

    def __iter__(self) -> Iterator[str]:
        """Iterate over all keys, the current one first."""
        yield self.current
        yield from self.fallbacks

    def oldest_first(self) -> list[str]:
        """Return all keys in the order of itsdangerous, which signs with the last one."""
        return [*reversed(self.fallbacks), self.current]

    def digest(self, message: bytes) -> bytes:
        """Return the keyed digest (HMAC-SHA-256) of a message."""
        return _hmac(self.current, message)

    def is_digest(self, message: bytes, digest: bytes) -> bool:
        """Return whether this is the message's digest, or its beginning, with one of the keys."""
        expected = (_hmac(key, message)[: len(digest)] for key in self)
        return bool(digest) and any(hmac.compare_digest(digest, right) for right in expected)

    def derive(self, purpose: str) -> list[bytes]:
        """Return a key of 32 bytes for a purpose from each key, the current one's first."""
        return [_hmac(key, purpose.encode()) for key in self]


def _hmac(key: str, message: bytes) -> bytes:
    return hmac.digest(key.encode(), message, hashlib.sha256)
