"""The schedule of periodic tasks, which run without a nudge."""

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

SCHEDULE = {
    # Finds messages whose nudge was lost, and messages whose pause has ended.
    "sweep": {"task": DRAIN, "schedule": SWEEP_SECONDS, "options": {"expires": SWEEP_SECONDS * 2}},
    "send-mail": {"task": SEND_MAIL, "schedule": MAIL_SECONDS, "options": {"expires": MAIL_SECONDS}},
    "deliver": {"task": DELIVER, "schedule": DELIVER_SECONDS, "options": {"expires": DELIVER_SECONDS * 2}},
    "poll": {"task": POLL, "schedule": POLL_SECONDS, "options": {"expires": POLL_SECONDS * 2}},
    "recheck": {"task": RECHECK, "schedule": RECHECK_SECONDS, "options": {"expires": RECHECK_SECONDS}},
    "check-installs": {
        "task": CHECK_INSTALLS,
        "schedule": INSTALL_SECONDS,
        "options": {"expires": INSTALL_SECONDS * 2},
    },
    "apply": {"task": APPLY, "schedule": APPLY_SECONDS, "options": {"expires": APPLY_SECONDS}},
    "tally": {"task": TALLY, "schedule": 30, "options": {"expires": 30}},
    "heartbeat": {"task": BEAT, "schedule": 5, "options": {"expires": 5}},
    "backup": {"task": BACKUP, "schedule": BACKUP_SECONDS, "options": {"expires": BACKUP_SECONDS}},
    "clean-up": {"task": CLEAN_UP, "schedule": 3600, "options": {"expires": 3600}},
}
