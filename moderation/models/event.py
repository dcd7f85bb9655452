"""Events: facts about a site that subscribers hear of."""

from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import CheckConstraint, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Id, RequestId, SiteId, Time, Traceparent, one_of

EventType = Literal["report.received", "case.opened", "case.decided", "case.fixed", "case.reopened"]
EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)


class Event(Base):
    """One fact. The transaction that makes it true stores it, if a subscriber hears it. Append-only."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint(one_of("type", (*EVENT_TYPES, "test")), name="type"),
        # A job can run twice: the same fact is stored once.
        UniqueConstraint("subject_id", "type"),
    )

    id: Mapped[Id]
    site_id: Mapped[SiteId] = mapped_column(index=True)
    type: Mapped[str] = mapped_column(Text)
    """An EventType, or `test`: an admin tries a subscriber out, and nothing happened."""
    subject_id: Mapped[UUID]
    """The report (report.received), the case (case.opened), or the decision. It may be deleted meanwhile."""
    case_id: Mapped[UUID]
    """No foreign key: a case that no editor touched can be deleted before its events are delivered."""
    occurred_at: Mapped[Time]
    request_id: Mapped[RequestId]
    """The request that it comes from (moderation/origin.py)."""
    traceparent: Mapped[Traceparent]
