"""Keys for the editors' API."""

from sqlalchemy import LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from moderation.models.base import Base, Created, EditorId, Id
from moderation.models.editor import Editor


class Token(Base):
    """A bearer token. It acts as its editor; only its digest is stored."""

    __tablename__ = "token"

    id: Mapped[Id]
    editor_id: Mapped[EditorId] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(Text)
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    """SHA-256 of the token: it has 256 random bits, so a slow hash would add nothing."""
    created_at: Mapped[Created]

    editor: Mapped[Editor] = relationship(lazy="joined")
