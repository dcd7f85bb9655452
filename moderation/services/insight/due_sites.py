"""The sites that need new tallies: where something changed, and where a finished day is missing."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from moderation.models import Case, Report, Site, TalliedDay


def due_sites(session: Session, now: datetime, since: datetime) -> Sequence[UUID]:
    """Return the sites with a report or a changed case from `since` on, or without a finished day.

    Finished days are tallied the latest first. So a site has all as soon as it has the first and the last.
    """
    today = now.astimezone(UTC).date()
    first = select(func.min(Report.created_at)).where(Report.site_id == Site.id).scalar_subquery()
    first_day = func.date(func.timezone("UTC", first))
    lacks_days = and_(
        first < datetime.combine(today, time(), UTC),
        or_(~_is_tallied(today - timedelta(days=1)), ~_is_tallied(first_day)),
    )
    has_report = exists().where(Report.site_id == Site.id, Report.created_at >= since)
    has_case = exists().where(Case.site_id == Site.id, Case.changed_at >= since)
    return session.scalars(select(Site.id).where(or_(has_report, has_case, lacks_days))).all()


def _is_tallied(day: object) -> ColumnElement[bool]:
    return exists().where(TalliedDay.site_id == Site.id, TalliedDay.day == day)
