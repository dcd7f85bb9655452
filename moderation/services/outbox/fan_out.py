"""Fan-out: give each delivery of a batch its own row, from which it is sent, listed and retried."""

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from moderation.models import DeliveryBatch, Subscriber

MOST = 20
"""Batches in one transaction."""
_LOCK = 0x66616E6F  # "fano"

_FAN_OUT = text("""
    WITH batch AS (
        DELETE FROM delivery_batch WHERE id = ANY(CAST(:ids AS bigint[]))
        RETURNING id, subscriber_id, event_ids, created_at
    )
    INSERT INTO delivery (event_id, case_id, subscriber_id, due_at)
    SELECT event.id, event.case_id, batch.subscriber_id, batch.created_at
    FROM batch
    CROSS JOIN unnest(batch.event_ids) WITH ORDINALITY AS heard(event_id, place)
    JOIN event ON event.id = heard.event_id
    ORDER BY batch.id, heard.place
""")


def fan_out(session: Session) -> int:
    """Replace the first batches by their deliveries. Returns the number of batches. Commits.

    One process does it at a time, oldest batch first: ids of deliveries grow in the order of the batches.
    If another process does it now, this one leaves it alone and returns 0.
    """
    done = _fan_out(session) if session.scalar(select(func.pg_try_advisory_xact_lock(_LOCK))) else 0
    session.commit()
    return done


def _fan_out(session: Session) -> int:
    first = select(DeliveryBatch.id, DeliveryBatch.subscriber_id).order_by(DeliveryBatch.id).limit(MOST)
    subscriber_of = dict(session.execute(first).all())
    if not subscriber_of:
        return 0
    # In the order of one who deletes a subscriber: first the subscriber, then its batches.
    listening = select(Subscriber.id).where(Subscriber.id.in_(set(subscriber_of.values())))
    session.execute(listening.order_by(Subscriber.id).with_for_update(read=True, key_share=True))
    session.execute(_FAN_OUT, {"ids": list(subscriber_of)})
    return len(subscriber_of)
