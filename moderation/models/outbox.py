"""Work that must happen because a transaction committed.

It is stored in that same transaction, so the two cannot get out of step; Celery and Redis only say
"look now". ADR 2 tells why both are there. (The idea is the transactional outbox; hypothesis/h keeps
its job table beside Celery for the same reason.)
"""

from typing import Literal
from uuid import UUID

from sqlalchemy import BigInteger, Identity, Index, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Created, Time

Topic = Literal[
    "report.received", "report.withdrawn", "case.decided", "bulk.asked", "invitation.made", "reset.asked"
]


class OutboxMessage(Base):
    """One piece of work: a topic and the id of what it is about."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        # Only what is left to do: the index stays small however much was done.
        Index("ix__outbox_message__waiting", "due_at", "id", postgresql_where=text("done_at IS NULL")),
        Index("ix__outbox_message__done_at", "done_at", postgresql_where=text("done_at IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    topic: Mapped[Topic] = mapped_column(Text)
    subject_id: Mapped[UUID]
    created_at: Mapped[Created]
    due_at: Mapped[Time] = mapped_column(server_default=func.now())
    done_at: Mapped[Time | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    error: Mapped[str | None] = mapped_column(Text)
    """What went wrong the last time."""
