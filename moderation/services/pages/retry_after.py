"""The pause that a host asks for."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def seconds_to_wait(value: str | None, now: datetime | None = None) -> float:
    """Seconds to wait, of a Retry-After header: a number or a date; 0 without one."""
    if not value:
        return 0.0
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - (now or datetime.now(UTC))).total_seconds())
    except (OverflowError, TypeError, ValueError):
        return 0.0
