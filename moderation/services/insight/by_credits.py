"""Times to decision and to fix, by the section and by the author of the page."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, func, true

from moderation.domain.insight.duration_buckets import median
from moderation.models import Page
from moderation.models.tally import Figure

SEPARATOR = ":"
"""Stands between the bucket of a duration and the name."""
FOLDER = "^([^/]+//[^/]+/[^/?]+/)"
"""The section of a page that states none: the first folder of its URL."""


@dataclass(frozen=True, slots=True)
class Times:
    """Decisions and fixes of one section or author, with median durations in seconds."""

    name: str
    decided: int
    seconds_to_decision: float | None
    mended: int
    seconds_to_mended: float | None


def figures_by_credits(
    waited: ColumnElement[int], decided: Select[Any], mended: Select[Any]
) -> Iterable[tuple[Figure, Any, Select[Any]]]:
    """Yield figures as services/insight/tally.py counts them. The rows are joined with their cases."""
    section = func.coalesce(Page.section, func.substring(Page.url, FOLDER))
    authors = func.unnest(Page.authors).table_valued("name", name="authors").render_derived()

    def key(name: ColumnElement[Any]) -> ColumnElement[Any]:
        return cast(waited, Text) + SEPARATOR + name

    yield "section_decision_time", key(section), decided.join(Page)
    yield "section_mending_time", key(section), mended.join(Page)
    yield "author_decision_time", key(authors.c.name), decided.join(Page).join(authors, true())
    yield "author_mending_time", key(authors.c.name), mended.join(Page).join(authors, true())


def count_by_name(durations: Mapping[str, int]) -> dict[str, int]:
    """Return how many durations each section or author has. Keys are as stored."""
    return {name: counts.total() for name, counts in _by_name(durations).items()}


def times(to_decision: Mapping[str, int], to_mended: Mapping[str, int], most: int) -> Sequence[Times]:
    """Return the times by name, those with the most decisions and fixes first. Keys are as stored."""
    decided, mended = _by_name(to_decision), _by_name(to_mended)
    all_times = [
        Times(
            name,
            decided[name].total(),
            median(decided[name]),
            mended[name].total(),
            median(mended[name]),
        )
        for name in decided.keys() | mended.keys()
    ]
    return sorted(all_times, key=lambda one: (-one.decided - one.mended, one.name))[:most]


def _by_name(counts: Mapping[str, int]) -> dict[str, Counter[int]]:
    by_name: dict[str, Counter[int]] = defaultdict(Counter)
    for key, count in counts.items():
        bucket, _separator, name = key.partition(SEPARATOR)
        by_name[name][int(bucket)] += count
    return by_name
