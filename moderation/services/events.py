"""Record events with their deliveries, in the transaction that makes them true.

The deliveries of a transaction to one subscriber are one row, a batch: triage stores many events at once, and
rows of their own would cost it a sixth of its throughput. services/outbox/fan_out.py gives them these rows.
A site without subscribers costs one look at an index per transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.domain.cases.lifecycle import Status
from moderation.models import Delivery, Event, Subscriber
from moderation.models.event import EventType
from moderation.origin import Origins, current_origin

ORIGINS = "origins"
"""Key of `Session.info`: the origins of the messages that the session works on, by their subjects."""

_OF_STATUS: dict[Status, EventType] = {"open": "case.reopened", "fixed": "case.fixed"}

_STORE = text("""
    WITH fact AS (
        SELECT * FROM json_to_recordset(CAST(:facts AS json)) AS fact(
            id uuid, type text, subject_id uuid, case_id uuid, request_id text, traceparent text
        )
    ), stored AS (
        INSERT INTO event (id, site_id, type, subject_id, case_id, occurred_at, request_id, traceparent)
        SELECT id, :site_id, type, subject_id, case_id, :now, request_id, traceparent FROM fact
        ON CONFLICT DO NOTHING
        RETURNING id, type
    )
    INSERT INTO delivery_batch (subscriber_id, event_ids)
    SELECT subscriber.id, array_agg(stored.id ORDER BY stored.id)
    FROM stored
    JOIN subscriber ON stored.type = ANY(subscriber.hears)
    WHERE subscriber.site_id = :site_id AND subscriber.is_on
    GROUP BY subscriber.id
    ORDER BY subscriber.id
""")
"""Store events, and one batch for each subscriber that hears any of them. Rows are sent as JSON."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened to a case. `subject_id`: the report, the case or the decision."""

    type: EventType
    subject_id: UUID
    case_id: UUID
    report_id: UUID | None = None
    """The report that opened the case."""


def event_of_decision(new_status: Status) -> EventType:
    """Return the event of a decision that led to this status."""
    return _OF_STATUS.get(new_status, "case.decided")


def heard_types(session: Session, site_id: UUID) -> set[str]:
    """Return the types of events that a subscriber of the site hears."""
    types = select(func.unnest(Subscriber.hears)).where(Subscriber.site_id == site_id, Subscriber.is_on)
    return set(session.scalars(types))


def record(session: Session, site_id: UUID, facts: Sequence[Fact], now: datetime) -> None:
    """Store the facts that a subscriber hears, with a delivery for each subscriber. The caller commits.

    Facts of a case must be in their order, and the caller holds the lock of the case. A fact that is stored
    already is skipped.
    """
    heard = heard_types(session, site_id) if facts else set()
    rows = [_row(session, fact) for fact in facts if fact.type in heard]
    if rows:
        values = {"facts": msgspec.json.encode(rows).decode(), "site_id": site_id, "now": now}
        session.execute(_STORE, values)


def _row(session: Session, fact: Fact) -> dict[str, Any]:
    origins: Origins = session.info.get(ORIGINS, {})
    origin = origins.get(fact.report_id or fact.subject_id) or current_origin()
    return {
        "id": uuid7(),
        "type": fact.type,
        "subject_id": fact.subject_id,
        "case_id": fact.case_id,
        "request_id": origin.request_id,
        "traceparent": origin.traceparent,
    }


def deliver_to(session: Session, event: Event, subscriber: Subscriber) -> None:
    """Store a delivery of the event to one subscriber only."""
    session.add(Delivery(event_id=event.id, case_id=event.case_id, subscriber_id=subscriber.id))
