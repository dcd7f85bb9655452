"""Logarithmic duration histogram: buckets grow by 5 %, so a median is within 5 %."""

import math
from bisect import bisect_right
from collections.abc import Mapping

_GROWTH = 1.05
_LAST = 400
"""The last bucket begins at nine years."""

BOUNDS: tuple[float, ...] = tuple(_GROWTH**number - 1 for number in range(1, _LAST + 1))
"""Lower bounds of buckets 1, 2, … in seconds. Bucket 0 has shorter durations. SQL uses the same bounds."""


def bucket(seconds: float) -> int:
    """Return the bucket number of a duration, as PostgreSQL's width_bucket(seconds, BOUNDS) does."""
    return bisect_right(BOUNDS, seconds)


def median(counts: Mapping[int, int]) -> float | None:
    """Return the median, in seconds, of durations counted by bucket; None without durations."""
    left = sum(counts.values()) / 2
    for number in sorted(counts):
        left -= counts[number]
        if left <= 0:
            return _middle(number)
    return None


HOUR, DAY = 3600, 86400
RANGES: tuple[float, ...] = (HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY)
"""Ends of the ranges that people read, in seconds. The last range has no end."""


def distribute(counts: Mapping[int, int]) -> list[int]:
    """Return how many durations, counted by bucket, are in each range. One more than RANGES."""
    found = [0] * (len(RANGES) + 1)
    for number, count in counts.items():
        found[bisect_right(RANGES, _middle(number))] += count
    return found


def _middle(number: int) -> float:
    return math.expm1((number + 0.5) * math.log(_GROWTH))
