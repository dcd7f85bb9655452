"""Bound the threads of a process that drain the outbox at once.

Each nudge and each sweep asks for a drain. Without a bound all threads of a busy worker drain: they wait for
each other's pages, put each other's batches off, and place fewer reports than two.
"""

from collections.abc import Callable
from threading import Event, Semaphore

MOST = 2


class Drains:
    """Runs a drain, unless enough run. Then those that run look once more before they end."""

    def __init__(self, drain: Callable[[], object]) -> None:
        self._drain = drain
        self._places = Semaphore(MOST)
        self._is_asked = Event()

    def __call__(self) -> None:
        """Drain, or leave it to those that do. The next sweep finds what both miss."""
        self._is_asked.set()
        if not self._places.acquire(blocking=False):
            return
        try:
            while self._is_asked.is_set():
                self._is_asked.clear()
                self._drain()
        finally:
            self._places.release()
