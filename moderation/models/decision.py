"""Decisions: the history of a case."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.domain.cases.lifecycle import CAUSES, Action, Cause, Status
from moderation.models.base import Base, CaseId, Id, MaybeEditorId, Time, one_of
from moderation.models.editor import Editor


class Decision(Base):
    """One step of a case: editor, time, old status, new status, cause. Append-only."""

    __tablename__ = "decision"
    __table_args__ = (CheckConstraint(one_of("cause", CAUSES), name="cause"),)

    id: Mapped[Id]
    case_id: Mapped[CaseId] = mapped_column(index=True)
    editor_id: Mapped[MaybeEditorId]
    """None: a step of the system, or of an editor with a deleted account. The cause tells which."""
    action: Mapped[Action] = mapped_column(Text)
    old_status: Mapped[Status] = mapped_column(Text)
    new_status: Mapped[Status] = mapped_column(Text)
    cause: Mapped[Cause] = mapped_column(Text, default="editor", server_default="editor")
    cause_detail: Mapped[str | None] = mapped_column(Text)
    """Data for the cause's label: the recheck's outcome, the number of readers, or the signs of spam."""
    correction: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    """The editor's note for colleagues."""
    reason: Mapped[str | None] = mapped_column(Text)
    """The editor's text for the reader. The receipt shows it."""
    bulk_id: Mapped[UUID | None] = mapped_column(ForeignKey("bulk.id", ondelete="SET NULL"), index=True)
    decided_at: Mapped[Time] = mapped_column(index=True)

    editor: Mapped[Editor | None] = relationship(lazy="joined")
