"""The history of a case."""

from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.domain.cases.lifecycle import Action, Status
from moderation.models.base import Base, CaseId, Id, MaybeEditorId, Time
from moderation.models.editor import Editor


class Decision(Base):
    """One step of a case: who, when, from, to, why. Append-only."""

    __tablename__ = "decision"

    id: Mapped[Id]
    case_id: Mapped[CaseId] = mapped_column(index=True)
    editor_id: Mapped[MaybeEditorId]
    """None: the system's own step, or an editor whose account is gone."""
    action: Mapped[Action] = mapped_column(Text)
    old_status: Mapped[Status] = mapped_column(Text)
    new_status: Mapped[Status] = mapped_column(Text)
    correction: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    """For colleagues."""
    reason: Mapped[str | None] = mapped_column(Text)
    """For the reader: the receipt shows it."""
    bulk_id: Mapped[UUID | None] = mapped_column(ForeignKey("bulk.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[Time] = mapped_column(index=True)

    editor: Mapped[Editor | None] = relationship(lazy="joined")
