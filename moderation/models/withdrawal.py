"""A report that its reader withdrew."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from moderation.models.base import Base, Time


class Withdrawal(Base):
    """The withdrawal of a report by its reader. The report stays, but does not count."""

    __tablename__ = "withdrawal"

    report_id: Mapped[UUID] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), primary_key=True)
    withdrawn_at: Mapped[Time]
    erased_at: Mapped[Time | None]
    """The reader also had the report's texts erased."""
