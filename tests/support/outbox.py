"""What is left in the outbox, and what came of it."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from moderation.models import Delivery, OutboxMessage, Placement


def utc_now():
    return datetime.now(UTC)


def left(session):
    session.rollback()
    return session.scalar(select(func.count()).where(OutboxMessage.done_at.is_(None)))


def placed(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(Placement))


def delivery_states(session):
    """Return result, attempts and whether it was set aside, of each delivery."""
    session.rollback()
    session.expire_all()
    return [(d.result, d.attempts, bool(d.set_aside_at)) for d in session.scalars(select(Delivery))]
