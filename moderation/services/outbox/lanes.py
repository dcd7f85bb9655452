"""The state of each lane of background work, for metrics: each outbox topic, deliveries, corrections."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from sqlalchemy import ColumnElement, Double, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from moderation.models import CorrectionApply, Delivery, DeliveryBatch, OutboxMessage
from moderation.models.outbox import Topic
from moderation.services.outbox.claim import waiting

TOPICS: tuple[Topic, ...] = get_args(Topic)
DELIVERIES = "deliveries"
CORRECTIONS = "corrections"
"""On their way into a CMS. What the CMS refuses is an editor's to see, and not set aside."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One kind of work in numbers."""

    name: str
    waiting: int
    oldest_seconds: float
    """Seconds since the oldest waiting item became due; 0 without one."""
    set_aside: int


def lanes(session: Session) -> Sequence[Lane]:
    """Read every lane, also those without work: a gauge that vanishes raises no alert."""
    by_topic = {topic: (count, late) for topic, count, late in _waiting_messages(session)}
    set_aside = dict(
        session.execute(
            select(OutboxMessage.topic, func.count())
            .where(OutboxMessage.set_aside_at.is_not(None), OutboxMessage.done_at.is_(None))
            .group_by(OutboxMessage.topic)
        ).all()
    )
    topics = [Lane(topic, *by_topic.get(topic, (0, 0.0)), set_aside.get(topic, 0)) for topic in TOPICS]
    return [*topics, _deliveries(session), _corrections(session)]


def _waiting_messages(session: Session) -> Iterable[tuple[str, int, float]]:
    query = select(OutboxMessage.topic, func.count(), _age(OutboxMessage.due_at)).where(waiting())
    return session.execute(query.group_by(OutboxMessage.topic))


def _deliveries(session: Session) -> Lane:
    left = select(func.count(), _age(Delivery.due_at)).where(
        Delivery.done_at.is_(None), Delivery.set_aside_at.is_(None)
    )
    batched = select(
        func.coalesce(func.sum(func.cardinality(DeliveryBatch.event_ids)), 0), _age(DeliveryBatch.created_at)
    )
    failed = select(func.count()).where(Delivery.done_at.is_(None), Delivery.set_aside_at.is_not(None))
    count, late = session.execute(left).one()
    more, later = session.execute(batched).one()
    return Lane(DELIVERIES, count + more, max(late, later), session.scalars(failed).one())


def _corrections(session: Session) -> Lane:
    queued = select(func.count(), _age(CorrectionApply.due_at)).where(CorrectionApply.status == "queued")
    count, late = session.execute(queued).one()
    return Lane(CORRECTIONS, count, late, 0)


def _age(due_at: InstrumentedAttribute[datetime]) -> ColumnElement[float]:
    late = func.extract("epoch", func.now() - func.min(due_at))
    return func.greatest(func.coalesce(late, 0), 0).cast(Double)
