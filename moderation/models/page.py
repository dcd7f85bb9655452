"""An article, and its text as it was seen."""

import zlib
from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Created, Id, SiteId, Time, one_of

FetchState = Literal["never", "ok", "gone", "refused", "unreachable", "unreadable"]
FETCH_STATES: tuple[FetchState, ...] = get_args(FetchState)


class Page(Base):
    """An article, known by its canonical URL."""

    __tablename__ = "page"
    __table_args__ = (
        UniqueConstraint("site_id", "url"),
        # A section is the pages whose URL begins with its own.
        Index("ix__page__section", "site_id", "url", postgresql_ops={"url": "text_pattern_ops"}),
        CheckConstraint(one_of("fetch_state", FETCH_STATES), name="fetch_state"),
        Index("ix__page__due", "check_at", postgresql_where=text("check_at IS NOT NULL")),
    )

    id: Mapped[Id]
    site_id: Mapped[SiteId]
    url: Mapped[str] = mapped_column(Text)
    title: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Created]

    fetch_state: Mapped[FetchState] = mapped_column(Text, default="never", server_default="never")
    fetched_at: Mapped[Time | None]
    etag: Mapped[str | None] = mapped_column(Text)
    last_modified: Mapped[str | None] = mapped_column(Text)
    checks: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How often it was fetched since a case last needed it anew: the schedule widens with it."""
    check_at: Mapped[Time | None]
    """When to fetch it again; None: no case needs it."""


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
