"""The text of a page at one moment."""

import zlib
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Id, Time


class Revision(Base):
    """A page's text at one moment. Kept only while a case needs it."""

    __tablename__ = "revision"
    __table_args__ = (Index("ix__revision__latest", "page_id", "seen_at"),)

    id: Mapped[Id]
    page_id: Mapped[UUID] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    """SHA-256 of the text."""
    packed: Mapped[bytes] = mapped_column(LargeBinary)
    """The text, UTF-8, compressed (zlib)."""
    seen_at: Mapped[Time]

    @property
    def text(self) -> str:
        """The page text."""
        return zlib.decompress(self.packed).decode()


def pack(text: str) -> bytes:
    """A page text as a revision holds it."""
    return zlib.compress(text.encode(), 6)
