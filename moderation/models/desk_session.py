"""Sign-in sessions of editors."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Created, EditorId, Id, Sealed, Time


class DeskSession(Base):
    """One browser in which an editor is signed in. When the row is deleted, its cookie stops working."""

    __tablename__ = "desk_session"

    id: Mapped[Id]
    editor_id: Mapped[EditorId] = mapped_column(index=True)
    browser: Mapped[str] = mapped_column(Text)
    """Its User-Agent header, so that the editor can recognise the browser."""
    created_at: Mapped[Created]
    last_seen_at: Mapped[Time]
    confirmed_at: Mapped[Time | None]
    """When the editor last confirmed who they are (services/accounts/confirmation.py)."""
    pending_totp: Mapped[bytes | None] = mapped_column(Sealed("totp"))
    """Encrypted secret of an authenticator app that the editor has not confirmed with a code yet."""
