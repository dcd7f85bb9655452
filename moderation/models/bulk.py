"""Bulk action: one step on many cases. Editors can follow its progress and undo it."""

from uuid import UUID

from sqlalchemy import ForeignKey, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.domain.cases.lifecycle import Action
from moderation.models.base import Base, Created, EditorId, Id, Time


class Bulk(Base):
    """A bulk action that an editor requested."""

    __tablename__ = "bulk"

    id: Mapped[Id]
    editor_id: Mapped[EditorId] = mapped_column(index=True)
    action: Mapped[Action] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    reason: Mapped[str | None] = mapped_column(Text)
    applies: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Accepted corrections are also applied in the CMS."""
    total: Mapped[int]
    undoes_id: Mapped[UUID | None] = mapped_column(ForeignKey("bulk.id", ondelete="SET NULL"))
    created_at: Mapped[Created]
    finished_at: Mapped[Time | None]
