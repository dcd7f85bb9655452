"""Supervisor: restarts child processes that die, and stops them in reverse order."""

import signal
import time
from collections.abc import Callable, Sequence

from moderation.standalone.process import Child

_LONGEST_PAUSE = 30.0
_HEALTHY_SECONDS = 60.0
_TICK_SECONDS = 0.1


class Supervisor:
    """Keeps children running until a signal.

    `say` prints one line for the operator. `tend` is called again and again meanwhile.
    """

    def __init__(
        self, children: Sequence[Child], say: Callable[[str], None], tend: Callable[[], None] = lambda: None
    ) -> None:
        self._children = children
        self._say = say
        self._tend = tend
        # No Event: its lock is not reentrant, and the handler runs in the thread that waits for it.
        self._stopping = False
        self._due: dict[str, float] = {}

    def listen(self) -> None:
        """Let SIGINT and SIGTERM end `watch`."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._note_signal)

    @property
    def stopping(self) -> bool:
        """Return whether a signal has arrived."""
        return self._stopping

    def watch(self, until: Callable[[], bool] | None = None) -> None:
        """Restart children that die, until a signal arrives or `until` returns True."""
        while True:
            time.sleep(_TICK_SECONDS)
            if self._stopping:
                return
            for child in self._children:
                self._restart_if_dead(child)
            self._tend()
            if until is not None and until():
                return

    def stop(self, children: Sequence[Child]) -> None:
        """Stop these children. All get the signal at once, so their time limits run in parallel."""
        for child in children:
            child.ask_to_stop()
        for child in reversed(children):
            child.stop()

    def _note_signal(self, *_: object) -> None:
        self._stopping = True

    def _restart_if_dead(self, child: Child) -> None:
        now = time.monotonic()
        if child.name in self._due:
            if now >= self._due[child.name]:
                del self._due[child.name]
                child.start()
            return
        died = child.why_dead()
        if died is None:
            return
        if now - child.started > _HEALTHY_SECONDS:
            child.deaths = 0
        pause = min(0.5 * 2**child.deaths, _LONGEST_PAUSE)
        child.deaths += 1
        child.sweep()
        self._due[child.name] = now + pause
        self._say(f"{child.name} stopped ({died}). Restarting in {pause:g} s. Log: {child.log}")
