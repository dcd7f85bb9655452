"""Times for telling people: digests per hour or day, and quiet hours, in a time zone."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


def digest_time(now: datetime, since: datetime, when: str, hour: int, zone: str) -> datetime:
    """Return `now` if something waits since the last hour of a digest, else the next one.

    `when` is `hourly`, or `daily` at an hour. What comes after the digest of an hour waits for the next, and
    a digest that could not be sent at its hour is sent later.
    """
    local = now.astimezone(ZoneInfo(zone))
    slot = local.replace(minute=0, second=0, microsecond=0)
    step = timedelta(hours=1)
    if when == "daily":
        slot, step = slot.replace(hour=hour), timedelta(days=1)
    if slot > local:
        slot -= step
    return now if since <= slot else (slot + step).astimezone(now.tzinfo)


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
