"""Statistics of a period, read from the daily tallies: the cost does not grow with the number of reports."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from moderation.domain.insight.duration_buckets import distribute, median
from moderation.models import Editor, Tally
from moderation.services.accounts.access import site_ids
from moderation.services.insight.breakdowns import PAIR_SEPARATOR
from moderation.services.insight.by_credits import Times, count_by_name, times
from moderation.services.insight.reader_days import reader_days
from moderation.services.insight.thanks import THANKS

LONGEST = 366
"""The largest number of days in one period."""
TOP = 10
"""Rows of each list: pages, sections, words, readers."""
MOST_NAMES = 50
"""Sections and authors with their times."""
_DAILY = ("reports", "cases", "decided", "thanks", "told")
"""Figures that are shown by day."""

Sums = dict[str, Counter[str]]
"""Counts by figure and key."""


class InvalidPeriod(ValueError):
    """The period ends before it begins, or is longer than LONGEST days."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day's figures."""

    day: date
    reports: int
    cases: int
    decided: dict[str, int]
    """Decisions on open cases, by the status they led to."""
    thanks: dict[str, int]
    """Readers by thanks.THANKS, each counted once per day."""


@dataclass(frozen=True, slots=True)
class EditorsWork:
    """Decisions of one editor, by status."""

    name: str
    decided: dict[str, int]

    @property
    def total(self) -> int:
        """All decisions."""
        return sum(self.decided.values())


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of a period to compare another one with. Durations in seconds."""

    reports: int
    cases: int
    accepted_share: float | None
    seconds_to_decision: float | None
    seconds_to_mended: float | None
    sections: Mapping[str, int]
    kinds: Mapping[str, int]
    reasons: Mapping[str, int]
    decided_by_section: Mapping[str, int]
    decided_by_author: Mapping[str, int]
    thanks: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PairCount:
    """A pair, by the digest in hex that the queue filters by, and its cases."""

    pair: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The figures of a period; durations in seconds. Lists count the top 50 of each day."""

    first: date
    last: date
    reports: int
    cases: int
    decided: dict[str, int]
    accepted_share: float | None
    """Accepted and fixed cases among those and the rejected ones (0 to 1). Spam does not count."""
    mended: int
    seconds_to_decision: float | None
    """Median from the first report to an editor's decision."""
    seconds_to_mended: float | None
    """Median from the first report to the fix."""
    days: Sequence[Day]
    pages: Sequence[tuple[str, int]]
    sections: Sequence[tuple[str, int]]
    words: Sequence[tuple[str, int]]
    readers: Sequence[tuple[str, int]]
    """By reader hash, which changes every day."""
    reader_days: Mapping[str, date]
    """The day of each of these hashes."""
    editors: Sequence[EditorsWork]
    kinds: Sequence[tuple[str, int]]
    """Cases by the kind of mistake. The empty key: no reader chose one."""
    reasons: Sequence[tuple[str, int]]
    """Editors' rejections by their reason. The empty key: none was given."""
    pairs: Sequence[PairCount]
    speller: dict[str, int]
    """Decided cases with a suggestion of the speller: `right`, `other` (another correction), `rejected`."""
    decision_times: Sequence[int]
    """Decisions by duration_buckets.RANGES."""
    mending_times: Sequence[int]
    times_by_section: Sequence[Times]
    times_by_author: Sequence[Times]
    thanks: dict[str, int]
    """Readers by thanks.THANKS. A reader of two days counts twice."""


def first_of(days: int, last: date) -> date:
    """Return the first day of the period of `days` days that ends with `last`. Raises InvalidPeriod."""
    try:
        return last - timedelta(days=days - 1)
    except OverflowError:
        raise InvalidPeriod from None


def totals(session: Session, editor: Editor, *, first: date, last: date, site: UUID | None = None) -> Totals:
    """Return the totals from `first` to `last`, of one or all sites of the editor."""
    sites = site_ids(session, editor, site)
    sums = _sums(session, Tally.site_id.in_(sites) & Tally.day.between(first, last))
    return Totals(
        reports=sums["reports"].total(),
        cases=sums["cases"].total(),
        accepted_share=_accepted_share(sums["decided"]),
        seconds_to_decision=_median(sums["decision_time"]),
        seconds_to_mended=_median(sums["mending_time"]),
        sections=sums["section"],
        kinds=sums["kind"],
        reasons=sums["reason"],
        decided_by_section=count_by_name(sums["section_decision_time"]),
        decided_by_author=count_by_name(sums["author_decision_time"]),
        thanks=_thanks(sums),
    )


