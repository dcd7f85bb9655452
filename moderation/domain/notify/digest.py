"""Times for telling people: digests per hour or day, and quiet hours, in a time zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_OPEN_FOR = {"hourly": timedelta(minutes=5), "daily": timedelta(minutes=30)}
"""A digest is sent during this time after its hour, in case the worker was away."""


def next_slot(now: datetime, when: str, hour: int, zone: str) -> datetime:
    """Return `now` if it is time for a digest (`hourly`, or `daily` at an hour), else the next time."""
    local = now.astimezone(ZoneInfo(zone))
    slot = local.replace(minute=0, second=0, microsecond=0)
    step = timedelta(hours=1)
    if when == "daily":
        slot, step = slot.replace(hour=hour), timedelta(days=1)
    if timedelta(0) <= local - slot < _OPEN_FOR[when]:
        return now
    return (slot if slot > local else slot + step).astimezone(now.tzinfo)


def quiet_until(now: datetime, start: int | None, end: int | None, zone: str) -> datetime | None:
    """Return the end of the quiet hours if it is quiet now. They can go over midnight."""
    if start is None or end is None or start == end:
        return None
    local = now.astimezone(ZoneInfo(zone))
    hour = local.hour
    if not (start <= hour < end if start < end else hour >= start or hour < end):
        return None
    until = local.replace(hour=end, minute=0, second=0, microsecond=0)
    return (until if until > local else until + timedelta(days=1)).astimezone(now.tzinfo)
