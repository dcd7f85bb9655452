"""Deliveries at the desk: list them, send one again, and delete old ones."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, delete, exists, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from moderation.models import Delivery, DeliveryBatch, Event, Subscriber
from moderation.services.outbox.delivery_claim import waiting
from moderation.services.outbox.fan_out import fan_out
from moderation.services.paging import Slice, cut_slice, read_cursor

KEEP = timedelta(days=30)
"""Finished deliveries are listed for this long."""
_LONGEST_WAIT = timedelta(days=7)
_PART = 5000


class UnknownDelivery(LookupError):
    """The subscriber has no delivery with this number."""


def list_deliveries(
    session: Session, subscriber: Subscriber, *, cursor: str | None = None, limit: int = 50
) -> Slice[Delivery]:
    """Return the subscriber's deliveries, newest first. Raises InvalidCursor."""
    query = select(Delivery).where(Delivery.subscriber_id == subscriber.id)
    if cursor is not None:
        query = query.where(Delivery.id < read_cursor(cursor, int)[0])
    rows = session.scalars(query.order_by(Delivery.id.desc()).limit(limit + 1)).all()
    return cut_slice(rows, limit, lambda delivery: [delivery.id, delivery.event_id])


def count_by_state(session: Session, site_id: UUID) -> dict[UUID, tuple[int, int]]:
    """Return by subscriber of a site how many deliveries wait, and how many are set aside."""
    rows = session.execute(
        select(
            Delivery.subscriber_id,
            func.count().filter(Delivery.set_aside_at.is_(None)),
            func.count().filter(Delivery.set_aside_at.is_not(None)),
        )
        .join(Subscriber)
        .where(Subscriber.site_id == site_id, Delivery.done_at.is_(None))
        .group_by(Delivery.subscriber_id)
    )
    counts = {subscriber_id: (waits, aside) for subscriber_id, waits, aside in rows}
    for subscriber_id, more in session.execute(_batched(site_id)):
        waits, aside = counts.get(subscriber_id, (0, 0))
        counts[subscriber_id] = waits + more, aside
    return counts


def _batched(site_id: UUID) -> Select[UUID, int]:
    """Count, by subscriber, the deliveries that are still in a batch."""
    return (
        select(DeliveryBatch.subscriber_id, func.sum(func.cardinality(DeliveryBatch.event_ids)))
        .join(Subscriber)
        .where(Subscriber.site_id == site_id)
        .group_by(DeliveryBatch.subscriber_id)
    )


def deliveries_of_case(session: Session, case_id: UUID, limit: int = 50) -> Sequence[Delivery]:
    """Return the last deliveries about a case, sent or waiting; oldest first. Members' own mail is left out.

    A case with many readers has many deliveries of `report.received`: its decisions are the last ones.
    """
    newest = session.scalars(
        select(Delivery)
        .join(Subscriber)
        .where(Delivery.case_id == case_id, Subscriber.editor_id.is_(None))
        .where(Delivery.result.is_distinct_from("unneeded"))
        .order_by(Delivery.id.desc())
        .limit(limit)
    ).all()
    return newest[::-1]


def send_again(session: Session, subscriber: Subscriber, delivery_id: int, now: datetime) -> None:
    """Send one delivery again, and end the subscriber's pause. Raises UnknownDelivery."""
    delivery = session.scalar(
        select(Delivery)
        .where(Delivery.id == delivery_id, Delivery.subscriber_id == subscriber.id)
        .with_for_update(of=Delivery)
    )
    if delivery is None:
        raise UnknownDelivery(delivery_id)
    delivery.due_at, delivery.attempts = now, 0
    delivery.done_at = delivery.set_aside_at = delivery.result = None
    subscriber.paused_until = None
    session.commit()


def try_now(session: Session, subscriber: Subscriber, now: datetime) -> int:
    """Try everything again that waits for a pause or was set aside. Returns the number of deliveries."""
    changed = session.execute(
        update(Delivery)
        .where(Delivery.subscriber_id == subscriber.id, Delivery.done_at.is_(None))
        .values(due_at=now, attempts=0, set_aside_at=None)
        .execution_options(synchronize_session=False)
    )
    subscriber.paused_until = None
    session.commit()
    return changed.rowcount  # type: ignore[attr-defined, no-any-return]


def tidy(sessions: sessionmaker[Session], now: datetime) -> None:
    """Set deliveries aside that waited too long, and delete old ones with their events."""
    with sessions() as session:
        while fan_out(session):  # also if no worker sends deliveries
            pass
        too_old = exists().where(Event.id == Delivery.event_id, Event.occurred_at < now - _LONGEST_WAIT)
        session.execute(
            update(Delivery)
            .where(waiting(), too_old)
            .values(set_aside_at=now)
            .execution_options(synchronize_session=False)
        )
        session.commit()
        while _delete_part(session, now - KEEP):
            session.commit()
        session.commit()


def _delete_part(session: Session, before: datetime) -> int:
    """Delete old events that no delivery waits for. Their deliveries go with them."""
    left = exists().where(Delivery.event_id == Event.id, waiting())
    old = select(Event.id).where(Event.occurred_at < before, ~left).limit(_PART)
    gone = session.execute(
        delete(Event).where(Event.id.in_(old)).execution_options(synchronize_session=False)
    )
    return gone.rowcount  # type: ignore[attr-defined, no-any-return]
