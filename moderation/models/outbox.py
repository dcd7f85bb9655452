"""Work that must happen because a transaction committed.

The same transaction stores the message, so the data and the message always agree. Celery and Redis only tell
the worker to read the table now. ADR 2 explains why both exist. (The pattern is the transactional outbox;
hypothesis/h keeps a job table beside Celery for the same reason.)
"""

from typing import Literal
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Created, RequestId, Time, Traceparent

Topic = Literal[
    "report.received",
    "report.withdrawn",
    "report.fixed",
    "case.decided",
    "bulk.asked",
    "invitation.made",
    "reset.asked",
    "account.linked",
    "account.event",
    "email.change_asked",
    "subscriber.failing",
]

NO_SITE = UUID(int=0)
"""The site of messages that belong to the whole instance: mail to an editor, a bulk decision."""

_WAITING = "done_at IS NULL AND set_aside_at IS NULL"


class OutboxMessage(Base):
    """One piece of work: a topic and the id of its subject."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        # Partial index of unfinished messages, so that finished ones do not make it larger. Sites alternate.
        Index("ix__outbox_message__turn", "site_id", "due_at", "id", postgresql_where=text(_WAITING)),
        Index("ix__outbox_message__set_aside", "id", postgresql_where=text("set_aside_at IS NOT NULL")),
        Index("ix__outbox_message__done_at", "done_at", postgresql_where=text("done_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    topic: Mapped[Topic] = mapped_column(Text)
    subject_id: Mapped[UUID]
    site_id: Mapped[UUID] = mapped_column(
        default=NO_SITE, server_default=text("'00000000-0000-0000-0000-000000000000'")
    )
    """The relay alternates between sites. NO_SITE: the instance. No foreign key: messages outlive sites."""
    created_at: Mapped[Created]
    due_at: Mapped[Time] = mapped_column(server_default=func.now())
    done_at: Mapped[Time | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """Number of failures since it was stored or since a person tried it again."""
    failure: Mapped[str | None] = mapped_column(Text)
    """Kind of the last failure; services/outbox/failure.py has the kinds."""
    error: Mapped[str | None] = mapped_column(Text)
    """Text of the last failure."""
    set_aside_at: Mapped[Time | None]
    """Set if it failed too often: it waits for a person or an upgrade."""
    set_aside_by: Mapped[str | None] = mapped_column(Text)
    """The build that set it aside. Another build tries it again automatically."""
    request_id: Mapped[RequestId]
    """The request that it comes from (moderation/origin.py)."""
    traceparent: Mapped[Traceparent]
