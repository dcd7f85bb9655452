"""Hash passwords with Argon2id, a few at once.

Each hash takes 64 MiB of memory and all cores for a moment. Anybody can send passwords to the sign-in page,
so the number of hashes at once is bounded.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher

AT_ONCE = 2
PATIENCE = 2.5
"""Seconds to wait for a turn. The request must end within its deadline (web/deadline.py)."""


class TooManyPasswords(Exception):
    """Too many passwords are being checked."""


class BoundedHasher:
    """Hashes and verifies at most `at_once` passwords at the same time. Threads share one."""

    def __init__(self, hasher: PasswordHasher, *, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._hasher = hasher
        self._turns = BoundedSemaphore(at_once)
        self._patience = patience

    def hash(self, password: str) -> str:
        """Return the hash of a password. Raises TooManyPasswords."""
        with self._turn():
            return self._hasher.hash(password)

    def verify(self, hashed: str, password: str) -> bool:
        """Return True if the password fits the hash. Raises VerificationError, TooManyPasswords."""
        with self._turn():
            return self._hasher.verify(hashed, password)

    def check_needs_rehash(self, hashed: str) -> bool:
        """Return whether the hash is weaker than those that are made now."""
        return self._hasher.check_needs_rehash(hashed)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=self._patience):
            raise TooManyPasswords
        try:
            yield
        finally:
            self._turns.release()
