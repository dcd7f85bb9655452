"""The schedule of periodic tasks, which run without a nudge."""

from typing import Any

from moderation.broker import (
    APPLY,
    BACKUP,
    BEAT,
    CHECK_INSTALLS,
    CLEAN_UP,
    DELIVER,
    DRAIN,
    POLL,
    RECHECK,
    SEND_MAIL,
    TALLY,
)

SWEEP_SECONDS = 3
RECHECK_SECONDS = 5
INSTALL_SECONDS = 2  # an admin waits for it
APPLY_SECONDS = 1
MAIL_SECONDS = 5
BACKUP_SECONDS = 60
"""How often the worker looks whether a backup is due."""
DELIVER_SECONDS = 2
POLL_SECONDS = 1  # an editor who pressed a button waits for it

_SHORTEST_LIFE_SECONDS = 10
"""On a machine that is short of processors a worker takes a task seconds late."""


def _every(seconds: int, task: str) -> dict[str, Any]:
    """Return an entry of the schedule. A task that no worker takes expires: later ones do its work."""
    expires = max(seconds, _SHORTEST_LIFE_SECONDS)
    return {"task": task, "schedule": seconds, "options": {"expires": expires}}


SCHEDULE = {
    # Finds messages whose nudge was lost, and messages whose pause has ended.
    "sweep": _every(SWEEP_SECONDS, DRAIN),
    "send-mail": _every(MAIL_SECONDS, SEND_MAIL),
    "deliver": _every(DELIVER_SECONDS, DELIVER),
    "poll": _every(POLL_SECONDS, POLL),
    "recheck": _every(RECHECK_SECONDS, RECHECK),
    "check-installs": _every(INSTALL_SECONDS, CHECK_INSTALLS),
    "apply": _every(APPLY_SECONDS, APPLY),
    "tally": _every(30, TALLY),
    "heartbeat": _every(5, BEAT),
    "backup": _every(BACKUP_SECONDS, BACKUP),
    "clean-up": _every(3600, CLEAN_UP),
}
