"""Record events. Each becomes one delivery per subscriber, in the transaction that makes it true.

A site without subscribers costs one look at an index per transaction.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.dialects.postgresql import insert as insert_or_skip
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from moderation.domain.cases.lifecycle import Status
from moderation.models import Delivery, Event, Subscriber
from moderation.models.event import EventType
from moderation.origin import Origins, current_origin

ORIGINS = "origins"
"""Key of `Session.info`: the origins of the messages that the session works on, by their subjects."""

_OF_STATUS: dict[Status, EventType] = {"open": "case.reopened", "fixed": "case.fixed"}


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


def is_heard(session: Session, site_id: UUID) -> bool:
    """Return whether the site has a subscriber."""
    heard = select(Subscriber.id).where(Subscriber.site_id == site_id, Subscriber.is_on).limit(1)
    return session.scalar(heard) is not None


def record(session: Session, site_id: UUID, facts: Sequence[Fact], now: datetime) -> None:
    """Store the facts that a subscriber hears, with a delivery for each subscriber. The caller commits.

    Facts of a case must be in their order, and the caller holds the lock of the case. A fact that is stored
    already is skipped.
    """
    if not facts or not is_heard(session, site_id):
        return
    heard = set(
        session.scalars(
            select(func.unnest(Subscriber.hears)).where(Subscriber.site_id == site_id, Subscriber.is_on)
        )
    )
    origins: Origins = session.info.get(ORIGINS, {})
    current = current_origin()
    events = [
        {
            "id": uuid7(),
            "site_id": site_id,
            "type": fact.type,
            "subject_id": fact.subject_id,
            "case_id": fact.case_id,
            "occurred_at": now,
            **asdict(origins.get(fact.report_id or fact.subject_id) or current),
        }
        for fact in facts
        if fact.type in heard
    ]
    if not events:
        return
    new = session.scalars(insert_or_skip(Event).on_conflict_do_nothing().returning(Event.id), events).all()
    deliver_to_all(session, site_id, new)


def deliver_to_all(session: Session, site_id: UUID, event_ids: Sequence[UUID]) -> None:
    """Store one delivery per event and subscriber that hears it, in the order of the events."""
    columns = ("event_id", "case_id", "subscriber_id")
    pairs = (
        select(Event.id, Event.case_id, Subscriber.id)
        .join(Subscriber, Subscriber.site_id == Event.site_id)
        .where(Event.id.in_(event_ids), Event.site_id == site_id, Subscriber.is_on)
        .where(Event.type == func.any(Subscriber.hears))
        .order_by(Event.id, Subscriber.id)
    )
    session.execute(insert(Delivery).from_select(columns, pairs))


def deliver_to(session: Session, event: Event, subscriber: Subscriber) -> None:
    """Store a delivery of the event to one subscriber only."""
    session.add(Delivery(event_id=event.id, case_id=event.case_id, subscriber_id=subscriber.id))
