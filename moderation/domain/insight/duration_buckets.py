"""Durations counted in buckets that grow by a twentieth: a median within 5 % from any number of them."""

import math
from collections.abc import Mapping

GROWTH = 1.05
LONGEST = 400
"""The last bucket: nine years."""


def bucket(seconds: float) -> int:
    """The bucket that a duration falls into; services/tally.py has PostgreSQL reckon the same."""
    return min(LONGEST, int(math.log1p(max(0.0, seconds)) / math.log(GROWTH)))


def median(counts: Mapping[int, int]) -> float | None:
    """The median, in seconds, of durations counted by bucket; None of none."""
    left = sum(counts.values()) / 2
    for number in sorted(counts):
        left -= counts[number]
        if left <= 0:
            return math.expm1((number + 0.5) * math.log(GROWTH))
    return None
