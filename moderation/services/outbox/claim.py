"""Lock the next messages. Sites take turns."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.orm import Session

from moderation.models import OutboxMessage, Report
from moderation.services.outbox.turns import Waiting

BACKLOG = 250
"""Reports that may wait without being a backlog."""


def waiting() -> ColumnElement[bool]:
    """Return a WHERE condition for unfinished messages that are not set aside."""
    return and_(OutboxMessage.done_at.is_(None), OutboxMessage.set_aside_at.is_(None))


def is_due(topics: Collection[str]) -> ColumnElement[bool]:
    """Return a WHERE condition for messages that are due now."""
    return and_(waiting(), OutboxMessage.due_at <= func.now(), OutboxMessage.topic.in_(topics))


def next_site(session: Session, topics: Collection[str], after: UUID) -> UUID | None:
    """Return the next site with a due message after `after`; None if none is due or all are locked."""
    due = select(OutboxMessage.site_id).where(is_due(topics)).order_by(OutboxMessage.site_id).limit(1)
    due = due.with_for_update(skip_locked=True)
    later = session.scalar(due.where(OutboxMessage.site_id > after))
    return later if later is not None else session.scalar(due)


def is_behind(session: Session) -> bool:
    """Return whether more reports wait to be placed than a worker takes at once."""
    beyond = select(OutboxMessage.id).where(is_due(["report.received"])).offset(BACKLOG).exists()
    return bool(session.scalar(select(beyond)))


def lock_first(session: Session, topics: Collection[str], site_id: UUID, limit: int) -> list[Waiting]:
    """Lock the site's first due messages, and return those of the first one's topic; other workers skip all.

    Two topics in one transaction would lock pages twice, and two workers could then wait for each other.
    """
    on_page = and_(Report.id == OutboxMessage.subject_id, OutboxMessage.topic == "report.received")
    first = session.execute(
        select(OutboxMessage.id, OutboxMessage.topic, Report.url)
        .outerjoin(Report, on_page)
        .where(OutboxMessage.site_id == site_id, is_due(topics))
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=OutboxMessage)
    ).all()
    return [Waiting(id_, url) for id_, topic, url in first if topic == first[0].topic]


def claim_again(session: Session, ids: Sequence[int]) -> Sequence[OutboxMessage]:
    """Lock these messages if they are still waiting, in their order."""
    return session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.id.in_(ids), waiting())
        .order_by(OutboxMessage.id)
        .with_for_update(skip_locked=True)
    ).all()


def claim_one(session: Session, topics: Collection[str]) -> OutboxMessage | None:
    """Lock the message that waits longest."""
    return session.scalar(
        select(OutboxMessage)
        .where(is_due(topics))
        .order_by(OutboxMessage.due_at, OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def put_off_all(session: Session, ids: Sequence[int], pause: timedelta, error: str) -> None:
    """Schedule another attempt of these messages, which does not count as a failure. Commits."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(ids))
        .values(due_at=func.now() + pause, failure="database", error=error)
        .execution_options(synchronize_session=False)
    )
    session.commit()


def mark_done(session: Session, ids: Sequence[int]) -> None:
    """Mark these messages as done."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(ids))
        .values(done_at=func.now(), error=None, failure=None)
        .execution_options(synchronize_session=False)
    )
