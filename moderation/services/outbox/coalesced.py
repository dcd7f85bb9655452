"""Run an action in one thread of a process, however many threads ask for it at once."""

from collections.abc import Callable
from threading import Event, Lock


class Coalesced:
    """Runs an action, unless it runs already. Then it is repeated before that run ends, once for all."""

    def __init__(self, action: Callable[[], object]) -> None:
        self._action = action
        self._running = Lock()
        self._is_asked = Event()

    def __call__(self) -> None:
        """Run the action, or leave it to the thread that does."""
        self.ask()
        while self._is_asked.is_set() and self._running.acquire(blocking=False):
            try:
                self._is_asked.clear()
                self._action()
            finally:
                self._running.release()

    def ask(self) -> bool:
        """Let a thread that runs the action repeat it. Returns whether there is one."""
        self._is_asked.set()
        return self._running.locked()
