"""The widget on a site's pages: the last check, and test reports."""

from sqlalchemy import LargeBinary, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from moderation.domain.pages.reading import UnreadReason
from moderation.models.base import Base, SiteId, Time


class Installation(Base):
    """The known state of a site's installation. A site without a row was never checked."""

    __tablename__ = "installation"

    site_id: Mapped[SiteId] = mapped_column(primary_key=True)
    page_url: Mapped[str | None] = mapped_column(Text)
    """The page that an admin had checked."""
    requested_at: Mapped[Time | None]
    """When a check was asked for; None once it is done."""
    checked_at: Mapped[Time | None]
    unread_reason: Mapped[UnreadReason | None] = mapped_column(Text)
    """Why the last check did not read the page."""
    findings: Mapped[list[list[str]]] = mapped_column(JSONB, default=list, server_default=text("'[]'"))
    """The problems that the last check found, as [problem, detail] (domain/sites/install_check.py)."""
    works_since: Mapped[Time | None]
    """When a check first found no problem."""
    test_reader: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The reader hash whose reports are tests until `test_until`."""
    test_until: Mapped[Time | None]
    tested_at: Mapped[Time | None]
    """When test reports were last removed: then the site was tested."""
    hidden_at: Mapped[Time | None]
    """When an admin hid the checklist."""
