"""Wait for nudges that are sent behind the answers."""

import threading

from moderation.web.background_nudge import NUDGES


def await_nudges() -> None:
    """Wait until no nudge of this process is on its way."""
    for thread in threading.enumerate():
        if thread.name == NUDGES:
            thread.join(30)
