"""Let one thread of a process drain the outbox.

Each nudge and each sweep asks for a drain. Two threads would wait for each other's pages and for Python's
lock, make smaller batches, and place fewer reports than one. Another process can drain at the same time.
"""

from collections.abc import Callable
from threading import Event, Lock


class Drains:
    """Runs a drain, unless one runs. Then that one is repeated before it ends, whatever it has seen."""

    def __init__(self, drain: Callable[[], object]) -> None:
        self._drain = drain
        self._running = Lock()
        self._is_asked = Event()

    def __call__(self) -> None:
        """Drain, or leave it to the thread that does."""
        self._is_asked.set()
        while self._is_asked.is_set() and self._running.acquire(blocking=False):
            try:
                self._is_asked.clear()
                self._drain()
            finally:
                self._running.release()
