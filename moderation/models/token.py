"""Access tokens of the editors' API."""

from typing import Literal, get_args

from sqlalchemy import ARRAY, LargeBinary, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.models.base import Base, Created, EditorId, Id, Time
from moderation.models.editor import Editor

Scope = Literal["read", "decide", "manage"]
"""`manage`: webhooks, server keys and routing rules of the sites that the editor runs."""
SCOPES: tuple[Scope, ...] = get_args(Scope)


class Token(Base):
    """A bearer token. It acts as its editor. Only its digest is stored."""

    __tablename__ = "token"

    id: Mapped[Id]
    editor_id: Mapped[EditorId] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(Text)
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    """SHA-256 of the token. A token has 256 random bits, so a slow hash is not needed."""
    scopes: Mapped[list[Scope]] = mapped_column(
        ARRAY(Text), default=lambda: list(SCOPES), server_default=text("'{read,decide}'")
    )
    created_at: Mapped[Created]
    expires_at: Mapped[Time | None]
    last_used_at: Mapped[Time | None]
    """Updated at most once per minute, to avoid a write per call."""

    editor: Mapped[Editor] = relationship(lazy="joined")
