"""Daily tallies of a site. Statistics read these few rows instead of millions.

The current day is tallied every half minute where something changed. A day is tallied once more after its
end, and does not change after that. A tally counts the events of its day: a case that was opened on Monday
and decided on Tuesday counts on both days.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Double,
    Select,
    Text,
    cast,
    delete,
    extract,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from moderation.domain.cases.lifecycle import BOOKKEEPING, STATUSES
from moderation.domain.insight.duration_buckets import BOUNDS
from moderation.domain.sites.limits import URL_LENGTH
from moderation.models import Case, Decision, Report, Site, TalliedDay, Tally
from moderation.models.tally import Figure
from moderation.services.insight.breakdowns import breakdowns
from moderation.services.insight.by_credits import FOLDER, figures_by_credits
from moderation.services.insight.due_sites import due_sites
from moderation.services.insight.thanks import thanks

TOP = 50
"""Rows stored per day for each figure with any number of keys: pages, sections, words, readers."""
_DAYS_AT_ONCE = 31
_SLACK = timedelta(minutes=5)
"""A change is seen when its transaction ends, this long after its time at most."""
_AROUND_WORDS = r"^\W+|\W+$"

log = structlog.get_logger()


def tally_due(sessions: Callable[[], Session], now: datetime, since: datetime | None = None) -> int:
    """Tally today and every finished day that is missing; return the number of days.

    `since`: only for sites where something changed from then on, or where a day is missing.
    """
    with sessions() as session:
        sites = session.scalars(select(Site.id)).all() if since is None else due_sites(session, now, since)
    return sum(_tally_apart(sessions, site_id, now) for site_id in sites)


class Tallies:
    """Tallies again and again: all sites at first, then those that changed since the last time."""

    def __init__(self, sessions: Callable[[], Session]) -> None:
        self._sessions = sessions
        self._since: datetime | None = None

    def run(self, now: datetime) -> None:
        """Tally the sites and days that are due."""
        tally_due(self._sessions, now, self._since)
        self._since = now - _SLACK


def _tally_apart(sessions: Callable[[], Session], site_id: UUID, now: datetime) -> int:
    """Tally a site. What the database refuses of one site does not stop the figures of the others."""
    try:
        return _tally_site(sessions, site_id, now)
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        log.exception("tally.failed", site=str(site_id))
        return 0


def _tally_site(sessions: Callable[[], Session], site_id: UUID, now: datetime) -> int:
    with sessions() as session:
        # FOR NO KEY UPDATE: one worker tallies a site, and foreign-key checks are not blocked.
        locked = select(Site.id).where(Site.id == site_id).with_for_update(key_share=True, skip_locked=True)
        if session.scalar(locked) is None:
            return 0
        today = now.astimezone(UTC).date()
        days = [*_missing(session, site_id, today), today]
        for day in days:
            tally_day(session, site_id, day)
        session.add_all(TalliedDay(site_id=site_id, day=day) for day in days[:-1])
        session.commit()
        return len(days)


def _missing(session: Session, site_id: UUID, today: date) -> list[date]:
    """Finished days without a tally, the latest first."""
    first = session.scalar(select(func.min(Report.created_at)).where(Report.site_id == site_id))
    if first is None:
        return []
    done = set(session.scalars(select(TalliedDay.day).where(TalliedDay.site_id == site_id)))
    count = (today - first.astimezone(UTC).date()).days
    days = [today - timedelta(days=back) for back in range(1, count + 1)]
    return [day for day in days if day not in done][:_DAYS_AT_ONCE]


def tally_day(session: Session, site_id: UUID, day: date) -> None:
    """Tally one day and replace its earlier figures, but not those that count mails. The caller commits."""
    counted_here = Tally.figure != "told"
    session.execute(delete(Tally).where(Tally.site_id == site_id, Tally.day == day, counted_here))
    start = datetime.combine(day, time(), UTC)
    for figure, key, query in _figures(site_id, start, start + timedelta(days=1)):
        counted = query.with_only_columns(key.label("key"), func.count().label("count")).group_by(key)
        top = counted.order_by(func.count().desc(), key).limit(None if figure in _WHOLE else TOP).subquery()
        session.execute(
            insert(Tally).from_select(
                ["site_id", "figure", "day", "key", "count"],
                select(
                    literal(site_id, Tally.site_id.type),
                    literal(figure),
                    literal(day),
                    top.c.key,
                    top.c.count,
                ).where(top.c.key.is_not(None)),
            )
        )


# Every row of these figures is stored.
_WHOLE: Sequence[Figure] = (
    "reports", "cases", "decided", "decision_time", "mending_time", "editor", "kind", "speller",
    "section_decision_time", "section_mending_time", "author_decision_time", "author_mending_time", "thanks",
)  # fmt: skip


def _figures(site_id: UUID, start: datetime, end: datetime) -> Iterable[tuple[Figure, Any, Select[Any]]]:
    """Yield every figure: its name, the key to count by, and the rows to count."""
    reports = select(Report.id).where(
        Report.site_id == site_id,
        Report.created_at >= start,
        Report.created_at < end,
        Report.is_test.is_(False),
    )
    cases = select(Case.id).where(
        Case.site_id == site_id,
        Case.status.in_(STATUSES),  # lets PostgreSQL use the queue's index
        Case.first_reported_at >= start,
        Case.first_reported_at < end,
        Case.is_test.is_(False),
    )
    steps = _steps(site_id, start, end)
    waited = duration_bucket(extract("epoch", Decision.decided_at - Case.first_reported_at))
    yield "reports", literal(""), reports
    yield "cases", literal(""), cases
    yield "decided", Decision.new_status, steps.where(Decision.old_status == "open")
    decided = steps.where(Decision.old_status == "open", Decision.editor_id.is_not(None))
    mended = steps.where(Decision.new_status == "fixed")
    yield "decision_time", cast(waited, Text), decided
    yield "mending_time", cast(waited, Text), mended
    yield from figures_by_credits(waited, decided, mended)
    # Versions before 0.2 accepted addresses of any length, which the key's index cannot hold.
    url = func.left(Report.url, URL_LENGTH)
    yield "page", url, reports
    yield "section", func.substring(url, FOLDER), reports
    yield "word", func.regexp_replace(func.lower(func.left(Case.exact, 60)), _AROUND_WORDS, "", "g"), cases
    yield "reader", func.encode(Report.reader_hash, "hex"), reports
    yield (
        "editor",
        cast(Decision.editor_id, Text) + ":" + Decision.new_status,
        steps.where(Decision.editor_id.is_not(None)),
    )
    yield from breakdowns(cases, steps)
    yield from thanks(reports, steps)


def _steps(site_id: UUID, start: datetime, end: datetime) -> Select[Any]:
    return (
        select(Decision.id)
        .join(Case)
        .where(
            Case.site_id == site_id,
            Case.is_test.is_(False),
            Decision.decided_at >= start,
            Decision.decided_at < end,
            Decision.cause.not_in(BOOKKEEPING),
        )
    )


def duration_bucket(seconds: ColumnElement[Any]) -> ColumnElement[int]:
    """Return the histogram bucket of a duration in SQL, as duration_buckets.bucket does in Python."""
    bounds = cast(list(BOUNDS), ARRAY(Double))
    counted: ColumnElement[int] = func.width_bucket(cast(seconds, Double), bounds)
    return counted
