"""Which case an editor should see first, and why, in points that can be added up by hand."""

import math
from dataclasses import dataclass
from datetime import datetime

_EPOCH_DAYS = 20_000
_DAY = 86_400
# One reader and one report are no reason: every case has them.
_TOLD = {"readers": 1.5, "correction": 0.5, "page": 1.0}


@dataclass(frozen=True, slots=True)
class Priority:
    """The sum, and its reasons as `name:points`, the weightiest first."""

    points: float
    reasons: tuple[str, ...]


def points_left(stored: float, now: datetime) -> float:
    """Return the rest of a stored priority: each day since the last report costs a point. At least 0."""
    return max(0.0, stored - (now.timestamp() / _DAY - _EPOCH_DAYS))


def priority(*, readers: int, confidence: float, page_reports: int, last_reported_at: datetime) -> Priority:
    """Points: readers count by doublings, a sure correction up to 2, a busy page by doublings of a half.

    Freshness is a point a day, counted from one day for all cases, so that the order stands still: a case
    seen by twice as many readers is as urgent as one that is a day and a half younger.
    """
    parts = {
        "readers": 1.5 * math.log2(1 + readers),
        "correction": 2 * confidence,
        "page": 0.5 * math.log2(1 + page_reports),
    }
    fresh = last_reported_at.timestamp() / _DAY - _EPOCH_DAYS
    shown = sorted(((points, name) for name, points in parts.items() if points > _TOLD[name]), reverse=True)
    return Priority(
        round(sum(parts.values()) + fresh, 3), tuple(f"{name}:{points:.1f}" for points, name in shown)
    )
