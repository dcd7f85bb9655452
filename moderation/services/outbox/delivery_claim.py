"""Choose and lease the next deliveries of a subscriber: in order per case, others in parallel."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from moderation.models import Delivery, Event, Subscriber

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
MOST_BUNDLED = 500
"""Deliveries in one digest. The next digest has the rest."""


def waiting() -> ColumnElement[bool]:
    """Return a WHERE condition for deliveries that are neither done nor set aside."""
    return and_(Delivery.done_at.is_(None), Delivery.set_aside_at.is_(None))


def due_subscribers(
    session: Session, kinds: Collection[str], now: datetime, besides: Collection[UUID]
) -> Sequence[tuple[UUID, UUID]]:
    """Return the subscribers that have something to send now, with their sites.

    Those that failed least come first.
    """
    has_due = exists().where(Delivery.subscriber_id == Subscriber.id, waiting(), Delivery.due_at <= now)
    may_send = or_(Subscriber.paused_until.is_(None), Subscriber.paused_until <= now)
    rows = session.execute(
        select(Subscriber.id, Subscriber.site_id)
        .where(Subscriber.is_on, Subscriber.kind.in_(kinds), may_send, has_due)
        .where(Subscriber.id.not_in(besides))
        .order_by(Subscriber.failures, Subscriber.id)
    )
    return [(subscriber_id, site_id) for subscriber_id, site_id in rows]


def due_since(session: Session, subscriber: Subscriber, now: datetime) -> datetime:
    """Return when the first due delivery of the subscriber became due; `now` without one.

    One that failed before counts as due for long: its next attempt does not wait for another digest.
    """
    first, attempts = session.execute(
        select(func.min(Delivery.due_at), func.max(Delivery.attempts)).where(
            Delivery.subscriber_id == subscriber.id, waiting(), Delivery.due_at <= now
        )
    ).one()
    return _LONG_AGO if attempts else first or now


def claim(
    session: Session,
    subscriber: Subscriber,
    now: datetime,
    until: datetime,
    most: int,
    *,
    bundled: bool,
    only: Collection[str] | None = None,
) -> Sequence[Delivery]:
    """Lease at most `most` of the subscriber's deliveries that are due, until a time. The caller commits.

    `bundled`: they become one message. Otherwise a delivery waits while an earlier one of its case is
    unfinished. `only`: the types of events that are sent at this time; None: all.
    A subscriber that is paused gets one trial: no other worker sends to it meanwhile.
    """
    earlier = aliased(Delivery)
    is_first = ~exists().where(
        earlier.subscriber_id == subscriber.id,
        earlier.case_id == Delivery.case_id,
        earlier.id < Delivery.id,
        earlier.done_at.is_(None),
        earlier.set_aside_at.is_(None),
    )
    query = select(Delivery).where(Delivery.subscriber_id == subscriber.id, waiting(), Delivery.due_at <= now)
    if only is not None:
        query = query.where(Delivery.event_id.in_(select(Event.id).where(Event.type.in_(only))))
    if bundled:
        query = query.order_by(Delivery.id)
    else:
        query = query.where(is_first).order_by(Delivery.due_at, Delivery.id)
    claimed = session.scalars(query.limit(most).with_for_update(skip_locked=True, of=Delivery)).all()
    if claimed:
        _lease(session, claimed, until)
        if subscriber.paused_until is not None:
            subscriber.paused_until = until
    return claimed


def release(session: Session, ids: Sequence[int], now: datetime) -> None:
    """End the lease of deliveries that were not tried. Commits."""
    session.execute(
        update(Delivery)
        .where(Delivery.id.in_(ids), waiting())
        .values(due_at=now)
        .execution_options(synchronize_session=False)
    )
    session.commit()


def _lease(session: Session, claimed: Sequence[Delivery], until: datetime) -> None:
    session.execute(
        update(Delivery)
        .where(Delivery.id.in_([delivery.id for delivery in claimed]))
        .values(due_at=until)
        .execution_options(synchronize_session=False)
    )


def hold(session: Session, subscriber: Subscriber, now: datetime, until: datetime) -> None:
    """Let everything that is due now wait for the digest, or for the end of quiet hours. Commits."""
    session.execute(
        update(Delivery)
        .where(Delivery.subscriber_id == subscriber.id, waiting(), Delivery.due_at <= now)
        .values(due_at=until)
        .execution_options(synchronize_session=False)
    )
    session.commit()
