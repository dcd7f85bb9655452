"""The text of a page at one moment."""

import json
import zlib
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from moderation.domain.text.blocks import Block
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
    layout: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The text's blocks and the end of its article, compressed JSON. NULL for texts of version 0.1."""
    seen_at: Mapped[Time]
    packed_before: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The text before the page's last edit, packed. NULL while no edit was seen."""
    seen_before: Mapped[Time | None]
    """The last time when that text was on the page."""

    @property
    def text(self) -> str:
        """The page text."""
        return zlib.decompress(self.packed).decode()

    @property
    def text_before(self) -> str | None:
        """The page text before the last edit."""
        return None if self.packed_before is None else zlib.decompress(self.packed_before).decode()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks of the text in reading order; empty if they are not known."""
        if self.layout is None:
            return ()
        return tuple(Block(*block) for block in json.loads(zlib.decompress(self.layout))["blocks"])

    @property
    def article_end(self) -> int | None:
        """Return the offset at which the article ends in the text, or None if it is not known."""
        if self.layout is None:
            return None
        return int(json.loads(zlib.decompress(self.layout))["article_end"])


def pack(text: str) -> bytes:
    """Encode a page text for storage in a revision."""
    return zlib.compress(text.encode(), 6)


def pack_layout(blocks: Sequence[Block], article_end: int) -> bytes:
    """Encode the blocks and the end of the article for storage in a revision."""
    rows = [(block.kind, block.start, block.end) for block in blocks]
    return zlib.compress(json.dumps({"article_end": article_end, "blocks": rows}).encode(), 6)
