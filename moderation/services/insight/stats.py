"""What happened on a site in a time, read from the days' tallies: it costs the same however much it was."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moderation.domain.insight.duration_buckets import median
from moderation.models import Editor, Tally
from moderation.services.accounts.access import site_ids

LONGEST = 366
"""Days of one question."""
TOP = 10


class InvalidPeriod(ValueError):
    """The period ends before it begins, or is longer than LONGEST days."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day's figures."""

    day: date
    reports: int
    cases: int
    decided: dict[str, int]
    """Cases that were closed, by status."""


@dataclass(frozen=True, slots=True)
class EditorsWork:
    """What one editor decided, by status."""

    name: str
    decided: dict[str, int]

    @property
    def total(self) -> int:
        """All steps."""
        return sum(self.decided.values())


@dataclass(frozen=True, slots=True)
class Stats:
    """A time's figures; durations in seconds. Pages, sections and words count the 50 busiest of each day."""

    first: date
    last: date
    reports: int
    cases: int
    decided: dict[str, int]
    accepted_share: float | None
    """Of what was decided, spam apart: what was accepted, or found mended already."""
    mended: int
    seconds_to_decision: float | None
    """Median, of editors' first steps with a case."""
    seconds_to_mended: float | None
    """Median, from the first report."""
    days: Sequence[Day]
    pages: Sequence[tuple[str, int]]
    sections: Sequence[tuple[str, int]]
    words: Sequence[tuple[str, int]]
    readers: Sequence[tuple[str, int]]
    """By hash, which is another one every day."""
    editors: Sequence[EditorsWork]


def stats(session: Session, editor: Editor, *, first: date, last: date, site: UUID | None = None) -> Stats:
    """The figures from `first` to `last`, of one site or all that the editor sees. Raises InvalidPeriod."""
    if not 0 <= (last - first).days < LONGEST:
        raise InvalidPeriod
    sites = site_ids(session, editor, site)
    mine = (Tally.site_id.in_(sites), Tally.day.between(first, last))
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for figure, key, count in session.execute(
        select(Tally.figure, Tally.key, func.sum(Tally.count)).where(*mine).group_by(Tally.figure, Tally.key)
    ):
        sums[figure][key] = count
    by_day: dict[date, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for day, figure, key, count in session.execute(
        select(Tally.day, Tally.figure, Tally.key, func.sum(Tally.count))
        .where(*mine, Tally.figure.in_(("reports", "cases", "decided")))
        .group_by(Tally.day, Tally.figure, Tally.key)
    ):
        by_day[day][figure][key] = count
    decided = sums["decided"]
    good = decided["accepted"] + decided["fixed"]
    return Stats(
        first=first,
        last=last,
        reports=sums["reports"].total(),
        cases=sums["cases"].total(),
        decided=dict(decided),
        accepted_share=good / (good + decided["rejected"]) if good + decided["rejected"] else None,
        mended=sums["mending_time"].total(),
        seconds_to_decision=median({int(key): count for key, count in sums["decision_time"].items()}),
        seconds_to_mended=median({int(key): count for key, count in sums["mending_time"].items()}),
        days=[
            _day(day, by_day[day])
            for day in (first + timedelta(days=number) for number in range((last - first).days + 1))
        ],
        pages=sums["page"].most_common(TOP),
        sections=sums["section"].most_common(TOP),
        words=[(word, count) for word, count in sums["word"].most_common(TOP) if word and count > 1],
        readers=sums["reader"].most_common(TOP),
        editors=_editors(session, sums["editor"]),
    )


def _day(day: date, figures: dict[str, Counter[str]]) -> Day:
    return Day(day, figures["reports"].total(), figures["cases"].total(), dict(figures["decided"]))


def _editors(session: Session, counts: Counter[str]) -> Sequence[EditorsWork]:
    decided: dict[UUID, dict[str, int]] = defaultdict(dict)
    for key, count in counts.items():
        editor_id, _sep, status = key.partition(":")
        decided[UUID(editor_id)][status] = count
    people = session.scalars(select(Editor).where(Editor.id.in_(decided))).all()
    work = [EditorsWork(one.called, decided[one.id]) for one in people]
    return sorted(work, key=lambda one: (-one.total, one.name))
