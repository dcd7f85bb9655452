"""Saved filters of the queue."""

from sqlalchemy import Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Created, EditorId, Id


class SavedView(Base):
    """Named filters of the queue, saved by one editor."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("editor_id", "name"),)

    id: Mapped[Id]
    editor_id: Mapped[EditorId]
    name: Mapped[str] = mapped_column(Text)
    query: Mapped[str] = mapped_column(Text)
    """The queue's query string."""
    created_at: Mapped[Created]
