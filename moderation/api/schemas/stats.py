"""Schemas of statistics."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import msgspec

from moderation.services.insight.by_credits import Times
from moderation.services.insight.stats import Stats


class StatsQuery(msgspec.Struct, forbid_unknown_fields=True, frozen=True, rename={"from_": "from"}):
    """Query of statistics: the site and the period."""

    site: UUID | None = None
    from_: date | None = None
    to: date | None = None


class CountOut(msgspec.Struct, frozen=True):
    """A key and its number of reports."""

    name: str
    count: int


class DayOut(msgspec.Struct, frozen=True):
    """Figures of one day."""

    day: date
    reports: int
    cases: int
    decided: dict[str, int]


class EditorsWorkOut(msgspec.Struct, frozen=True):
    """Decisions of one editor."""

    editor: str
    decided: dict[str, int]


class TimesOut(msgspec.Struct, frozen=True):
    """Decisions and fixes of one section or author. Durations are medians in seconds."""

    name: str
    decided: int
    seconds_to_decision: float | None
    mended: int
    seconds_to_mended: float | None

    @classmethod
    def of(cls, times: Times) -> "TimesOut":
        """Make the API's form."""
        return cls(
            times.name, times.decided, times.seconds_to_decision, times.mended, times.seconds_to_mended
        )


class ThanksOut(msgspec.Struct, frozen=True):
    """Readers, each counted once per day: who reported, was right, saw a fix, got a mail about it."""

    reported: int
    accepted: int
    fixed: int
    told: int


class StatsOut(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """Statistics of a period. Durations are medians in seconds, within 5 %."""

    from_: date
    to: date
    reports: int
    cases: int
    decided: dict[str, int]
    accepted_share: float | None
    mended: int
    seconds_to_decision: float | None
    seconds_to_mended: float | None
    days: list[DayOut]
    pages: list[CountOut]
    sections: list[CountOut]
    words: list[CountOut]
    readers: list[CountOut]
    editors: list[EditorsWorkOut]
    times_by_section: list[TimesOut]
    times_by_author: list[TimesOut]
    thanks: ThanksOut

    @classmethod
    def of(cls, stats: Stats) -> "StatsOut":
        """Make the API's form of statistics."""

        def counts(rows: Sequence[tuple[str, int]]) -> list[CountOut]:
            return [CountOut(name, count) for name, count in rows]

        return cls(
            from_=stats.first,
            to=stats.last,
            reports=stats.reports,
            cases=stats.cases,
            decided=stats.decided,
            accepted_share=stats.accepted_share,
            mended=stats.mended,
            seconds_to_decision=stats.seconds_to_decision,
            seconds_to_mended=stats.seconds_to_mended,
            days=[DayOut(day.day, day.reports, day.cases, day.decided) for day in stats.days],
            pages=counts(stats.pages),
            sections=counts(stats.sections),
            words=counts(stats.words),
            readers=counts(stats.readers),
            editors=[EditorsWorkOut(one.name, one.decided) for one in stats.editors],
            times_by_section=[TimesOut.of(one) for one in stats.times_by_section],
            times_by_author=[TimesOut.of(one) for one in stats.times_by_author],
            thanks=ThanksOut(**stats.thanks),
        )