def stats(session: Session, editor: Editor, *, first: date, last: date, site: UUID | None = None) -> Stats:
    """Return the figures from `first` to `last`, of one or all sites of the editor. Raises InvalidPeriod."""
    if not 0 <= (last - first).days < LONGEST:
        raise InvalidPeriod
    sites = site_ids(session, editor, site)
    in_period = Tally.site_id.in_(sites) & Tally.day.between(first, last)
    sums = _sums(session, in_period)
    readers = sums["reader"].most_common(TOP)
    return Stats(
        first=first,
        last=last,
        reports=sums["reports"].total(),
        cases=sums["cases"].total(),
        decided=dict(sums["decided"]),
        accepted_share=_accepted_share(sums["decided"]),
        mended=sums["mending_time"].total(),
        seconds_to_decision=_median(sums["decision_time"]),
        seconds_to_mended=_median(sums["mending_time"]),
        days=_days(session, in_period, first, last),
        pages=sums["page"].most_common(TOP),
        sections=sums["section"].most_common(TOP),
        words=[(word, count) for word, count in sums["word"].most_common(TOP) if word and count > 1],
        readers=readers,
        reader_days=reader_days(session, in_period, [key for key, _count in readers]),
        editors=_editors(session, sums["editor"]),
        kinds=sums["kind"].most_common(),
        reasons=sums["reason"].most_common(TOP),
        pairs=[_pair(key, count) for key, count in sums["pair"].most_common(TOP)],
        speller=dict(sums["speller"]),
        decision_times=_distribution(sums["decision_time"]),
        mending_times=_distribution(sums["mending_time"]),
        times_by_section=times(sums["section_decision_time"], sums["section_mending_time"], MOST_NAMES),
        times_by_author=times(sums["author_decision_time"], sums["author_mending_time"], MOST_NAMES),
        thanks=_thanks(sums),
    )


def _sums(session: Session, in_period: ColumnElement[bool]) -> Sums:
    sums: Sums = defaultdict(Counter)
    rows = session.execute(
        select(Tally.figure, Tally.key, func.sum(Tally.count))
        .where(in_period)
        .group_by(Tally.figure, Tally.key)
        .order_by(Tally.figure, Tally.key)  # of equal counts the first key comes first
    )
    for figure, key, count in rows:
        sums[figure][key] = count
    return sums


def _accepted_share(decided: Counter[str]) -> float | None:
    right = decided["accepted"] + decided["fixed"]
    judged = right + decided["rejected"]
    return right / judged if judged else None


def _thanks(sums: Sums) -> dict[str, int]:
    counts = {**sums["thanks"], "told": sums["told"].total()}
    return {key: counts.get(key, 0) for key in THANKS}


def _pair(key: str, count: int) -> PairCount:
    pair, _sep, words = key.partition(PAIR_SEPARATOR)
    return PairCount(pair, words, count)


def _distribution(counts: Counter[str]) -> list[int]:
    return distribute({int(key): count for key, count in counts.items()})


def _median(counts: Counter[str]) -> float | None:
    return median({int(key): count for key, count in counts.items()})


def _days(session: Session, in_period: ColumnElement[bool], first: date, last: date) -> list[Day]:
    """Return every day of the period. A day without a tally has zeros."""
    by_day: dict[date, Sums] = defaultdict(lambda: defaultdict(Counter))
    rows = session.execute(
        select(Tally.day, Tally.figure, Tally.key, func.sum(Tally.count))
        .where(in_period, Tally.figure.in_(_DAILY))
        .group_by(Tally.day, Tally.figure, Tally.key)
    )
    for day, figure, key, count in rows:
        by_day[day][figure][key] = count
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [_day(day, by_day[day]) for day in days]


def _day(day: date, figures: Sums) -> Day:
    reports, cases = figures["reports"].total(), figures["cases"].total()
    return Day(day, reports, cases, dict(figures["decided"]), _thanks(figures))


def _editors(session: Session, counts: Counter[str]) -> Sequence[EditorsWork]:
    """Return the editors by their number of decisions. A key of `counts` is an editor's id and a status."""
    decided: dict[UUID, dict[str, int]] = defaultdict(dict)
    for key, count in counts.items():
        editor_id, _sep, status = key.partition(":")
        decided[UUID(editor_id)][status] = count
    people = session.scalars(select(Editor).where(Editor.id.in_(decided))).all()
    work = [EditorsWork(person.display_name, decided[person.id]) for person in people]
    return sorted(work, key=lambda editor: (-editor.total, editor.name))
