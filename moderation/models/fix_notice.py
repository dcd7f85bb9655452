"""A reader's wish to be told by mail when the reported mistake is fixed."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Created, Sealed, SiteId


class FixNotice(Base):
    """The address for one mail about one report. The row is deleted when the mail was sent."""

    __tablename__ = "fix_notice"
    __table_args__ = (Index("ix__fix_notice__address_hash", "address_hash"),)

    report_id: Mapped[UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    site_id: Mapped[SiteId]
    address: Mapped[bytes] = mapped_column(Sealed("reader_address"))
    address_hash: Mapped[bytes] = mapped_column(LargeBinary)
    """Keyed hash, which counts the mails that wait for one mailbox."""
    lang: Mapped[str] = mapped_column(Text)
    """The language of the page on which the reader asked."""
    created_at: Mapped[Created]
