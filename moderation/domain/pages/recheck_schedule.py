"""Recheck schedule: soon after a decision, then at growing intervals, for a month."""

from datetime import datetime, timedelta

FIRST_CHECK = timedelta(minutes=2)
_LONGEST = timedelta(days=1)
KEPT_UP = timedelta(days=30)


def next_check(checks: int, now: datetime, since: datetime) -> datetime | None:
    """Return the time of the next check after `checks` checks; None if `since` is too long ago."""
    pause = min(FIRST_CHECK * 2 ** min(checks, 20), _LONGEST)
    return now + pause if now + pause <= since + KEPT_UP else None
