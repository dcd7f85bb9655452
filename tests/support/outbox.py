"""What is left in the outbox, and what came of it."""

from datetime import UTC, datetime

from sqlalchemy import func, select

from moderation.models import OutboxMessage, Placement


def utc_now():
    return datetime.now(UTC)


def left(session):
    session.rollback()
    return session.scalar(select(func.count()).where(OutboxMessage.done_at.is_(None)))


def placed(session):
    session.rollback()
    return session.scalar(select(func.count()).select_from(Placement))
