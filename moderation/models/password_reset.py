"""A requested password reset."""

from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Created, EditorId, Id, Time


class PasswordReset(Base):
    """One request for a new password. Deleted when it is used."""

    __tablename__ = "password_reset"

    id: Mapped[Id]
    editor_id: Mapped[EditorId] = mapped_column(index=True)
    created_at: Mapped[Created]
    expires_at: Mapped[Time]
