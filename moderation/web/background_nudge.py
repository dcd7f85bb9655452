"""Send nudges in a separate thread: the answer to a reader does not wait for Redis."""

import threading
import time
from collections.abc import Callable

from moderation.services.outbox.coalesced import Coalesced

NUDGES = "nudges"
"""The name of the thread."""
_PAUSE_SECONDS = 0.02
"""After a nudge. Reports that are stored meanwhile share the next one."""


class BackgroundNudge:
    """Sends nudges after the answers. A nudge that is lost with its process is replaced by the sweep."""

    def __init__(self, nudge: Callable[[], None]) -> None:
        self._nudge = nudge
        self._send = Coalesced(self._nudge_and_pause)

    def __call__(self) -> None:
        """Ask for a nudge, without waiting for it."""
        if not self._send.ask():
            threading.Thread(target=self._send, name=NUDGES, daemon=True).start()

    def _nudge_and_pause(self) -> None:
        self._nudge()
        time.sleep(_PAUSE_SECONDS)
