"""Deliveries: one event on its way to one subscriber."""

from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.models.base import Base, SubscriberId, Time, one_of
from moderation.models.event import Event
from moderation.models.subscriber import Subscriber

Result = Literal["sent", "unneeded"]
RESULTS: tuple[Result, ...] = get_args(Result)

_WAITING = "done_at IS NULL AND set_aside_at IS NULL"


class Delivery(Base):
    """One event on its way to one subscriber. It is sent outside any transaction, and retried alone.

    Ids grow in the order in which things happened to a case: its row is locked while they are stored.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint(one_of("result", RESULTS), name="result"),
        Index("ix__delivery__due", "subscriber_id", "due_at", "id", postgresql_where=text(_WAITING)),
        # Is an earlier delivery of the same case still waiting?
        Index("ix__delivery__turn", "subscriber_id", "case_id", "id", postgresql_where=text(_WAITING)),
        Index("ix__delivery__list", "subscriber_id", "id"),
        Index("ix__delivery__case", "case_id", "id"),
        Index("ix__delivery__event", "event_id"),
        Index("ix__delivery__done_at", "done_at", postgresql_where=text("done_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    event_id: Mapped[UUID] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    subscriber_id: Mapped[SubscriberId]
    case_id: Mapped[UUID]
    due_at: Mapped[Time] = mapped_column(server_default=func.now())
    """Not before this time. A worker that sends it moves it to the end of its lease."""
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Failed attempts since it was stored or since a person sent it again."""
    request: Mapped[str | None] = mapped_column(Text)
    """What was sent. It is composed once, so that every attempt sends the same."""
    answer: Mapped[str | None] = mapped_column(Text)
    """What the receiver answered to the last attempt, or why there was no answer."""
    tried_at: Mapped[Time | None]
    done_at: Mapped[Time | None]
    result: Mapped[Result | None] = mapped_column(Text)
    """`unneeded`: the subscriber's own rules, or what happened since, left nothing to send."""
    set_aside_at: Mapped[Time | None]
    """It failed too often, and waits for a person."""

    event: Mapped[Event] = relationship(lazy="joined")
    subscriber: Mapped[Subscriber] = relationship(lazy="joined")
