"""The queue of corrections for the CMS: claimed with a lease, one page of a site at a time."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from uuid import UUID

import structlog
from sqlalchemy import exists, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, aliased, sessionmaker

from moderation.models import CorrectionApply

LEASE = timedelta(seconds=30)
"""If a worker dies, another one goes on after this time."""
_PROLONG_SECONDS = 8.0
MOST_TOGETHER = 100
"""Corrections of one page that are written at once."""

# Two workers must not choose two pages of one site at the same moment.
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('corrigenda.apply', 0))")

log = structlog.get_logger()


def claim(session: Session, now: datetime) -> Sequence[CorrectionApply]:
    """Lease the due corrections of one page, of a site on which no other worker works. Commits."""
    session.execute(_ONE_AT_A_TIME)
    other = aliased(CorrectionApply)
    is_busy = exists().where(
        other.site_id == CorrectionApply.site_id, other.status == "queued", other.leased_until > now
    )
    due = (CorrectionApply.status == "queued", CorrectionApply.due_at <= now)
    first = session.scalar(
        select(CorrectionApply)
        .where(*due, ~is_busy)
        .order_by(CorrectionApply.due_at, CorrectionApply.id)
        .limit(1)
    )
    if first is None:
        session.rollback()
        return []
    same = (CorrectionApply.site_id == first.site_id, CorrectionApply.page_url == first.page_url)
    rows = session.scalars(
        select(CorrectionApply)
        .where(*due, *same, CorrectionApply.kind == first.kind)
        .order_by(CorrectionApply.id)
        .limit(MOST_TOGETHER)
        .with_for_update(of=CorrectionApply)
    ).all()
    for row in rows:
        row.leased_until = now + LEASE
    session.commit()
    return rows


@contextmanager
def held(
    sessions: sessionmaker[Session], ids: Sequence[UUID], clock: Callable[[], datetime]
) -> Iterator[None]:
    """Prolong the lease until the block ends. A process that dies prolongs nothing."""
    ended = Event()

    def prolong() -> None:
        while not ended.wait(_PROLONG_SECONDS):
            try:
                with sessions() as session:
                    rows = update(CorrectionApply).where(
                        CorrectionApply.id.in_(ids), CorrectionApply.status == "queued"
                    )
                    session.execute(rows.values(leased_until=clock() + LEASE))
                    session.commit()
            except DBAPIError as error:
                log.warning("apply.lease_not_prolonged", error=str(error))

    thread = Thread(target=prolong, name="apply-lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
