"""Distinct selections of readers on a page."""

from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, CaseId, Id


class Selection(Base):
    """One passage as some readers selected it, with their correction, and the case it belongs to.

    A case has few selections and any number of reports. So triage of one more report costs the same for the
    ten-thousandth report.
    """

    __tablename__ = "selection"

    id: Mapped[Id]
    page_id: Mapped[UUID] = mapped_column(ForeignKey("page.id", ondelete="CASCADE"), index=True)
    case_id: Mapped[CaseId] = mapped_column(index=True)
    exact: Mapped[str] = mapped_column(Text)
    """Whole words. With a correction: only the words that it changes."""
    prefix: Mapped[str] = mapped_column(Text)
    suffix: Mapped[str] = mapped_column(Text)
    correction: Mapped[str | None] = mapped_column(Text)
    """The replacement for `exact`."""
    position: Mapped[int | None]
    """Its offset in a reader's page text."""
    start: Mapped[int | None]
    """Its offset in the page's revision, in code points; None if it was not found or no revision exists."""
    end: Mapped[int | None]
    revision_id: Mapped[UUID | None] = mapped_column(ForeignKey("revision.id", ondelete="SET NULL"))
    """The revision in which `start` was searched."""
    pinned: Mapped[bool] = mapped_column(default=False)
    """An editor decided which case it belongs to, by a merge or split."""
    merged_from_id: Mapped[UUID | None]
    """The case that it left in a merge, so that the merge can be undone."""
    report_count: Mapped[int] = mapped_column(default=0)
