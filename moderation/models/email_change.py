"""A requested new address of an account."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Created, EditorId, Id, Time


class EmailChange(Base):
    """A new address that its owner has not proven yet. Deleted when the mailed link is followed."""

    __tablename__ = "email_change"

    id: Mapped[Id]
    editor_id: Mapped[EditorId] = mapped_column(index=True)
    email: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Created]
    expires_at: Mapped[Time]
