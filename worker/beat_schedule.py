"""What happens without a nudge."""

from moderation.broker import DRAIN

BEAT = "corrigenda.heartbeat"
CLEAN_UP = "corrigenda.clean_up"
CHECK_PAGES = "corrigenda.check_pages"
TALLY = "corrigenda.tally"
SWEEP_SECONDS = 3
CHECK_SECONDS = 5

SCHEDULE = {
    # Finds what a lost nudge left behind, and messages whose pause is over.
    "sweep": {"task": DRAIN, "schedule": SWEEP_SECONDS, "options": {"expires": SWEEP_SECONDS * 2}},
    "check-pages": {"task": CHECK_PAGES, "schedule": CHECK_SECONDS, "options": {"expires": CHECK_SECONDS}},
    "tally": {"task": TALLY, "schedule": 30, "options": {"expires": 30}},
    "heartbeat": {"task": BEAT, "schedule": 5, "options": {"expires": 5}},
    "clean-up": {"task": CLEAN_UP, "schedule": 3600, "options": {"expires": 3600}},
}
